/** A table as LaTeX with booktabs: a document that compiles by itself, or only the table. */
import { tableNumber } from '../../shared/numbers.ts'
import { escapeLatex } from './escape-latex.ts'
import { LATEX_MACROS, LATEX_PREAMBLE } from './latex-macros.ts'
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

export interface LatexOptions {
  /** Only the table, to be \input into a paper that loads the packages itself. */
  readonly fragment: boolean
  /** File of each image's picture, as LaTeX shall find it; images that are not named get none. */
  readonly pictures: ReadonlyMap<string, string>
}

const GAP = 0.02
/** More columns than this stand closer, in letters that fit the text's width: article's own is 345 pt. */
const MANY_COLUMNS = 8
const CLOSE_GAP = 0.005
const FITTING_SIZE =
  '\\ifdim\\linewidth<370pt\\fontsize{6}{7.5}\\selectfont\\else\\ifdim\\linewidth<430pt\\scriptsize\\fi\\fi'
/** Still more of them. */
const VERY_MANY_COLUMNS = 12
const SMALL_SIZE =
  '\\ifdim\\linewidth<370pt\\fontsize{5.5}{7}\\else\\ifdim\\linewidth<430pt\\fontsize{6}{7.5}\\else\\fontsize{7}{8.5}\\fi\\fi\\selectfont'
const PICTURE_SHARE = 0.16
/** More rows than a page holds beside one picture: the group goes on without it. */
const ROWS_BESIDE_PICTURE = 12

const macro = ({ kind, state }: Piece['marks'][number]): string =>
  state === 'confirmed' ? `realign${kind}sure` : `realign${kind}`

/** Word by word, so that marked text still breaks over lines. */
function dressed({ text, marks }: Piece): string {
  if (marks.length === 0) return escapeLatex(text)
  return escapeLatex(text)
    .split(/( +|\\allowbreak\{\})/)
    .map((word, index) =>
      index % 2 === 1 || word === ''
        ? word
        : marks.reduce((inner, mark) => `\\${macro(mark)}{${inner}}`, word),
    )
    .join('')
}

function latexCell(cell: DocCell): string {
  if (cell.kind === 'text') return cell.pieces.map(dressed).join('')
  const text = tableNumber(cell)
  return text === '-' ? '--' : escapeLatex(text).replace('+', () => '$+$')
}

const line = (cells: readonly string[]): string => `${cells.join(' & ')}\\\\`

function columnSpec(columns: readonly DocColumn[]): string {
  const gap = columns.length > MANY_COLUMNS ? CLOSE_GAP : GAP
  const room = 1 - gap * (columns.length - 1)
  const one = ({ share, kind }: DocColumn) =>
    `>{\\${kind === 'number' ? 'raggedleft' : 'raggedright'}\\arraybackslash}p{${(share * room).toFixed(4)}\\linewidth}`
  return `@{}${columns.map(one).join(`@{\\hspace{${gap}\\linewidth}}`)}@{}`
}

/** All rows of one image in a table of their own, so that the picture stands beside them. */
const inner = (columns: readonly DocColumn[], lines: readonly string[]): string =>
  [`\\begin{tabular}[t]{${columnSpec(columns)}}`, ...lines, '\\end{tabular}'].join('\n')

function chunks<T>(rows: readonly T[], size: number): readonly (readonly T[])[] {
  const count = Math.max(1, Math.ceil(rows.length / size))
  return Array.from({ length: count }, (_, index) => rows.slice(index * size, (index + 1) * size))
}

