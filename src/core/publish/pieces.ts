/** Cuts a text at the borders of its marks, so that a writer can dress each stretch. */
import type { Piece, TableMark } from './table-doc.ts'

/** Marks count code points; JavaScript counts UTF-16 units. Border i of the answer is code point i. */
function borders(text: string): readonly number[] {
  const at = [0]
  for (const character of text) at.push(at.at(-1)! + character.length)
  return at
}

/** Every stretch of `text` in order; joined they are the text. Marks beyond its end are cut, empty ones left out. */
export function piecesOf(text: string, marks: readonly TableMark[]): readonly Piece[] {
  const at = borders(text)
  const place = (point: number) => at[Math.max(0, Math.min(at.length - 1, Math.trunc(point)))]!
  const spans = marks
    .map((mark) => ({ mark, from: place(mark.start), to: place(mark.end) }))
    .filter(({ from, to }) => from < to)
  const cuts = [...new Set([0, text.length, ...spans.flatMap(({ from, to }) => [from, to])])].sort(
    (a, b) => a - b,
  )
  return cuts.slice(1).map((to, index) => {
    const from = cuts[index]!
    const over = spans.filter((span) => span.from <= from && to <= span.to)
    const seen = new Map(over.map(({ mark }) => [mark.kind, mark.state]))
    for (const { mark } of over) if (mark.state === 'confirmed') seen.set(mark.kind, 'confirmed')
    return {
      text: text.slice(from, to),
      marks: [...seen].map(([kind, state]) => ({ kind, state })),
    }
  })
}
