/** Everything about one question of a study. */
import type { CriterionReport } from '../../../shared/study-report.ts'
import { shareInterval } from '../statistics/bootstrap.ts'
import { columnSums, totalsOf } from '../statistics/column-sums.ts'
import { estimateLater, type Later, type Resampler } from '../statistics/resampler.ts'
import { wilson } from '../statistics/shares.ts'
import { agreementSection, yesAgreement } from './agreement-section.ts'
import { bestWorstSection } from './best-worst.ts'
import { effectsSection } from './effects-section.ts'
import { lowerPlaces } from './lower-places.ts'
import { raterModels } from './rater-models.ts'
import { clipScore, otherScores, scoresSection } from './scores-section.ts'
import { sharesSection, type SharesSection } from './shares-section.ts'
import { splitHalf } from './split-half.ts'
import { strengthsSection, type StrengthsSection } from './strengths-section.ts'
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

/** No estimate. */
const NOTHING = { value: Number.NaN, low: Number.NaN, high: Number.NaN }

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
  return () => means.map((mean, system) => ({ system, mean: mean() ?? NOTHING }))
}

/** How often a label was answered yes of a system, image by image where it was answered at all. */
function answered(
  images: readonly (readonly Vote[])[],
  { system, at }: { readonly system: number; readonly at: number },
) {
  return images.flatMap((votes) => {
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
    return n === 0 ? [] : [[yes, n]]
  })
}

/** Share of yes for every label; images are drawn, for what raters say of one image goes together. */
function flags(
  images: readonly (readonly Vote[])[],
  about: { readonly systems: number; readonly labels: readonly string[] },
  resampler: Resampler,
): Later<CriterionReport['flags']> {
  if (images[0]?.[0]?.answer.format !== 'flags') return () => null
  const later = Array.from({ length: about.systems }, (_, system) =>
    about.labels.map((label, at) => {
      const rows = answered(images, { system, at })
      const sums = columnSums(rows.map((row, image) => ({ image, row })))
      const [yes = 0, n = 0] = totalsOf(sums, rows.length, 2)
      const values = new Float64Array(resampler.resamples)
      const held = new Float64Array(2)
      resampler.draw(rows.length, (counts, b) => {
        sums(counts, held)
        values[b] = (held[0] as number) / (held[1] as number)
      })
      const interval = () => (n === 0 ? wilson(0, 0) : shareInterval(values, rows.length))
      return () => ({ system, label, yes, n, ...interval() })
    }),
  ).flat()
  return () => later.map((tell) => tell())
}

/** Yes and no put nobody first: shares, ties and strengths of such a question would be made up. */
const UNORDERED: SharesSection & StrengthsSection = {
  shares: [],
  tie: { ...NOTHING, images: 0 },
  differences: [],
  strengths: [],
  logTie: null,
  pseudo: false,
  plackettLuce: null,
  wins: [],
  ties: [],
  cyclicTriples: 0,
  pairs: [],
}

function orderedSections(
  ...about: Parameters<typeof sharesSection>
): Later<SharesSection & StrengthsSection> {
  const [shares, strengths] = [sharesSection(...about), strengthsSection(...about)]
  return () => ({ ...shares(), ...strengths() })
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
    ordered:
      criterion.format === 'flags' ? () => UNORDERED : orderedSections(images, systems, resampler),
    marks: marks(images, systems, resampler),
    flags: flags(images, { systems, labels: criterion.labels }, resampler),
    bestWorst: bestWorstSection(images, systems, resampler),
    yesAgreement: yesAgreement(images, criterion.labels, resampler),
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
    ...later.ordered(),
    ...later.bestWorst(),
    levels: votes.length === 0 ? null : levels(votes),
    marks: later.marks(),
    flags: later.flags(),
    yesAgreement: later.yesAgreement(),
    agreement: later.agreement(),
    effects: effectsSection(votes, systems),
    scores: later.scores(),
    otherScores: later.others.map((tell) => tell()).filter((one) => one !== null),
    lowerPlaces: later.lowerPlaces(),
    splitHalf: splitHalf(images, systems, resampler.seed),
    raterModels: about.raterModels ? raterModels(images, systems) : null,
  })
}
