/**
 * Rows of CSV and TSV with their lines. papaparse reads an unclosed quotation mark as one long field that
 * swallows the rows below it, and tells no lines; here the damage stays on the line that has it.
 */
import { LONGEST_FIELD } from './limits.ts'

export interface DelimitedRow {
  /** Line on which the row begins, from 1. */
  readonly line: number
  readonly fields: readonly string[]
  /** What is wrong with the row; the next one then begins on the next line. */
  readonly fault: string | null
}

const BREAKS = /\r\n|\n|\r/g
const breaksIn = (text: string): number => text.match(BREAKS)?.length ?? 0

function lineEnd(text: string, from: number): number {
  BREAKS.lastIndex = from
  return BREAKS.exec(text)?.index ?? text.length
}

/** Place after the line break at `at`, if there is one. */
const afterBreak = (text: string, at: number): number =>
  text.startsWith('\r\n', at) ? at + 2 : Math.min(at + 1, text.length)

/** Place of the mark that closes the one at `open`; -1 where none does. */
function closing(text: string, open: number): number {
  for (let at = text.indexOf('"', open + 1); at >= 0; at = text.indexOf('"', at + 2)) {
    if (at - open > LONGEST_FIELD) return -1
    if (text[at + 1] !== '"') return at
  }
  return -1
}

const UNCLOSED = 'a quotation mark is opened here and never closed'
const MISPLACED = 'a quoted field goes on after its closing quotation mark'

/** Any of the three line breaks ends a row. Quotation marks inside an unquoted field are text. */
export function* delimitedRows(text: string, delimiter: string): Generator<DelimitedRow> {
  let at = 0
  let line = 1
  const isEnd = (place: number): boolean =>
    place >= text.length || text[place] === '\n' || text[place] === '\r'
  // A character that is no delimiter and no break; the delimiters are none of the special ones.
  const plain = new RegExp(`[^${delimiter}\\r\\n]*`, 'y')
  while (at < text.length) {
    const start = at
    const fields: string[] = []
    let fault: string | null = null
    let breaks = 1
    for (;;) {
      if (text[at] === '"') {
        const close = closing(text, at)
        const after = close + 1
        if (close < 0) fault = UNCLOSED
        else if (text[after] !== delimiter && !isEnd(after)) fault = MISPLACED
        if (fault !== null) break
        const inside = text.slice(at + 1, close)
        breaks += breaksIn(inside)
        fields.push(inside.replaceAll('""', '"'))
        at = after
      } else {
        plain.lastIndex = at
        const [field = ''] = plain.exec(text) ?? []
        fields.push(field)
        at += field.length
      }
      if (isEnd(at)) break
      at++ // the delimiter
    }
    if (fault === null) yield { line, fields, fault }
    else {
      at = lineEnd(text, start)
      breaks = 1
      yield { line, fields: [text.slice(start, at)], fault }
    }
    at = afterBreak(text, at)
    line += breaks
  }
}

/** The sign that parts the first row into the most fields; a comma where none does. */
export function guessDelimiter(text: string): string {
  let best = ','
  let most = 1
  for (const delimiter of [',', ';', '\t', '|']) {
    const [first] = delimitedRows(text.slice(0, LONGEST_FIELD), delimiter)
    const count = first && first.fault === null ? first.fields.length : 0
    if (count > most) {
      best = delimiter
      most = count
    }
  }
  return best
}
