/** The side questions of a report, each on data whose answer is known. */
import { describe, expect, test } from 'vitest'
import { balanceOf } from '../../../src/core/studies/balance.ts'
import { showingsOfLateRater } from '../../../src/core/studies/late-raters.ts'
import { lowerPlaces } from '../../../src/core/studies/report/lower-places.ts'
import { addPairs } from '../../../src/core/studies/report/strengths-section.ts'
import { splitHalf } from '../../../src/core/studies/report/split-half.ts'
import { byImage, collectVotes } from '../../../src/core/studies/report/votes.ts'
import { columnSums } from '../../../src/core/studies/statistics/column-sums.ts'
import { pairCells, pairIndex } from '../../../src/core/studies/statistics/davidson-fast.ts'
import { dawidSkene, type Said } from '../../../src/core/studies/statistics/dawid-skene.ts'
import { judgePrecision } from '../../../src/core/studies/statistics/judge-precision.ts'
import { mulberry32, shuffled } from '../../../src/core/studies/statistics/mulberry32.ts'
import { createResampler } from '../../../src/core/studies/statistics/resampler.ts'
import { openSealed, sealText } from '../../../src/shared/sealed-text.ts'
import type { JudgementEvent } from '../../../src/shared/study-types.ts'
import { reportOn, sha256, simulateStudy, type Truth } from '../../support/simulated-study.ts'
import { studyReport } from '../../../src/core/studies/report/study-report.ts'
import { question } from './report-builders.ts'

const base: Truth = {
  images: 80,
  raters: 4,
  perItem: 4,
  criteria: [question('q', 'ranking')],
  strengths: [1.2, 0.6, 0, -0.6, -1.2],
  seed: 11,
}

test('sums over kinds of rows equal sums over rows', () => {
  const random = mulberry32(3)
  const rows = Array.from({ length: 400 }, () => ({
    image: Math.floor(random() * 50),
    row: Array.from({ length: 6 }, () => Math.floor(random() * 3)),
  }))
  const counts = Uint32Array.from({ length: 50 }, () => Math.floor(random() * 4))
  const sums = new Float64Array(6)
  columnSums(rows)(counts, sums)
  const plain = [0, 1, 2, 3, 4, 5].map((column) =>
    rows.reduce((sum, { image, row }) => sum + (counts[image] ?? 0) * (row[column] ?? 0), 0),
  )
  expect(Array.from(sums)).toEqual(plain)
  // The same rows as values with their columns.
  const sparse = rows.map(({ image, row }) => {
    const columns = [5, 3, 1, 0, 2, 4].filter((column) => row[column] !== 0)
    return { image, columns, row: columns.map((column) => row[column] ?? 0) }
  })
  columnSums(sparse)(counts, sums)
  expect(Array.from(sums)).toEqual(plain)
})

test('seven systems: pairs counted one by one are the pairs of all votes', () => {
  const truth: Truth = { ...base, images: 20, strengths: [3, 2, 1, 0, -1, -2, -3], tie: 0.3 }
  const { study, events } = simulateStudy(truth)
  const cells = new Float64Array(pairCells(7))
  for (const vote of collectVotes(study, events)[0]?.main ?? []) addPairs(vote, 7, cells)
  const { wins, ties } = reportOn(truth, 100).criteria[0] ?? { wins: [], ties: [] }
  for (let a = 0; a < 7; a++)
    for (let b = a + 1; b < 7; b++) {
      const at = pairIndex(a, b, 7)
      const counted = [wins[a]?.[b], wins[b]?.[a], ties[a]?.[b]]
      expect(counted).toEqual([cells[at], cells[at + 1], cells[at + 2]])
      expect(counted.reduce((x = 0, y = 0) => x + y, 0)).toBe(80)
    }
})

describe('lower places', () => {
  const ratioOf = (
    truth: Truth,
    change: (event: JudgementEvent, random: () => number) => object,
  ) => {
    const { study, events } = simulateStudy(truth)
    const random = mulberry32(5)
    const changed = events.map((event) => ({ ...event, ...change(event, random) }))
    const resampler = createResampler({ seed: 1, resamples: 200 })
    const images = byImage(collectVotes(study, changed)[0]?.main ?? [])
    const later = lowerPlaces(images, truth.strengths.length, resampler)
    for (const _ of resampler.run());
    return later()
  }

  test('as sharp as the first where all places come from one model', () => {
    const found = ratioOf(base, () => ({}))
    expect(found?.votes).toBe(320)
    expect(found?.ratio.low).toBeLessThan(1)
    expect(found?.ratio.high).toBeGreaterThan(1)
  })

  test('told apart where everything behind the first place is noise', () => {
    const found = ratioOf(base, ({ payload }, random) => {
      if (payload.answer?.format !== 'ranking') throw new Error('a ranking was asked for')
      const [first = [], ...rest] = payload.answer.order
      const order = [first, ...shuffled(rest, random)]
      return { payload: { ...payload, answer: { format: 'ranking', order } } }
    })
    expect(found?.ratio.high).toBeLessThan(0.5)
  })

  test('nothing is said of two systems', () => {
    expect(ratioOf({ ...base, strengths: [1, 0] }, () => ({}))).toBeNull()
  })
})

