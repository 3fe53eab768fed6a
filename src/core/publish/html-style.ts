/**
 * The style sheet of the exported page: rules as booktabs draws them, marks in the colours of the screen.
 * What a tall picture needs beyond its rows goes below the last of them: a row with a height keeps to its text.
 */
export const HTML_STYLE = `
@page { size: A4 landscape; margin: 12mm }
* { box-sizing: border-box }
body { margin: 24px; font: 14px/1.45 system-ui, sans-serif; color: #171919; background: #fff }
table { width: 100%; max-width: 1200px; border-collapse: collapse; table-layout: fixed }
caption { text-align: left; font-weight: 600; padding-bottom: 8px }
thead { border-top: 2px solid #171919; border-bottom: 1px solid #171919 }
tbody { border-bottom: 1px solid #171919; break-inside: avoid }
tbody:last-of-type { border-bottom-width: 2px }
tbody tr:not(:last-child) { height: 1px }
th, td { padding: 6px 10px 6px 0; text-align: left; vertical-align: top; overflow-wrap: anywhere; unicode-bidi: isolate; font-weight: 400 }
thead th { font-weight: 600 }
.number { text-align: right; font-variant-numeric: tabular-nums; overflow-wrap: normal }
img { display: block; max-width: 100%; max-height: 260px; margin-bottom: 4px }
small, footer { color: #555b58 }
footer { max-width: 1200px; margin-top: 12px; font-size: 12px; overflow-wrap: anywhere }
footer p { margin: 2px 0 }
.carried { color: #1450b4; text-decoration: underline solid 1.5px; text-underline-offset: 3px }
.erroneous { color: #b8103c; text-decoration: underline wavy 1px; text-underline-offset: 3px }
.rejected { color: #6b4a00; text-decoration: line-through 1.5px }
.confirmed { font-weight: 700 }
`.trim()
