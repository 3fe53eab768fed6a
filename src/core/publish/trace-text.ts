/** The machine-readable line of an exported file: which cells, and what their captions were. */
import type { TraceEntry } from './table-doc.ts'

/** Stands before the entries in every format, so that a reader finds them. */
export const TRACE_MARK = 'realign-trace:1'

const ENTRY = /\b([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}):([0-9a-f]{16})\b/g

/** "realign-trace:1 ID:SHA16 ID:SHA16 …": only hex, dashes and colons, so it is safe in any comment. */
export const traceText = (entries: readonly TraceEntry[]): string =>
  [TRACE_MARK, ...entries.map(({ cellId, sha16 }) => `${cellId}:${sha16}`)].join(' ')

/** The entries of a text that traceText made, in order. */
export const readTraceText = (text: string): readonly TraceEntry[] =>
  [...text.matchAll(ENTRY)].map(([, cellId = '', sha16 = '']) => ({ cellId, sha16 }))

/** The ids of the footnote "Cells, row by row: 1a2b3c4d, …" (of means: "image by image"), for a table whose comments were lost. */
export function readFootnoteIds(text: string): readonly string[] {
  const start = text.search(/Cells(?: behind the means)?\{?,\}? (?:row by row|image by image)\\?:/)
  if (start < 0) return []
  const list = /^[^:]*:\s*((?:[0-9a-f]{8}(?:\{?,\}?\s*)?)+)/.exec(text.slice(start))?.[1] ?? ''
  return list.match(/[0-9a-f]{8}/g) ?? []
}