describe('split halves', () => {
  const halves = (truth: Truth) => {
    const { study, events } = simulateStudy(truth)
    return splitHalf(byImage(collectVotes(study, events)[0]?.main ?? []), 5, truth.seed)
  }

  test('agree when raters see the same, not when all click at random', () => {
    const good = halves({ ...base, imageEffect: 2 })
    expect(good?.captions.n).toBe(400)
    expect(good?.captions.reliability).toBeGreaterThan(0.8)
    expect(good?.systems.reliability).toBeGreaterThan(0.9)
    const bad = halves({ ...base, random: [0, 1, 2, 3] })
    expect(Math.abs(bad?.captions.r ?? 1)).toBeLessThan(0.15)
  })

  test('nothing is said of one rater', () => {
    expect(halves({ ...base, raters: 1, perItem: 1 })).toBeNull()
  })
})

describe('models that weigh raters', () => {
  test('Dawid and Skene: planted truth, planted errors', () => {
    const random = mulberry32(21)
    const rates = [0.9, 0.75, 0.6, 1 / 3]
    const truth = Array.from({ length: 600 }, () => {
      const u = random()
      return u < 0.5 ? 0 : u < 0.8 ? 1 : 2
    })
    const said = truth.flatMap((right, item): Said[] =>
      rates.map((rate, rater) => ({
        item,
        rater,
        category: random() < rate ? right : (right + 1 + Math.floor(random() * 2)) % 3,
      })),
    )
    const { shares, errors, posterior } = dawidSkene(said, { items: 600, raters: 4, categories: 3 })
    for (const [c, share] of [0.5, 0.3, 0.2].entries())
      expect(Math.abs((shares[c] ?? 0) - share)).toBeLessThan(0.05)
    rates.forEach((rate, rater) => {
      const mean = [0, 1, 2].reduce((sum, c) => sum + (errors[rater]?.[c]?.[c] ?? 0) / 3, 0)
      expect(Math.abs(mean - rate)).toBeLessThan(0.08)
    })
    const right = (pick: (item: number) => number) =>
      truth.filter((one, item) => pick(item) === one).length
    const model = right((item) => {
      const row = posterior[item] ?? []
      return row.indexOf(Math.max(...row))
    })
    const majority = right((item) => {
      const votes = [0, 0, 0]
      for (const one of said.slice(4 * item, 4 * item + 4))
        votes[one.category] = (votes[one.category] ?? 0) + 1
      return votes.indexOf(Math.max(...votes))
    })
    expect(model).toBeGreaterThan(majority)
  })

  test('Dawid and Skene: the likelihood at the end is that of its own parameters', () => {
    const said = [0, 1, 2, 3].flatMap((item): Said[] => [
      { item, rater: 0, category: item % 2 },
      { item, rater: 1, category: item < 3 ? item % 2 : 0 },
    ])
    const { shares, errors, logLik } = dawidSkene(said, { items: 4, raters: 2, categories: 2 })
    const direct = [0, 1, 2, 3].reduce((sum, item) => {
      const own = said.filter((one) => one.item === item)
      const p = [0, 1].reduce(
        (total, c) =>
          total +
          (shares[c] ?? 0) *
            own.reduce(
              (product, one) => product * (errors[one.rater]?.[c]?.[one.category] ?? 0),
              1,
            ),
        0,
      )
      return sum + Math.log(p)
    }, 0)
    expect(logLik).toBeCloseTo(direct, 6)
  })

  test('one precision a rater: strengths and precisions that were planted', () => {
    const [worths, precisions] = [
      [0.8, 0.1, -0.9],
      [2, 1, 0.5],
    ]
    const random = mulberry32(8)
    const duels = Array.from({ length: 6000 }, (_, n) => {
      const rater = n % 3
      const a = Math.floor(random() * 3)
      const b = (a + 1 + Math.floor(random() * 2)) % 3
      const d = (precisions[rater] ?? 1) * ((worths[a] ?? 0) - (worths[b] ?? 0))
      return random() < 1 / (1 + Math.exp(-d))
        ? { rater, winner: a, loser: b }
        : { rater, winner: b, loser: a }
    })
    const fit = judgePrecision(duels, { systems: 3, raters: 3 })
    expect(fit.converged).toBe(true)
    worths.forEach((worth, s) =>
      expect(Math.abs((fit.logWorths[s] ?? 0) - worth)).toBeLessThan(0.12),
    )
    precisions.forEach((one, r) =>
      expect(Math.abs(Math.log((fit.precisions[r] ?? 1) / one))).toBeLessThan(0.2),
    )
  })

  test('only on request, and a random rater weighs least', () => {
    const truth: Truth = { ...base, images: 60, random: [3], imageEffect: 1 }
    expect(reportOn(truth, 100).criteria[0]?.raterModels).toBeNull()
    const report = studyReport({
      ...simulateStudy(truth),
      log: [],
      resamples: 100,
      raterModels: true,
      appVersion: '0',
      sha256,
    })
    const models = report.criteria[0]?.raterModels
    const by = (pick: 'accuracy' | 'precision') =>
      models?.raters.toSorted((a, b) => a[pick] - b[pick])[0]?.rater
    expect(by('precision')).toBe(3)
    expect(by('accuracy')).toBe(3)
    const shares = models?.systems.reduce((sum, { share }) => sum + share, models.tie.share)
    expect(shares).toBeCloseTo(1, 6)
  })
})