function pictureGroup(group: DocGroup, doc: TableDoc, pictures: LatexOptions['pictures']): string {
  const name = group.picture?.name ?? ''
  const file = group.picture && pictures.get(group.picture.imageId)
  const image = file ? `\\realignpicture{${file}}\\par ` : ''
  return chunks(group.rows, ROWS_BESIDE_PICTURE)
    .map((rows, index) => {
      const beside = index === 0 ? `${image}{\\tiny ${escapeLatex(name)}}` : '{\\tiny continued}'
      const lines = rows.map((cells) => line(cells.map(latexCell)))
      return `${beside} &\n${inner(
        doc.columns,
        lines.flatMap((one, at) => (at === 0 ? [one] : ['\\addlinespace', one])),
      )}\\\\`
    })
    .join('\n\\addlinespace\n')
}

function body(doc: TableDoc, pictures: LatexOptions['pictures']): readonly string[] {
  const heads = doc.columns.map(({ label }) => escapeLatex(label))
  const withPictures = doc.groups.some(({ picture }) => picture !== null)
  const spec = withPictures
    ? `@{}>{\\raggedright\\arraybackslash}p{${PICTURE_SHARE}\\linewidth}@{\\hspace{${GAP}\\linewidth}}p{${1 - PICTURE_SHARE - GAP}\\linewidth}@{}`
    : columnSpec(doc.columns)
  const head = withPictures ? `Image &\n${inner(doc.columns, [line(heads)])}\\\\` : line(heads)
  const rows = doc.groups.map((group) =>
    withPictures
      ? pictureGroup(group, doc, pictures)
      : group.rows.map((cells) => line(cells.map(latexCell))).join('\n'),
  )
  return [
    `\\begin{longtable}{${spec}}`,
    '\\toprule',
    head,
    '\\midrule',
    '\\endhead',
    '\\endfoot', // a page ends with the rule below its last image
    '\\bottomrule',
    '\\endlastfoot',
    rows.join('\n\\midrule\n'),
    '\\end{longtable}',
  ]
}

function legend({ legend: kinds }: TableDoc): readonly string[] {
  if (kinds.length === 0) return []
  const words = kinds.map((kind) => `\\realign${kind}{${kind}}${escapeLatex(LEGEND[kind])}`)
  return [`${words.join('; ')}. ${CONFIRMED_LEGEND}\\par`]
}

const comment = (doc: TableDoc): readonly string[] =>
  traceText(doc.trace)
    .split(' ')
    .map((part) => `% ${part}`)

const sizeFor = (columns: number): readonly string[] =>
  columns > VERY_MANY_COLUMNS ? [SMALL_SIZE] : columns > MANY_COLUMNS ? [FITTING_SIZE] : []

/** The whole file. Compiles with pdfLaTeX, XeLaTeX and LuaLaTeX; nothing in it runs a program. */
export function latexOf(doc: TableDoc, { fragment, pictures }: LatexOptions): string {
  const table = [
    ...LATEX_MACROS,
    '\\begingroup\\footnotesize\\setlength{\\tabcolsep}{0pt}\\sloppy',
    ...sizeFor(doc.columns.length),
    ...body(doc, pictures),
    '\\noindent\\begingroup\\scriptsize\\raggedright',
    ...legend(doc),
    ...doc.notes.map((note) => `${escapeLatex(note)}\\par`),
    '\\endgroup\\endgroup',
  ]
  const lines = fragment
    ? [
        ...comment(doc),
        '% Needs: booktabs, longtable, array, graphicx, xcolor, textcomp, and T1 fontenc with utf8 input.',
        ...table,
      ]
    : [
        ...comment(doc),
        ...LATEX_PREAMBLE,
        `\\newcommand\\realigntrace{/RealignTrace (${traceText(doc.trace)})}`,
        '\\ifdefined\\pdfinfo\\pdfinfo{\\realigntrace}\\fi',
        '\\ifdefined\\pdfextension\\pdfextension info{\\realigntrace}\\fi',
        '\\begin{document}',
        '\\ifdefined\\XeTeXversion\\special{pdf:docinfo <<\\realigntrace>>}\\fi',
        `\\section*{${escapeLatex(doc.title)}}`,
        ...table,
        '\\end{document}',
      ]
  return `${lines.join('\n')}\n`
}
