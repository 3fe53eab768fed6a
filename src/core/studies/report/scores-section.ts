/** Does an automatic score order captions as people do? And where do people, or people and score, disagree? */
import { plural } from '../../../shared/plural.ts'
import type { Disagreement, ScoreReport } from '../../../shared/study-report.ts'
import type { Criterion } from '../../../shared/study-types.ts'
import { columnSums, totalsOf } from '../statistics/column-sums.ts'
import { kendallTauB, kendallTauC, spearman, tallyPairs } from '../statistics/rank-correlation.ts'
import { estimateLater, type Later, type Resampler } from '../statistics/resampler.ts'
import { firstCategory, saidOfCards } from './agreement-section.ts'
import type { Card } from '../plan-types.ts'
import { placesByCard, wordsOf, type Vote } from './votes.ts'

/** An automatic score of a card; null where the card has none. */
export interface CardScore {
  readonly name: string
  readonly of: (card: Card) => number | null
}

export const clipScore: CardScore = { name: 'CLIP score', of: ({ score }) => score ?? null }

/** Longer = better: what every reader should know before believing in another score. */
const LENGTH: CardScore = { name: 'length in words', of: wordsOf }

/** The length, and every named score that some card of these votes has. */
export function otherScores(votes: readonly Vote[]): readonly CardScore[] {
  const names = new Set(
    votes.flatMap(({ item }) => item.cards.flatMap(({ scores }) => Object.keys(scores ?? {}))),
  )
  return [
    LENGTH,
    ...[...names]
      .sort()
      .map((name): CardScore => ({ name, of: ({ scores }) => scores?.[name] ?? null })),
  ]
}

interface Judged {
  readonly imageId: string
  /** Systems behind each scored card. */
  readonly systems: readonly (readonly number[])[]
  readonly score: readonly number[]
  /** Higher = better: mean place over raters, turned round. */
  readonly human: readonly number[]
}

function judged(images: readonly (readonly Vote[])[], { of }: CardScore): Judged[] {
  return images.flatMap((votes): Judged[] => {
    const rows = votes.map(placesByCard).filter((row): row is readonly number[] => row !== null)
    const item = votes[0]?.item
    if (!item || rows.length === 0) return []
    const cards = item.cards.flatMap((one, card) => {
      const score = of(one)
      return score === null ? [] : [{ score, card, systems: one.systems }]
    })
    return [
      {
        imageId: item.imageId,
        systems: cards.map(({ systems }) => systems),
        score: cards.map(({ score }) => score),
        human: cards.map(
          ({ card }) => -rows.reduce((sum, row) => sum + (row[card] ?? 0), 0) / rows.length,
        ),
      },
    ]
  })
}

/** Do means order the systems as people's means do? */
function systemLevel(units: readonly Judged[]): ScoreReport['systems'] {
  const sums = new Map<number, { score: number; human: number; n: number }>()
  for (const { systems, score, human } of units)
    systems.forEach((list, card) => {
      for (const system of list) {
        const sum = sums.get(system) ?? { score: 0, human: 0, n: 0 }
        sums.set(system, sum)
        sum.score += score[card] ?? 0
        sum.human += human[card] ?? 0
        sum.n++
      }
    })
  const means = [...sums.values()]
  const tauB = kendallTauB(
    means.map(({ score, n }) => score / n),
    means.map(({ human, n }) => human / n),
  )
  return { tauB: Number.isFinite(tauB) ? tauB : null, k: means.length }
}

/** Pairwise accuracy within image first: it needs no common scale across images (section 6.10). */
export function scoresSection(
  images: readonly (readonly Vote[])[],
  score: CardScore,
  resampler: Resampler,
): Later<ScoreReport | null> {
  const units = judged(images, score)
  // Halves: a pair that the score leaves open is right by half.
  const tallies = columnSums(
    units.map(({ score, human }, image) => {
      const { concordant, discordant, tiesX } = tallyPairs(score, human)
      return { image, row: [2 * concordant + tiesX, concordant + discordant + tiesX] }
    }),
  )
  const held = new Float64Array(2)
  const share = (sums: Float64Array): number =>
    sums[1] === 0 ? Number.NaN : (sums[0] as number) / 2 / (sums[1] as number)
  const totals = totalsOf(tallies, units.length, 2)
  const accuracy = estimateLater(resampler, units.length, {
    value: share(totals),
    measure(counts) {
      tallies(counts, held)
      return share(held)
    },
  })
  return () => {
    const estimate = accuracy()
    if (!estimate) return null
    // Over all captions, but no further than is quick: every pair is looked at.
    const some = units.slice(0, 400)
    const [x, y] = [some.flatMap(({ score }) => score), some.flatMap(({ human }) => human)]
    const tally = tallyPairs(x, y)
    return {
      name: score.name,
      accuracy: estimate,
      decidedPairs: totals[1] as number,
      tauB: kendallTauB(x, y, tally),
      spearman: spearman(x, y),
      captions: x.length,
      tauC: kendallTauC(x, y, tally),
      systems: systemLevel(units),
    }
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

/** Images of whose captions some raters said yes and others no, those with most such statements first. */
export function yesDisagreed(
  images: readonly (readonly Vote[])[],
  { id, labels }: Pick<Criterion, 'id' | 'labels'>,
): readonly Disagreement[] {
  return heaviest(
    images.flatMap((votes): Disagreement[] => {
      const told = labels
        .flatMap((_, label) => saidOfCards(votes, label))
        .filter(({ length }) => length > 1)
      const divided = told.filter((said) => new Set(said).size > 1).length
      if (divided === 0) return []
      const what = `yes and no to ${divided} of ${plural(told.length, 'statement')} on its captions`
      const imageId = votes[0]?.item.imageId ?? ''
      return [{ imageId, criterion: id, what, weight: divided / told.length }]
    }),
  )
}

/** Images whose best caption by score is below another for people, the clearest first. */
export function scoreDisagreed(
  images: readonly (readonly Vote[])[],
  clip: CardScore,
  criterion: string,
): readonly Disagreement[] {
  return heaviest(
    judged(images, clip).flatMap(({ imageId, score, human }): Disagreement[] => {
      const top = score.indexOf(Math.max(...score))
      const gap = Math.max(...human) - (human[top] ?? 0)
      if (!(gap > 0)) return []
      const what = `the caption with the best score is ${gap.toFixed(1)} places below the best for people`
      return [{ imageId, criterion, what, weight: gap }]
    }),
  )
}
