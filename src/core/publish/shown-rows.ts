/** The alt-text and the caption of every row of a document, as its reader sees them, out of the markup. */
import { fromLatex } from './escape-latex.ts'
import type { DocumentFormat } from '../../shared/contract/publish.ts'
import { visibleLine } from './visible.ts'

export interface ShownRow {
  readonly altText: string
  readonly caption: string
}

type Cells = readonly string[]

/** What two texts share that look alike: hidden letters written out, one kind of space, no hyphenation. */
export const asSeen = (text: string): string =>
  visibleLine(text).replaceAll('\u00ad', '').normalize('NFC').replace(/\s+/g, ' ').trim()

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
}

/** A number that is no character stands as it was written. */
const fromCode = (code: number, written: string): string =>
  code <= 0x10ffff ? String.fromCodePoint(code) : written

function entity(written: string, name: string): string {
  if (/^#x/i.test(name)) return fromCode(parseInt(name.slice(2), 16), written)
  return name.startsWith('#')
    ? fromCode(Number(name.slice(1)), written)
    : (ENTITIES[name] ?? written)
}

const decoded = (text: string): string =>
  text.replace(/&(#\d+|#[xX][0-9a-fA-F]+|[a-zA-Z]+);/g, entity)

const withoutComments = (text: string): string =>
  text
    .split('<!--')
    .map((piece, index) => {
      const end = index === 0 ? -3 : piece.indexOf('-->')
      return end === -1 ? '' : piece.slice(end + 3)
    })
    .join('')

const withoutTags = (text: string): string => text.replace(/<[^<>]*>/g, '')

/** What stands behind each start tag, up to its end tag or the next start: as much work as there is text. */
const insides = (text: string, start: RegExp, end: RegExp): readonly string[] =>
  text
    .split(start)
    .slice(1)
    .map((piece) => piece.split(end, 1)[0] ?? '')

const htmlRows = (text: string): readonly Cells[] =>
  insides(withoutComments(text), /<tr\b[^<>]*>/i, /<\/tr\b/i).map((row) =>
    insides(row, /<t[dh]\b[^<>]*>/i, /<\/t[dh]\b/i).map((inside) => decoded(withoutTags(inside))),
  )

/** Ours escapes every sign, so a bare one was set by whoever edited the file, as emphasis or as HTML. */
const fromMarkdown = (text: string): string =>
  text.replace(
    /\\([!-/:-@[-`{-~])|<[^<>]*>|(&(?:#\w+|[a-zA-Z]+);)|\*+|`+/g,
    (_all, sign?: string, reference?: string) => sign ?? (reference ? decoded(reference) : ''),
  )

/** The cells between bare bars; an escaped bar is a letter. */
function markdownCells(line: string): Cells {
  const cells: string[] = []
  for (const [token] of line.matchAll(/\\.|\||[^|\\]+|\\/g)) {
    if (token === '|') cells.push('')
    else if (cells.length > 0) cells[cells.length - 1] += token
  }
  return cells.slice(0, -1).map(fromMarkdown)
}

const markdownRows = (text: string): readonly Cells[] =>
  text
    .split(/\r?\n/)
    .filter((line) => line.startsWith('|'))
    .map(markdownCells)

const TEX =
  /%.*\n?\s*|\\\\(?:\[[^\][]*\])?|\\(?:begin|end)\s*\{[^{}]*\}|\\(?:textcolor|color|cellcolor|rowcolor)\s*(?:\[[^\][]*\])?\{[^{}]*\}|\\realignchar\{[0-9A-F]+\}|\\[A-Za-z]+\s*|\\[^]|&|[^\\%&]+/g

/** A row ends with two backslashes; tables stand in tables, so a border of one begins a row anew. */
function latexRows(text: string): readonly Cells[] {
  const rows: Cells[] = []
  let cells = ['']
  for (const [token] of text.matchAll(TEX)) {
    if (token.startsWith('\\\\')) rows.push(cells)
    if (/^\\(\\|(begin|end)\b)/.test(token)) cells = ['']
    else if (token === '&') cells.push('')
    else cells[cells.length - 1] += fromLatex(token)
  }
  return rows
}

const READERS: Readonly<Record<DocumentFormat, (text: string) => readonly Cells[]>> = {
  html: htmlRows,
  md: markdownRows,
  tex: latexRows,
}

/** Null where no column is headed "Caption", as in a table of means. */
export function shownRows(text: string, format: DocumentFormat): readonly ShownRow[] | null {
  const rows = READERS[format](text).map((cells) => cells.map(asSeen))
  const start = rows.findIndex((cells) => cells.includes('Alt-text') && cells.includes('Caption'))
  const heads = rows[start]
  if (!heads) return null
  // From the end: the picture before a row stands in the first row of its image only.
  const fromEnd = (head: string): number => heads.indexOf(head) - heads.length
  const [altText, caption] = [fromEnd('Alt-text'), fromEnd('Caption')]
  return rows
    .slice(start + 1)
    .filter((cells) => cells.length >= -altText && cells.some((one) => /[^:-]/.test(one)))
    .map((cells) => ({ altText: cells.at(altText) ?? '', caption: cells.at(caption) ?? '' }))
}
