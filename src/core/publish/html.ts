/** A table as one self-contained web page: text only through escapes, pictures inside, no script, no request. */
import { tableNumber } from '../../shared/numbers.ts'
import { escapeHtml } from './escape-html.ts'
import { HTML_STYLE } from './html-style.ts'
import {
  CONFIRMED_LEGEND,
  LEGEND,
  type DocCell,
  type DocColumn,
  type DocGroup,
  type Piece,
  type TableDoc,
} from './table-doc.ts'
import { traceText } from './trace-text.ts'

export interface HtmlOptions {
  /** data: URI of each image's thumbnail; images that are not named get none. */
  readonly pictures: ReadonlyMap<string, string>
  /** Hex sha256 of a text, for the one style sheet that the page allows itself. */
  readonly sha256: (text: string) => string
}

const toBase64 = (hex: string): string =>
  btoa(String.fromCharCode(...(hex.match(/../g) ?? []).map((byte) => parseInt(byte, 16))))

const dressed = ({ text, marks }: Piece): string =>
  marks.reduce(
    (inner, { kind, state }) =>
      `<span class="${kind} ${state}" title="${kind}, ${state}">${inner}</span>`,
    escapeHtml(text),
  )

/** A text may stand among numbers ("9 / 12 / 15"), and then as they do. */
function htmlCell(cell: DocCell, column: DocColumn | undefined): string {
  if (cell.kind === 'number') return `<td class="number">${escapeHtml(tableNumber(cell))}</td>`
  const place = column?.kind === 'number' ? ' class="number"' : ''
  return `<td dir="auto"${place}>${cell.pieces.map(dressed).join('')}</td>`
}

function pictureCell(group: DocGroup, { pictures }: HtmlOptions): string {
  if (group.picture === null) return ''
  const { imageId, name } = group.picture
  const source = pictures.get(imageId)
  const image = source === undefined ? '' : `<img src="${escapeHtml(source)}" alt="">`
  return `<th scope="rowgroup" rowspan="${group.rows.length}" dir="auto">${image}<small>${escapeHtml(name)}</small></th>`
}

function groupRows(group: DocGroup, { columns }: TableDoc, options: HtmlOptions): string {
  const rows = group.rows.map((cells, index) => {
    const first = index === 0 ? pictureCell(group, options) : ''
    return `<tr>${first}${cells.map((cell, at) => htmlCell(cell, columns[at])).join('')}</tr>`
  })
  return `<tbody>\n${rows.join('\n')}\n</tbody>`
}

/** Widths live in the style sheet: the page allows no style attributes. */
function widths(columns: readonly DocColumn[], withPictures: boolean): string {
  const room = withPictures ? 0.84 : 1
  const shares = [...(withPictures ? [0.16] : []), ...columns.map(({ share }) => share * room)]
  return shares
    .map((share, index) => `col:nth-child(${index + 1}){width:${(share * 100).toFixed(2)}%}`)
    .join('\n')
}

function legend({ legend: kinds }: TableDoc): readonly string[] {
  if (kinds.length === 0) return []
  const words = kinds.map(
    (kind) => `<span class="${kind}">${kind}</span>${escapeHtml(LEGEND[kind])}`,
  )
  return [`<p>${words.join('; ')}. ${escapeHtml(CONFIRMED_LEGEND)}</p>`]
}

export function htmlOf(doc: TableDoc, options: HtmlOptions): string {
  const withPictures = doc.groups.some(({ picture }) => picture !== null)
  const style = `${HTML_STYLE}\n${widths(doc.columns, withPictures)}\n`
  const policy = [
    "default-src 'none'",
    'img-src data:',
    `style-src 'sha256-${toBase64(options.sha256(style))}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  const heads = [
    ...(withPictures ? ['<th scope="col">Image</th>'] : []),
    ...doc.columns.map(
      ({ label, kind }) => `<th scope="col" class="${kind}">${escapeHtml(label)}</th>`,
    ),
  ]
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    `<meta name="realign-trace" content="${traceText(doc.trace)}">`,
    '<meta name="viewport" content="width=device-width">',
    `<title>${escapeHtml(doc.title)}</title>`,
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    '<table>',
    `<caption>${escapeHtml(doc.title)}</caption>`,
    `<colgroup>${heads.map(() => '<col>').join('')}</colgroup>`,
    `<thead><tr>${heads.join('')}</tr></thead>`,
    ...doc.groups.map((group) => groupRows(group, doc, options)),
    '</table>',
    '<footer>',
    ...legend(doc),
    ...doc.notes.map((note) => `<p>${escapeHtml(note)}</p>`),
    '</footer>',
    '</body>',
    '</html>',
    '',
  ].join('\n')
}
