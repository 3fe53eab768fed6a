/** What raters said of each caption against those it stood beside, for whoever holds people against other measures. */
import { foldCaption } from '../merge-cards.ts'
import { eventsThatCount, type ReportInput } from './study-report.ts'
import { collectVotes } from './votes.ts'
import { whoCounts } from './who-counts.ts'

/** Of one caption of one image under one question. */
export interface CardWins {
  readonly criterion: string
  readonly imageId: string
  /** As cards are folded. */
  readonly text: string
  /** Comparisons with another caption of the item in which it was put above; a shared place is half a one. */
  readonly won: number
  /** Comparisons that raters decided or tied; never 0. */
  readonly of: number
}

/**
 * Every vote compares each caption with every other of its item; a form of answer that leaves pairs open (the best
 * alone) compares fewer. The first showing alone counts, and the raters whom the report counts. Of whole rankings,
 * won / of is (k - mean place) / (k - 1).
 */
export function cardWins(
  input: Pick<ReportInput, 'study' | 'events' | 'log'>,
): readonly CardWins[] {
  const { study, log } = input
  const { events } = eventsThatCount(input)
  const votes = collectVotes(study, events)
  const excluded = new Set(whoCounts(study, votes, log).excluded)
  return votes.flatMap(({ criterion, main }) => {
    const tallies = new Map<string, CardWins & { won: number; of: number }>()
    for (const { item, assignment, relation, rater } of main) {
      if (!relation || excluded.has(rater)) continue
      assignment.order.forEach((card, slot) => {
        const text = foldCaption(item.cards[card]?.text ?? '')
        const key = `${item.imageId} ${text}`
        const { imageId } = item
        const tally = tallies.get(key) ?? { criterion: criterion.id, imageId, text, won: 0, of: 0 }
        assignment.order.forEach((_, other) => {
          const seen = other === slot ? null : relation(slot, other)
          if (seen === null) return
          tally.won += (seen + 1) / 2
          tally.of++
        })
        if (tally.of > 0) tallies.set(key, tally)
      })
    }
    return [...tallies.values()]
  })
}
