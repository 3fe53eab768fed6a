/** Everything about one question of a study. */
import type { CriterionReport, Estimate } from '../../../shared/study-report.ts'
import { bootstrapMeans, type BootstrapOptions } from '../statistics/bootstrap.ts'
import { wilson } from '../statistics/shares.ts'
import { agreementSection } from './agreement-section.ts'
import { effectsSection } from './effects-section.ts'
import { scoresSection, type CardScores } from './scores-section.ts'
import { sharesSection } from './shares-section.ts'
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

function marks(
  images: readonly (readonly Vote[])[],
  systems: number,
  options: BootstrapOptions,
): CriterionReport['marks'] {
  if (images[0]?.[0]?.answer.format !== 'rubric') return null
  return Array.from({ length: systems }, (_, system) => {
    const rows = images.map((votes) =>
      votes.flatMap((vote) =>
        vote.answer.format === 'rubric'
          ? vote.answer.values.filter((_value, slot) => systemsAt(vote, slot).includes(system))
          : [],
      ),
    )
    const sums = rows.map((row) => [row.reduce((a, b) => a + b, 0)])
    const counts = rows.map(({ length }) => length)
    const total = counts.reduce((a, b) => a + b, 0)
    const value = sums.reduce((sum, [one = 0]) => sum + one, 0) / total
    const [interval] = bootstrapMeans(sums, counts, options).intervals
    const mean: Estimate = { value, ...(interval ?? { low: Number.NaN, high: Number.NaN }) }
    return { system, mean }
  })
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

export function criterionReport(
  { criterion, main, repeats, cannotJudge }: CriterionVotes,
  about: {
    readonly systems: number
    readonly scores: CardScores
    readonly options: BootstrapOptions
    readonly rater: (rater: number) => boolean
  },
): CriterionReport {
  const { systems, scores, options, rater } = about
  const votes = main.filter((vote) => rater(vote.rater))
  const images = byImage(votes)
  const again = repeats.filter(([vote]) => rater(vote.rater))
  return {
    id: criterion.id,
    question: criterion.question,
    format: criterion.format,
    images: images.length,
    votes: votes.length,
    cannotJudge,
    fewImages: images.length < 20,
    ...sharesSection(images, systems, options),
    ...strengthsSection(images, systems, options),
    levels: votes.length === 0 ? null : levels(votes),
    marks: marks(images, systems, options),
    flags: flags(votes, systems, criterion.labels),
    agreement: agreementSection(images, again, options),
    effects: effectsSection(votes, systems),
    scores: scoresSection(images, scores, options),
  }
}
