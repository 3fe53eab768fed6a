/** Everything about one question of a study. */
import type { CriterionReport } from '../../../shared/study-report.ts'
import { columnSums, totalsOf } from '../statistics/column-sums.ts'
import { estimateLater, type Later, type Resampler } from '../statistics/resampler.ts'
import { wilson } from '../statistics/shares.ts'
import { agreementSection } from './agreement-section.ts'
import { bestWorstSection } from './best-worst.ts'
import { effectsSection } from './effects-section.ts'
import { lowerPlaces } from './lower-places.ts'
import { raterModels } from './rater-models.ts'
import { clipScore, otherScores, scoresSection } from './scores-section.ts'
import { sharesSection } from './shares-section.ts'
import { splitHalf } from './split-half.ts'
import { strengthsSection } from './strengths-section.ts'
import { byImage, systemsAt, type CriterionVotes, type Vote } from './votes.ts'

/** Counts of a pair's levels, seen from system 0: above 0 = system 0 is better. */
function levels(votes: readonly Vote[]): CriterionReport['levels'] {
  const counts = new Map<number, number>()
  for (const vote of votes) {
    if (vote.answer.format !== 'pair') return null
    const value = systemsAt(vote, 0).includes(0) ? -vote.answer.value : vote.answer.value
    counts.set(value + 0, (counts.get(value + 0) ?? 0) + 1)
  }
  return [...counts].sort(([a], [b]) => b - a).map(([value, count]) => ({ value, count }))
}

/** Mean mark of each system, over every mark that it was given. */
function marks(
  images: readonly (readonly Vote[])[],
  systems: number,
  resampler: Resampler,
): Later<CriterionReport['marks']> {
  if (images[0]?.[0]?.answer.format !== 'rubric') return () => null
  const means = Array.from({ length: systems }, (_, system) => {
    const sums = columnSums(
      images.map((votes, image) => {
        const given = votes.flatMap((vote) =>
          vote.answer.format === 'rubric'
            ? vote.answer.values.filter((_value, slot) => systemsAt(vote, slot).includes(system))
            : [],
        )
        return { image, row: [given.reduce((a, b) => a + b, 0), given.length] }
      }),
    )
    const mean = (held: Float64Array) =>
      held[1] === 0 ? Number.NaN : (held[0] as number) / (held[1] as number)
    const held = new Float64Array(2)
    return estimateLater(resampler, images.length, {
      value: mean(totalsOf(sums, images.length, 2)),
      measure(counts) {
        sums(counts, held)
        return mean(held)
      },
    })
  })
  const none = { value: Number.NaN, low: Number.NaN, high: Number.NaN }
  return () => means.map((mean, system) => ({ system, mean: mean() ?? none }))
}

function flags(
  votes: readonly Vote[],
  systems: number,
  labels: readonly string[],
): CriterionReport['flags'] {
  if (votes[0]?.answer.format !== 'flags') return null
  return Array.from({ length: systems }, (_, system) =>
    labels.map((label, at) => {
      let [yes, n] = [0, 0]
      for (const vote of votes) {
        if (vote.answer.format !== 'flags') continue
        vote.answer.values.forEach((row, slot) => {
          const said = row[at]
          if (said === null || said === undefined || !systemsAt(vote, slot).includes(system)) return
          n++
          yes += Number(said)
        })
      }
      return { system, label, yes, n, ...wilson(yes, n) }
    }),
  ).flat()
}

/** What will be told of one question once the draws of `resampler` have run. */
export function criterionReport(
  { criterion, main, repeats, cannotJudge }: CriterionVotes,
  about: {
    readonly systems: number
    readonly resampler: Resampler
    readonly raterModels: boolean
    readonly rater: (rater: number) => boolean
  },
): Later<CriterionReport> {
  const { systems, resampler, rater } = about
  const votes = main.filter((vote) => rater(vote.rater))
  const images = byImage(votes)
  const again = repeats.filter(([vote]) => rater(vote.rater))
  const later = {
    shares: sharesSection(images, systems, resampler),
    strengths: strengthsSection(images, systems, resampler),
    marks: marks(images, systems, resampler),
    bestWorst: bestWorstSection(images, systems, resampler),
    agreement: agreementSection(images, { systems, repeats: again, resampler }),
    scores: scoresSection(images, clipScore, resampler),
    others: otherScores(votes).map((one) => scoresSection(images, one, resampler)),
    lowerPlaces: lowerPlaces(images, systems, resampler),
  }
  return () => ({
    id: criterion.id,
    question: criterion.question,
    format: criterion.format,
    images: images.length,
    votes: votes.length,
    cannotJudge,
    fewImages: images.length < 20,
    ...later.shares(),
    ...later.strengths(),
    ...later.bestWorst(),
    levels: votes.length === 0 ? null : levels(votes),
    marks: later.marks(),
    flags: flags(votes, systems, criterion.labels),
    agreement: later.agreement(),
    effects: effectsSection(votes, systems),
    scores: later.scores(),
    otherScores: later.others.map((tell) => tell()).filter((one) => one !== null),
    lowerPlaces: later.lowerPlaces(),
    splitHalf: splitHalf(images, systems, resampler.seed),
    raterModels: about.raterModels ? raterModels(images, systems) : null,
  })
}
