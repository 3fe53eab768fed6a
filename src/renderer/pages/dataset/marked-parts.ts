/** A text cut where its marks begin and end; joined, the parts are the text again. */
import type { Mark } from '../../../shared/contract/grounding.ts'

export interface MarkedPart {
  readonly text: string
  readonly marks: readonly Mark[]
}

/** Spans count code points, and may overlap. */
export function markedParts(text: string, marks: readonly Mark[]): readonly MarkedPart[] {
  if (marks.length === 0) return [{ text, marks: [] }]
  const letters = Array.from(text)
  const cuts = [...new Set([0, letters.length, ...marks.flatMap(({ start, end }) => [start, end])])]
    .filter((cut) => cut >= 0 && cut <= letters.length)
    .sort((a, b) => a - b)
  return cuts.slice(0, -1).map((from, index) => {
    const to = cuts[index + 1] ?? letters.length
    return {
      text: letters.slice(from, to).join(''),
      marks: marks.filter(({ start, end }) => start <= from && end >= to),
    }
  })
}