test('other scores than CLIP are held against people: length always, named ones where a card has them', () => {
  const { study, events } = simulateStudy({ ...base, imageEffect: 2 })
  const votes = collectVotes(study, events)[0]?.main ?? []
  const places = new Map<string, number[]>()
  for (const vote of votes)
    vote.assignment.order.forEach((card, slot) => {
      const key = `${vote.item.id} ${card}`
      places.set(key, [...(places.get(key) ?? []), vote.places?.[slot] ?? 0])
    })
  const mean = (all: readonly number[]) => all.reduce((a, b) => a + b, 0) / all.length
  const items = study.plan.items.map((item) => ({
    ...item,
    cards: item.cards.map((card, at) => ({
      ...card,
      scores: { oracle: -mean(places.get(`${item.id} ${at}`) ?? [0]) },
    })),
  }))
  const report = studyReport({
    study: { ...study, plan: { ...study.plan, items } },
    events,
    log: [],
    resamples: 100,
    appVersion: '0',
    sha256,
  })
  const [one] = report.criteria
  expect(one?.scores?.name).toBe('CLIP score')
  expect(one?.otherScores.map(({ name }) => name)).toEqual(['length in words', 'oracle'])
  const [length, oracle] = one?.otherScores ?? []
  expect(oracle?.accuracy.value).toBe(1)
  expect(oracle?.systems).toEqual({ tauB: 1, k: 5 })
  expect(Math.abs((length?.accuracy.value ?? 0) - 0.5)).toBeLessThan(0.1)
})

test('late raters extend the plan: nothing that was planned moves, the balance holds', () => {
  const { study } = simulateStudy({
    ...base,
    images: 60,
    raters: 3,
    perItem: 2,
    quality: { wrongImage: 4, plantedError: 2, duplicate: 2 },
  })
  const about = { seed: 4, repeatShare: 0.1 }
  let plan = study.plan
  for (let rater = 3; rater < 6; rater++) {
    const added = showingsOfLateRater(plan, { ...about, rater })
    expect(showingsOfLateRater(plan, { ...about, rater })).toEqual(added)
    plan = { ...plan, raters: rater + 1, assignments: [...plan.assignments, ...added] }
  }
  expect(plan.assignments.slice(0, study.plan.assignments.length)).toEqual(study.plan.assignments)
  for (const rater of [3, 4, 5]) {
    const own = plan.assignments.filter((one) => one.rater === rater)
    const first = own.filter(({ repeatOf }) => repeatOf === null)
    expect(new Set(first.map(({ itemId }) => itemId)).size).toBe(first.length)
    // 40 main items, as the others had on average, and all hidden ones.
    expect(first).toHaveLength(40 + (plan.items.length - 60))
    expect(own.map(({ position }) => position)).toEqual(own.map((_, at) => at))
  }
  const seen = new Map<string, number>()
  for (const { itemId, repeatOf } of plan.assignments)
    if (repeatOf === null) seen.set(itemId, (seen.get(itemId) ?? 0) + 1)
  const main = plan.items.filter(({ kind }) => kind === 'main').map(({ id }) => seen.get(id) ?? 0)
  expect(Math.max(...main) - Math.min(...main)).toBeLessThanOrEqual(1)
  for (const row of balanceOf(plan).slots.get(5) ?? [])
    expect(Math.max(...row) - Math.min(...row)).toBeLessThanOrEqual(4)
})

test.each(['', 'a bird', 'ein Vögel-Bild 🐦', 'x'.repeat(200), '\u0000\u00ff\n'])(
  'sealed words come back: %j',
  (text) => {
    const sealed = sealText(text, 'key')
    expect(openSealed(sealed, 'key')).toBe(text)
    if (text.length > 2) expect(atob(sealed)).not.toContain(text.slice(0, 3))
    expect(atob(sealed).length % 64).toBe(0)
  },
)
