/** The report as a page, as Markdown and as LaTeX tables. Text nodes only; no script; nothing is fetched. */
import type { Table } from '../../../shared/contract/studies.ts'
import type { StudyReport } from '../../../shared/study-report.ts'
import { escapeHtml as htmlText } from '../../publish/escape-html.ts'
import { escapeLatex as latexText } from '../../publish/escape-latex.ts'
import { escapeMarkdown as markdownText } from '../../publish/escape-markdown.ts'
import { figureSvg } from './figure-svg.ts'

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
