/** Best-worst answers: scores, and MaxDiff strengths with intervals from whole images (section 6.5). */
import type { CriterionReport } from '../../../shared/study-report.ts'
import { percentileInterval } from '../statistics/bootstrap.ts'
import { fitChoices, type Choice } from '../statistics/choice-model.ts'
import { columnSums, totalsOf, type ImageRow } from '../statistics/column-sums.ts'
import type { Later, Resampler } from '../statistics/resampler.ts'
import { bestWorstOptions, bestWorstScores, type ChosenCards } from '../statistics/strengths.ts'
import { systemsAt, type Vote } from './votes.ts'

export type BestWorstSection = Pick<CriterionReport, 'bestWorst' | 'maxDiff' | 'maxDiffDraws'>

function answerOf(vote: Vote): ChosenCards | null {
  if (vote.answer.format !== 'best-worst') return null
  const slots = vote.assignment.order.map((_, slot) => systemsAt(vote, slot))
  // In an order that does not depend on where a card lay.
  const cards = slots.filter(({ length }) => length > 0).sort(([a = 0], [b = 0]) => a - b)
  const at = (slot: number): number => {
    const systems = slots[slot - 1]
    return systems ? cards.indexOf(systems) : -1
  }
  const [best, worst] = [at(vote.answer.best), at(vote.answer.worst)]
  return best < 0 || worst < 0 ? null : { cards, best, worst }
}

interface Shown {
  readonly cards: ChosenCards['cards']
  /** Indices into `cards`. */
  readonly pairs: readonly (readonly [number, number])[]
  /** Column of the first pair. */
  readonly at: number
}

/** One column for each (cards shown, best, worst): the answers that there can be. */
function answerRows(images: readonly (readonly Vote[])[]) {
  const sets = new Map<string, Shown>()
  let width = 0
  const rows = images.flatMap((votes, image) =>
    votes.flatMap((vote): ImageRow[] => {
      const answer = answerOf(vote)
      if (!answer) return []
      const { cards } = answer
      const shown = cards.map((one) => one.join('+')).join()
      const known = sets.get(shown)
      const set = known ?? { cards, pairs: bestWorstOptions([...cards.keys()]), at: width }
      if (!known) {
        sets.set(shown, set)
        width += set.pairs.length
      }
      const { best, worst } = answer
      const pair = set.pairs.findIndex(([a, b]) => a === best && b === worst)
      return [{ image, row: [1], columns: [set.at + pair] }]
    }),
  )
  return { rows, sets: [...sets.values()], width }
}

/** Log-worths centred on 0; null when some system was never best or never worst. */
function fit(
  sets: readonly Shown[],
  counts: Float64Array,
  about: { readonly systems: number; readonly start?: Float64Array },
): Float64Array | null {
  const { systems, start } = about
  // A card that several share is as good as they are on the mean.
  const termsOf = (card: readonly number[] = [], sign: number) =>
    card.map((parameter) => ({ parameter, value: sign / card.length }))
  const choices = sets.map(({ cards, pairs, at }): Choice => ({
    options: pairs.map(([a, b]) => [...termsOf(cards[a], 1), ...termsOf(cards[b], -1)]),
    counts: pairs.map((_, i) => counts[at + i] as number),
  }))
  const options = { parameters: systems, fixed: [0], ...(start && { start }) }
  const { converged, estimates } = fitChoices(choices, options)
  if (!converged) return null
  const mean = estimates.reduce((a, b) => a + b, 0) / systems
  return estimates.map((one) => one - mean)
}

/** All null where nobody was asked for the best and the worst. */
export function bestWorstSection(
  images: readonly (readonly Vote[])[],
  systems: number,
  resampler: Resampler,
): Later<BestWorstSection> {
  const answers = images.flat().flatMap((vote) => answerOf(vote) ?? [])
  if (answers.length === 0) return () => ({ bestWorst: null, maxDiff: null, maxDiffDraws: null })
  const bestWorst = bestWorstScores(answers, systems)
  const { rows, sets, width } = answerRows(images)
  const sums = columnSums(rows)
  const main = fit(sets, totalsOf(sums, images.length, width), { systems })
  if (!main) return () => ({ bestWorst, maxDiff: null, maxDiffDraws: null })
  const held = new Float64Array(width)
  const drawn = Array.from({ length: systems }, () => new Float64Array(resampler.resamples))
  resampler.draw(images.length, (counts, b) => {
    sums(counts, held)
    const one = fit(sets, held, { systems, start: main })
    drawn.forEach((values, system) => (values[b] = one?.[system] ?? Number.NaN))
  })
  return () => ({
    bestWorst,
    maxDiffDraws: drawn[0]?.filter((value) => !Number.isNaN(value)).length ?? 0,
    maxDiff: drawn.map((values, system) => ({
      system,
      logWorth: { value: main[system] as number, ...percentileInterval(values) },
    })),
  })
}
