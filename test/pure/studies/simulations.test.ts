/**
 * Simulated studies whose truth is known (section 9): intervals cover, equal systems stay together, planted effects
 * and planted raters are found. REALIGN_STUDIES=1 runs the numbers of the design; without it a tenth of them.
 */
import { expect, test } from 'vitest'
import { criterionReport } from '../../../src/core/studies/report/criterion-report.ts'
import { effectsSection } from '../../../src/core/studies/report/effects-section.ts'
import { ratersSection } from '../../../src/core/studies/report/raters-section.ts'
import { sharesSection } from '../../../src/core/studies/report/shares-section.ts'
import { strengthsSection } from '../../../src/core/studies/report/strengths-section.ts'
import { byImage, collectVotes } from '../../../src/core/studies/report/votes.ts'
import { createResampler, type Resampler } from '../../../src/core/studies/statistics/resampler.ts'
import { wilson } from '../../../src/core/studies/statistics/shares.ts'
import { simulateStudy, type Truth } from '../../support/simulated-study.ts'
import { question } from './report-builders.ts'

const FULL = process.env['REALIGN_STUDIES'] !== undefined
const studies = (full: number): number => (FULL ? full : Math.ceil(full / 10))
const MINUTES = 60_000

/** One section of a simulated study, told after its draws. */
function told<T>(
  truth: Truth,
  resamples: number,
  section: (images: ReturnType<typeof byImage>, resampler: Resampler) => () => T,
): T {
  const { study, events } = simulateStudy(truth)
  const resampler = createResampler({ seed: truth.seed, resamples })
  const later = section(byImage(collectVotes(study, events)[0]?.main ?? []), resampler)
  for (const _ of resampler.run());
  return later()
}

/** A share of all studies, as what it must be compatible with (99.9 %) and as printed in full runs. */
function share(name: string, found: readonly boolean[]) {
  const hits = found.filter(Boolean).length
  if (FULL) process.stdout.write(`${name}: ${hits} of ${found.length}\n`)
  return { value: hits / found.length, ...wilson(hits, found.length, 3.29) }
}

const times = <T>(n: number, make: (seed: number) => T): T[] =>
  Array.from({ length: n }, (_, seed) => make(seed + 1))

/** Mean of logistic(mean + sd z) over a standard normal z. */
function meanWin(mean: number, sd: number): number {
  let [sum, weight] = [0, 0]
  for (let z = -8; z <= 8; z += 0.01) {
    const w = Math.exp((-z * z) / 2)
    weight += w
    sum += w / (1 + Math.exp(-(mean + sd * z)))
  }
  return sum / weight
}

test(
  '95 % intervals of shares cover the truth, although votes of one image go together',
  () => {
    const [gap, imageEffect] = [0.6, 1.5]
    const truth = meanWin(gap, imageEffect * Math.SQRT2)
    const covered = times(studies(600), (seed) => {
      const { shares } = told(
        {
          images: 100,
          raters: 3,
          perItem: 3,
          criteria: [question('q')],
          strengths: [gap, 0],
          imageEffect,
          seed,
        },
        600,
        (images, resampler) => sharesSection(images, 2, resampler),
      )
      const { low, high } = shares[0]?.votes ?? { low: 1, high: 0 }
      return low <= truth && truth <= high
    })
    const { value, low, high } = share('covered', covered)
    expect(low).toBeLessThan(0.97)
    expect(high).toBeGreaterThan(0.93)
    if (FULL) expect(value).toBeGreaterThan(0.93)
  },
  10 * MINUTES,
)

test(
  'equal systems: hardly a study reports a separated pair after Holm',
  () => {
    const separated = times(studies(1000), (seed) => {
      const { pairs } = told(
        {
          images: 100,
          raters: 3,
          perItem: 3,
          criteria: [question('q', 'ranking')],
          strengths: [0, 0, 0, 0],
          imageEffect: 1,
          tie: 0.2,
          seed,
        },
        1000,
        (images, resampler) => strengthsSection(images, 4, resampler),
      )
      return pairs.some(({ holm }) => holm < 0.05)
    })
    const { value, low } = share('separated', separated)
    expect(low).toBeLessThan(0.06)
    if (FULL) expect(value).toBeLessThanOrEqual(0.06)
  },
  10 * MINUTES,
)

