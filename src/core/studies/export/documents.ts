/** The report as a page, as Markdown and as LaTeX tables. Text nodes only; no script; nothing is fetched. */
import type { Table } from '../../../shared/contract/studies.ts'
import { shownNumber } from '../../../shared/numbers.ts'
import type { StudyReport } from '../../../shared/study-report.ts'
import { escapeHtml as htmlText } from '../../publish/escape-html.ts'
import { escapeLatex as latexText } from '../../publish/escape-latex.ts'
import { escapeMarkdown as markdownText } from '../../publish/escape-markdown.ts'
import { figureSvg } from './figure-svg.ts'

type Value = Table['rows'][number][number]

function shown(value: Value): string {
  if (typeof value === 'number') return shownNumber(value, Number.isInteger(value) ? 0 : 3)
  return value === null ? '' : String(value)
}

/** For reading: a column without a single value says nothing there; data files keep it. */
function withoutEmptyColumns(tables: readonly Table[]): readonly Table[] {
  return tables.map(({ name, columns, rows }) => {
    const told = columns.map(
      (_, at) => rows.length === 0 || rows.some((row) => shown(row[at] ?? null) !== ''),
    )
    const kept = <T>(row: readonly T[]): T[] => row.filter((_, at) => told[at])
    return { name, columns: kept(columns), rows: rows.map(kept) }
  })
}

export function toMarkdown(report: StudyReport, allTables: readonly Table[]): string {
  const tables = withoutEmptyColumns(allTables)
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`
  const parts = tables.map(
    ({ name, columns, rows }) =>
      `## ${markdownText(name)}\n\n${row(columns.map(markdownText))}${row(columns.map(() => '---'))}${rows
        .map((cells) => row(cells.map((cell) => markdownText(shown(cell)))))
        .join('')}`,
  )
  return `# ${markdownText(report.name)}\n\n${markdownText(report.methods)}\n\n${parts.join('\n')}`
}

/** One word a line, so that a column is no wider than its numbers. */
const stackedHead = (column: string): string =>
  `\\begin{tabular}[b]{@{}l@{}}${column.split('_').map(latexText).join('\\\\')}\\end{tabular}`

const isNumbers = ({ rows }: Table, at: number): boolean =>
  rows.every((row) => row[at] === null || typeof row[at] === 'number')

/** Columns of numbers that stand side by side on a page. */
const MOST_ABREAST = 14

/** A wide table in parts, each with the columns that name its rows. */
function inParts(table: Table): readonly Table[] {
  const { name, columns, rows } = table
  const first = columns.findIndex((_, at) => isNumbers(table, at))
  const naming = first < 0 ? columns.length : first
  const others = Math.max(1, columns.length - naming)
  return Array.from({ length: Math.ceil(others / MOST_ABREAST) }, (_, part) => {
    const from = naming + part * MOST_ABREAST
    const some = <T>(row: readonly T[]): T[] => [
      ...row.slice(0, naming),
      ...row.slice(from, from + MOST_ABREAST),
    ]
    return { name, columns: some(columns), rows: rows.map(some) }
  })
}

export function toLatex(report: StudyReport, allTables: readonly Table[]): string {
  const tables = withoutEmptyColumns(allTables).flatMap(inParts)
  const parts = tables.map((table) =>
    [
      `% ${table.name.replace(/[^\w -]/g, '')}`,
      '{\\medskip\\scriptsize\\setlength{\\tabcolsep}{2.5pt}\\noindent',
      `\\begin{tabular}{@{}${table.columns.map((_, at) => (isNumbers(table, at) ? 'r' : 'l')).join('')}@{}}`,
      '\\hline',
      `${table.columns.map(stackedHead).join(' & ')} \\\\`,
      '\\hline',
      ...table.rows.map(
        (cells) => `${cells.map((cell) => latexText(shown(cell))).join(' & ')} \\\\`,
      ),
      '\\hline',
      '\\end{tabular}\\par}',
    ].join('\n'),
  )
  return `% needs \\usepackage[T1]{fontenc} and \\usepackage{textcomp}\n${latexText(report.methods)}\n\n${parts.join('\n\n')}\n`
}

const STYLE =
  'body{font:16px/1.5 Georgia,serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}table{border-collapse:collapse;font:14px/1.4 sans-serif;margin:1rem 0}th,td{border:1px solid #bbb;padding:.25rem .5rem;text-align:left}td.n{text-align:right}.wide{overflow-x:auto}'

export function toHtml(report: StudyReport, allTables: readonly Table[]): string {
  const tables = withoutEmptyColumns(allTables)
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
