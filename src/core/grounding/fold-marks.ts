/** Proposals and decisions of one cell folded into marks: what the machine said stays visible beside what people said. */
import type { CellMarks, Mark, MarkSpan } from '../../shared/contract/grounding.ts'
import type { Cell } from '../../shared/types.ts'
import type { Decision, KeptMarks } from './store-port.ts'
import { sliceCodePoints } from './tokens.ts'

const sameSpan = (a: MarkSpan, b: MarkSpan): boolean =>
  a.place === b.place && a.start === b.start && a.end === b.end

const keyOf = ({ place, start, end }: MarkSpan): string => `${place} ${start} ${end}`

/** The newest decision on every span that anyone decided. */
function newest(decisions: readonly Decision[]): ReadonlyMap<string, Decision> {
  return new Map(decisions.map((one) => [keyOf(one.span), one]))
}

/**
 * A decision confirms the proposal of its span and class and overrules the span's others; `clear` overrules
 * all of them; a class that nobody proposed there is the person's own mark. Other spans are not touched,
 * however they overlap.
 */
export function foldMarks(
  cell: Pick<Cell, 'id' | 'caption' | 'altText'>,
  { proposed, decisions, damaged }: KeptMarks,
): CellMarks {
  const decided = newest(decisions)
  const proposals = proposed?.proposals ?? []
  const machine = proposals.map((proposal): Mark => {
    const decision = decided.get(keyOf(proposal))
    const status = !decision
      ? 'proposed'
      : decision.decision === proposal.markClass
        ? 'confirmed'
        : 'overruled'
    return {
      ...proposal,
      cellId: cell.id,
      status,
      origin: 'machine',
      decidedBy: decision?.decidedBy ?? null,
      decidedAt: decision?.decidedAt ?? null,
    }
  })
  const own = [...decided.values()].flatMap(({ span, decision, decidedBy, decidedAt }): Mark[] => {
    const known = proposals.some((one) => one.markClass === decision && sameSpan(one, span))
    if (decision === 'clear' || known) return []
    const text = sliceCodePoints(
      span.place === 'caption' ? cell.caption : cell.altText,
      span.start,
      span.end,
    )
    return [
      {
        ...span,
        cellId: cell.id,
        markClass: decision,
        text,
        status: 'confirmed',
        origin: 'person',
        explanation: null,
        decidedBy,
        decidedAt,
      },
    ]
  })
  const marks = [...machine, ...own].sort(
    (a, b) => a.place.localeCompare(b.place) || a.start - b.start || a.end - b.end,
  )
  return { cellId: cell.id, marks, matcher: proposed?.matcher ?? null, damaged }
}

/** Marks that count: proposed or confirmed, not overruled. */
export const standing = (marks: readonly Mark[]): readonly Mark[] =>
  marks.filter(({ status }) => status !== 'overruled')
