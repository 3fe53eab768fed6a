/** The report as a page, as Markdown and as LaTeX tables. Text nodes only; no script; nothing is fetched. */
import type { Table } from '../../../shared/contract/studies.ts'
import type { CriterionReport, StudyReport } from '../../../shared/study-report.ts'
import { escapeHtml as htmlText } from '../../publish/escape-html.ts'
import { escapeLatex as latexText } from '../../publish/escape-latex.ts'
import { escapeMarkdown as markdownText } from '../../publish/escape-markdown.ts'

type Value = Table['rows'][number][number]

const shown = (value: Value): string =>
  value === null
    ? ''
    : typeof value === 'number' && !Number.isInteger(value)
      ? value.toFixed(3)
      : String(value)

export function toMarkdown(report: StudyReport, tables: readonly Table[]): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`
  const parts = tables.map(
    ({ name, columns, rows }) =>
      `## ${markdownText(name)}\n\n${row(columns.map(markdownText))}${row(columns.map(() => '---'))}${rows
        .map((cells) => row(cells.map((cell) => markdownText(shown(cell)))))
        .join('')}`,
  )
  return `# ${markdownText(report.name)}\n\n${markdownText(report.methods)}\n\n${parts.join('\n')}`
}

export function toLatex(report: StudyReport, tables: readonly Table[]): string {
  const parts = tables.map(({ name, columns, rows }) =>
    [
      `% ${name.replace(/[^\w -]/g, '')}`,
      `\\begin{tabular}{${columns.map(() => 'l').join('')}}`,
      '\\hline',
      `${columns.map(latexText).join(' & ')} \\\\`,
      '\\hline',
      ...rows.map((cells) => `${cells.map((cell) => latexText(shown(cell))).join(' & ')} \\\\`),
      '\\hline',
      '\\end{tabular}',
    ].join('\n'),
  )
  return `% needs \\usepackage[T1]{fontenc} and \\usepackage{textcomp}\n${latexText(report.methods)}\n\n${parts.join('\n\n')}\n`
}

/** Colours that stay apart for every kind of colour blindness (Okabe and Ito), Tie grey and last. */
const FILLS = [
  '#0072b2',
  '#e69f00',
  '#009e73',
  '#cc79a7',
  '#56b4e9',
  '#d55e00',
  '#f0e442',
  '#000000',
]
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`

/** One stacked bar per question, as in Figure 3: majority shares, same order, Tie last. */
export function figureSvg(
  criteria: readonly CriterionReport[],
  systems: readonly string[],
): string {
  const [width, left, bar] = [760, 150, 34]
  const scale = width - left - 10
  const bars = criteria.flatMap((one, line) => {
    const y = 10 + line * (bar + 16)
    let x = left
    const part = (share: number, fill: string, name: string): string => {
      const w = share * scale
      const label =
        w > 40
          ? `<text x="${(x + w / 2).toFixed(1)}" y="${y + bar / 2 + 4}" text-anchor="middle" font-size="12" fill="#fff" stroke="#000" stroke-width="2" paint-order="stroke">${percent(share)}</text>`
          : ''
      const out = `<rect x="${x.toFixed(1)}" y="${y}" width="${w.toFixed(1)}" height="${bar}" fill="${fill}"><title>${htmlText(name)} ${percent(share)}</title></rect>${label}`
      x += w
      return out
    }
    return [
      `<text x="${left - 8}" y="${y + bar / 2 + 4}" text-anchor="end" font-size="13">${htmlText(one.id)}</text>`,
      ...one.shares.map((row) =>
        part(
          row.majority.value || 0,
          FILLS[row.system % FILLS.length] ?? '',
          systems[row.system] ?? '',
        ),
      ),
      part(one.tie.value || 0, '#999999', 'Tie'),
    ]
  })
  const top = 20 + criteria.length * (bar + 16)
  const legend = [...systems, 'Tie'].map((name, i) => {
    const [x, y] = [left + (i % 3) * 200, top + Math.floor(i / 3) * 20]
    const fill = i === systems.length ? '#999999' : (FILLS[i % FILLS.length] ?? '')
    return `<rect x="${x}" y="${y}" width="12" height="12" fill="${fill}"/><text x="${x + 18}" y="${y + 11}" font-size="12">${htmlText(name)}</text>`
  })
  const height = top + Math.ceil((systems.length + 1) / 3) * 20 + 6
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="Share of images won, by question" font-family="sans-serif">${bars.join('')}${legend.join('')}</svg>`
}

const STYLE =
  'body{font:16px/1.5 Georgia,serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}table{border-collapse:collapse;font:14px/1.4 sans-serif;margin:1rem 0}th,td{border:1px solid #bbb;padding:.25rem .5rem;text-align:left}td.n{text-align:right}.wide{overflow-x:auto}'

export function toHtml(report: StudyReport, tables: readonly Table[]): string {
  const table = ({ name, columns, rows }: Table): string =>
    `<h2>${htmlText(name)}</h2><div class="wide" tabindex="0" role="region" aria-label="${htmlText(name)}"><table><thead><tr>${columns
      .map((one) => `<th scope="col">${htmlText(one)}</th>`)
      .join('')}</tr></thead><tbody>${rows
      .map(
        (cells) =>
          `<tr>${cells
            .map(
              (cell) =>
                `<td${typeof cell === 'number' ? ' class="n"' : ''}>${htmlText(shown(cell))}</td>`,
            )
            .join('')}</tr>`,
      )
      .join('')}</tbody></table></div>`
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><meta name="viewport" content="width=device-width"><title>${htmlText(report.name)}</title><style>${STYLE}</style></head><body><main><h1>${htmlText(report.name)}</h1><p>${htmlText(report.methods)}</p>${figureSvg(report.criteria, report.systems)}${tables.map(table).join('')}</main></body></html>\n`
}