test(
  'strengths come back, without bias and inside their intervals',
  () => {
    const planted = [1, 0.4, 0, -0.5]
    const centre = planted.reduce((a, b) => a + b, 0) / planted.length
    const runs = times(studies(400), (seed) =>
      told(
        {
          images: 80,
          raters: 2,
          perItem: 2,
          criteria: [question('q', 'ranking')],
          strengths: planted,
          seed,
        },
        400,
        (images, resampler) => strengthsSection(images, 4, resampler),
      ),
    )
    const errors = runs.flatMap(({ strengths }) =>
      strengths.map(({ system, logWorth }) => logWorth.value - ((planted[system] ?? 0) - centre)),
    )
    const mean = errors.reduce((a, b) => a + Math.abs(b), 0) / errors.length
    expect(mean).toBeLessThan(0.15)
    for (const [system, worth] of planted.entries()) {
      const all = runs.map(
        ({ strengths }) => strengths.find((one) => one.system === system)?.logWorth,
      )
      const sum = all.reduce((total, one) => total + (one?.value ?? 0), 0)
      expect(sum / all.length).toBeCloseTo(worth - centre, 1)
      const inside = all.map(
        (one) => one && one.low <= worth - centre && worth - centre <= one.high,
      )
      expect(share(`system ${system + 1} inside`, inside.map(Boolean)).high).toBeGreaterThan(0.93)
    }
  },
  10 * MINUTES,
)

test(
  'a position effect of .7 is found with 400 first places',
  () => {
    const found = times(studies(200), (seed) => {
      const { study, events } = simulateStudy({
        images: 200,
        raters: 2,
        perItem: 2,
        criteria: [question('q')],
        strengths: [0.6, 0.2, 0, 0, -0.3],
        slots: [0.7, 0, 0, 0, 0],
        seed,
      })
      const { slotRatioP } = effectsSection(collectVotes(study, events)[0]?.main ?? [], 5)
      return slotRatioP !== null && slotRatioP < 0.05
    })
    const { value, high } = share('position effect found', found)
    expect(high).toBeGreaterThanOrEqual(0.9)
    if (FULL) expect(value).toBeGreaterThanOrEqual(0.9)
  },
  10 * MINUTES,
)

test(
  'a rater who clicks at random is flagged, an honest one is not',
  () => {
    const flags = times(studies(200), (seed) => {
      const { study, events } = simulateStudy({
        images: 60,
        raters: 3,
        perItem: 3,
        criteria: ['alignment', 'specificity', 'use'].map((id) => question(id, 'ranking')),
        strengths: [1.2, 0.7, 0, -0.1, -0.4],
        // What an honest rater sees in an image is there on the second look too.
        imageEffect: 2,
        tie: 0.2,
        random: [2],
        quality: { wrongImage: 4, plantedError: 2, duplicate: 2 },
        repeatShare: 0.1,
        seed,
      })
      return ratersSection(collectVotes(study, events), [0, 1, 2], study.protocol.exclusion).map(
        (one) => one.flags.length > 0,
      )
    })
    const random = share(
      'random rater flagged',
      flags.map((one) => one[2] ?? false),
    )
    const honest = share(
      'honest rater flagged',
      flags.flatMap((one) => one.slice(0, 2)),
    )
    expect(random.high).toBeGreaterThanOrEqual(0.95)
    expect(honest.low).toBeLessThanOrEqual(0.02)
    if (FULL) {
      expect(random.value).toBeGreaterThanOrEqual(0.95)
      expect(honest.value).toBeLessThanOrEqual(0.02)
    }
  },
  10 * MINUTES,
)

test(
  'panels of six or more: drawing raters too widens the interval',
  () => {
    const widths = times(studies(100), (seed) => {
      const report = told(
        {
          images: 60,
          raters: 8,
          perItem: 4,
          criteria: [question('q')],
          strengths: [0.5, 0, -0.5],
          imageEffect: 1,
          random: [0, 1],
          seed,
        },
        400,
        (images, resampler) =>
          criterionReport(
            {
              criterion: question('q'),
              main: images.flat(),
              repeats: [],
              hidden: [],
              cannotJudge: 0,
              cannotJudgeBy: new Map(),
            },
            { systems: 3, resampler, raterModels: false, rater: () => true },
          ),
      )
      const { votes, votesTwoWay } = report.shares[0] ?? {}
      if (!votes || !votesTwoWay) throw new Error('no interval')
      expect(votesTwoWay.value).toBe(votes.value)
      return (votesTwoWay.high - votesTwoWay.low) / (votes.high - votes.low)
    })
    expect(widths.reduce((a, b) => a + b, 0) / widths.length).toBeGreaterThan(1)
  },
  10 * MINUTES,
)
