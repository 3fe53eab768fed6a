/** Does an automatic score order captions as people do? And where do people, or people and score, disagree? */
import type { Disagreement, ScoreReport } from '../../../shared/study-report.ts'
import {
  percentileInterval,
  resampleImages,
  type BootstrapOptions,
} from '../statistics/bootstrap.ts'
import { kendallTauB, spearman, tallyPairs } from '../statistics/rank-correlation.ts'
import { firstCategory } from './agreement-section.ts'
import { placesByCard, type Vote } from './votes.ts'

/** Score of each card of an item, by item id; null where a card has none. */
export type CardScores = ReadonlyMap<string, readonly (number | null)[]>

interface Judged {
  readonly imageId: string
  readonly score: readonly number[]
  /** Higher = better: mean place over raters, turned round. */
  readonly human: readonly number[]
}

function judged(images: readonly (readonly Vote[])[], scores: CardScores): Judged[] {
  return images.flatMap((votes): Judged[] => {
    const rows = votes.map(placesByCard).filter((row): row is readonly number[] => row !== null)
    const item = votes[0]?.item
    const given = item && scores.get(item.id)
    if (!item || !given || rows.length === 0) return []
    const cards = given.flatMap((score, card) => (score === null ? [] : [{ score, card }]))
    return [
      {
        imageId: item.imageId,
        score: cards.map(({ score }) => score),
        human: cards.map(
          ({ card }) => -rows.reduce((sum, row) => sum + (row[card] ?? 0), 0) / rows.length,
        ),
      },
    ]
  })
}

/** Pairwise accuracy within image first: it needs no common scale across images (section 6.10). */
export function scoresSection(
  images: readonly (readonly Vote[])[],
  scores: CardScores,
  options: BootstrapOptions,
): ScoreReport | null {
  const units = judged(images, scores)
  const tallies = units.map(({ score, human }) => {
    const { concordant, discordant, tiesX } = tallyPairs(score, human)
    return { right: concordant + tiesX / 2, decided: concordant + discordant + tiesX }
  })
  const accuracy = (counts: ArrayLike<number>): number => {
    let [right, decided] = [0, 0]
    tallies.forEach((one, i) => {
      right += (counts[i] as number) * one.right
      decided += (counts[i] as number) * one.decided
    })
    return decided === 0 ? Number.NaN : right / decided
  }
  const value = accuracy(tallies.map(() => 1))
  if (Number.isNaN(value)) return null
  const values = new Float64Array(options.resamples)
  resampleImages(units.length, options, (counts, b) => (values[b] = accuracy(counts)))
  // Over all captions, but no further than is quick: every pair is looked at.
  const some = units.slice(0, 400)
  const [x, y] = [some.flatMap(({ score }) => score), some.flatMap(({ human }) => human)]
  return {
    name: 'CLIP score',
    accuracy: { value, ...percentileInterval(values) },
    decidedPairs: tallies.reduce((sum, { decided }) => sum + decided, 0),
    tauB: kendallTauB(x, y),
    spearman: spearman(x, y),
    captions: x.length,
  }
}

const MOST = 50
const heaviest = (list: Disagreement[]): Disagreement[] =>
  list.sort((a, b) => b.weight - a.weight || (a.imageId < b.imageId ? -1 : 1)).slice(0, MOST)

/** Images whose raters chose different captions, the most divided first. */
export function ratersDisagreed(
  images: readonly (readonly Vote[])[],
  criterion: string,
): readonly Disagreement[] {
  return heaviest(
    images.flatMap((votes): Disagreement[] => {
      const firsts = votes.map(firstCategory).filter((one): one is number => one !== null)
      const kinds = new Set(firsts).size
      if (firsts.length < 2 || kinds < 2) return []
      const most = Math.max(...firsts.map((one) => firsts.filter((x) => x === one).length))
      const what = `${firsts.length} raters, ${kinds} different first choices`
      const weight = 1 - most / firsts.length
      return [{ imageId: votes[0]?.item.imageId ?? '', criterion, what, weight }]
    }),
  )
}

/** Images whose best caption by score is below another for people, the clearest first. */
export function scoreDisagreed(
  images: readonly (readonly Vote[])[],
  scores: CardScores,
  criterion: string,
): readonly Disagreement[] {
  return heaviest(
    judged(images, scores).flatMap(({ imageId, score, human }): Disagreement[] => {
      const top = score.indexOf(Math.max(...score))
      const gap = Math.max(...human) - (human[top] ?? 0)
      if (!(gap > 0)) return []
      const what = `the caption with the best score is ${gap.toFixed(1)} places below the best for people`
      return [{ imageId, criterion, what, weight: gap }]
    }),
  )
}
