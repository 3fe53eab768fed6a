/** The report from known counts: Figure 3 of Altogether and the headlines of ImageInWords. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { plainAlpha } from '../../../src/core/studies/report/agreement-section.ts'
import { mulberry32, shuffled } from '../../../src/core/studies/statistics/mulberry32.ts'
import { davidson } from '../../../src/core/studies/statistics/strengths.ts'
import { fitDavidson, pairIndex } from '../../../src/core/studies/statistics/davidson-fast.ts'
import type { JudgementEvent } from '../../../src/shared/study-types.ts'
import { confirm, handStudy, hexId, question, reportOf } from './report-builders.ts'

interface Fixture {
  readonly figure3: {
    readonly captioners: readonly string[]
    readonly counts: Readonly<Record<string, readonly number[]>>
  }
  readonly iiw_sxs: Readonly<
    Record<
      string,
      Readonly<Record<string, { '-2': number } & { readonly 'counts_-2_to_2': readonly number[] }>>
    >
  >
}
const fixture = JSON.parse(
  readFileSync(new URL('../../fixtures/human-eval.json', import.meta.url), 'utf8'),
) as Fixture

const SYSTEMS = fixture.figure3.captioners.slice(0, 5)

/** 98 images x 3 raters: two of three for the winner; for a Tie each rater chooses another system. */
function figure3(criteria: readonly string[]) {
  const study = handStudy({
    images: 98,
    raters: 3,
    systems: SYSTEMS,
    criteria: criteria.map((id) => question(id)),
    seed: 20241017,
  })
  const events: JudgementEvent[] = []
  for (const id of criteria) {
    const winners = (fixture.figure3.counts[id] ?? []).flatMap((n, s) =>
      new Array<number>(n).fill(s),
    )
    winners.forEach((winner, i) => {
      const item = `i${String(i).padStart(4, '0')}`
      for (let rater = 0; rater < 3; rater++) {
        const choice = winner === 5 ? rater : rater < 2 ? winner : (winner + 1) % 5
        events.push(
          confirm(
            hexId(`${item}/${rater}`),
            id,
            { format: 'best', slots: [choice + 1] },
            { seq: i },
          ),
        )
      }
    })
  }
  return { study, events }
}

describe('Figure 3 of Altogether', () => {
  test('shares, intervals and differences of alignment to the last digit', () => {
    const { study, events } = figure3(['alignment'])
    const [alignment] = reportOf(study, events, 10_000).criteria
    expect(alignment?.shares.map(({ majorityImages }) => majorityImages)).toEqual([
      40, 25, 10, 9, 7,
    ])
    expect(alignment?.tie.images).toBe(7)
    const rounded = alignment?.shares.map(({ majority, wilson }) =>
      [majority.value, majority.low, majority.high, wilson.low, wilson.high].map((x) =>
        x.toFixed(4),
      ),
    )
    expect(rounded).toEqual([
      ['0.4082', '0.3163', '0.5102', '0.3161', '0.5071'],
      ['0.2551', '0.1735', '0.3469', '0.1792', '0.3495'],
      ['0.1020', '0.0510', '0.1633', '0.0564', '0.1777'],
      ['0.0918', '0.0408', '0.1531', '0.0491', '0.1654'],
      ['0.0714', '0.0306', '0.1224', '0.0350', '0.1402'],
    ])
    const first = alignment?.differences[0]
    expect(first?.difference.low.toFixed(4)).toBe('-0.0102')
    expect(first?.difference.high.toFixed(4)).toBe('0.3163')
    expect(first?.shareAtMostZero).toBe(0.0348)
    expect(first?.wald.p).toBeCloseTo(0.058, 3)
    expect(first?.signP).toBeCloseTo(0.0817, 4)
  })

  test('all three questions have the printed percentages', () => {
    const ids = Object.keys(fixture.figure3.counts)
    const { study, events } = figure3(ids)
    const report = reportOf(study, events, 100)
    expect(ids).toHaveLength(3)
    for (const one of report.criteria)
      expect([...one.shares.map((row) => row.majorityImages), one.tie.images]).toEqual(
        fixture.figure3.counts[one.id],
      )
  })
})

describe('ImageInWords', () => {
  /** The file counts -2..2 for the first system; ours is below 0 for card 1, which is system 0 here. */
  function meanNet(set: string): number {
    const metrics = Object.entries(fixture.iiw_sxs[set] ?? {}).filter(
      ([, one]) => one['counts_-2_to_2'],
    )
    const ids = metrics.map((_, m) => `m${m}`)
    const images = metrics[0]?.[1]['counts_-2_to_2'].reduce((a, b) => a + b, 0) ?? 0
    const study = handStudy({
      images,
      raters: 1,
      systems: ['IIW', 'other'],
      criteria: ids.map((id) => question(id, 'pair')),
      seed: 1,
    })
    const events = metrics.flatMap(([, one], m) =>
      one['counts_-2_to_2']
        .flatMap((n, level) => new Array<number>(n).fill(level - 2))
        .map((value, i) =>
          confirm(hexId(`i${String(i).padStart(4, '0')}/0`), `m${m}`, {
            format: 'pair',
            value: value === 0 ? 0 : -value,
            identical: false,
          }),
        ),
    )
    const nets = reportOf(study, events, 100).criteria.map(({ pairs }) => pairs[0]?.net.value ?? 0)
    expect(nets).toHaveLength(5)
    return nets.reduce((a, b) => a + b, 0) / nets.length
  }

  test('the headlines +66 % and +48 % come out of the counts', () => {
    const [docci, dci, gpt] = ['DOCCI_Test', 'DCI_Test', 'IIW400_vs_GPT4V'].map(meanNet)
    expect(docci).toBeCloseTo(0.612, 4)
    expect(dci).toBeCloseTo(0.7107, 4)
    expect(((docci ?? 0) + (dci ?? 0)) / 2).toBeCloseTo(0.6614, 4)
    expect(gpt).toBeCloseTo(0.476, 4)
  })
})

describe('the report', () => {
  test('the same bytes again, whatever the order of the events', () => {
    const { study, events } = figure3(['alignment'])
    const once = JSON.stringify(reportOf(study, events, 200))
    expect(JSON.stringify(reportOf(study, shuffled(events, mulberry32(3)), 200))).toBe(once)
    expect(JSON.stringify(reportOf(study, [...events, ...events], 200))).toBe(once)
  })

  test('agreement by summed coincidences equals the plain formula', () => {
    const study = handStudy({
      images: 40,
      raters: 4,
      systems: ['A', 'B', 'C'],
      criteria: [question('q', 'ranking')],
      seed: 5,
    })
    const random = mulberry32(9)
    const orders = study.plan.assignments.map(({ id }) => {
      const order = shuffled([1, 2, 3], random)
      return {
        id,
        order:
          random() < 0.3
            ? [[order[0] ?? 1, order[1] ?? 2], [order[2] ?? 3]]
            : order.map((s) => [s]),
      }
    })
    const events = orders.map(({ id, order }) => confirm(id, 'q', { format: 'ranking', order }))
    const [report] = reportOf(study, events, 100).criteria
    const places = (order: number[][]) => {
      const out: number[] = []
      let before = 0
      for (const bucket of order) {
        for (const slot of bucket) out[slot - 1] = before + (bucket.length + 1) / 2
        before += bucket.length
      }
      return out
    }
    const byItem = study.plan.items.map(({ id }) =>
      study.plan.assignments.flatMap((one, i) =>
        one.itemId === id ? [places(orders[i]?.order ?? [])] : [],
      ),
    )
    const units = byItem.flatMap((rows) =>
      [0, 1, 2].map((card) => rows.map((row) => row[card] ?? 0)),
    )
    expect(report?.agreement.alphaPlaces?.value).toBeCloseTo(plainAlpha(units, 'ordinal'), 10)
    const firsts = byItem.map((rows) =>
      rows.map((row) =>
        row.filter((p) => p === Math.min(...row)).length > 1 ? 99 : row.indexOf(1),
      ),
    )
    expect(report?.agreement.alphaFirst?.value).toBeCloseTo(plainAlpha(firsts, 'nominal'), 10)
  })

  test('the quick Davidson fit equals the plain one, with and without ties', () => {
    for (const ties of [true, false]) {
      const random = mulberry32(11)
      const k = 5
      const counts = new Float64Array(30).map((_, at) =>
        at % 3 === 2 && !ties ? 0 : 1 + Math.floor(random() * 20),
      )
      const table = (pick: (at: number, up: boolean) => number) =>
        Array.from({ length: k }, (_, a) =>
          Array.from({ length: k }, (_b, b) =>
            a === b ? 0 : pick(pairIndex(Math.min(a, b), Math.max(a, b), k), a < b),
          ),
        )
      const plain = davidson(
        {
          wins: table((at, up) => counts[at + (up ? 0 : 1)] ?? 0),
          ties: table((at) => counts[at + 2] ?? 0),
        },
        0,
      )
      const { estimates } = fitDavidson(counts, k)
      for (let a = 1; a < k; a++)
        expect((estimates[a] ?? 0) - (estimates[0] ?? 0)).toBeCloseTo(plain.estimates[a] ?? 0, 8)
      if (ties) expect(estimates[k]).toBeCloseTo(plain.estimates[k] ?? 0, 8)
    }
  })

  test('equal systems are not shown to differ', () => {
    const study = handStudy({
      images: 60,
      raters: 2,
      systems: ['A', 'B', 'C'],
      criteria: [question('q')],
      seed: 2,
    })
    const random = mulberry32(4)
    const events = study.plan.assignments.map(({ id }) =>
      confirm(id, 'q', { format: 'best', slots: [1 + Math.floor(random() * 3)] }),
    )
    const [report] = reportOf(study, events, 1000).criteria
    expect(report?.pairs.every(({ holm }) => holm > 0.05)).toBe(true)
    expect(new Set(report?.strengths.map(({ letters }) => letters))).toEqual(new Set(['a']))
  })

  test('resamples too few to show any difference are told, not read as no difference', () => {
    const study = handStudy({
      images: 60,
      raters: 1,
      systems: ['A', 'B', 'C'],
      criteria: [question('q')],
      seed: 2,
    })
    const events = study.plan.assignments.map(({ id, order }) =>
      confirm(id, 'q', { format: 'best', slots: [1 + order.indexOf(0)] }),
    )
    const few = reportOf(study, events, 100)
    expect(few.methods).toContain('corrected for 3 pairs, no difference could be shown')
    expect(new Set(few.criteria[0]?.strengths.map(({ letters }) => letters))).toEqual(new Set('a'))
    const enough = reportOf(study, events, 1000)
    expect(enough.methods).not.toContain('no difference could be shown')
    expect(new Set(enough.criteria[0]?.strengths.map(({ letters }) => letters)).size).toBe(2)
  })

  test('an agreement that rounds to zero has no sign', () => {
    const study = handStudy({
      images: 30,
      raters: 2,
      systems: ['A', 'B', 'C'],
      criteria: [question('q')],
      seed: 2,
    })
    const random = mulberry32(4)
    const drawn = () =>
      reportOf(
        study,
        study.plan.assignments.map(({ id }) =>
          confirm(id, 'q', { format: 'best', slots: [1 + Math.floor(random() * 3)] }),
        ),
        100,
      )
    const below = Array.from({ length: 60 }, drawn).filter(({ criteria: [one] }) => {
      const kappa = one?.agreement.fleiss?.value ?? 0
      return kappa < 0 && kappa > -0.005
    })
    expect(below.length).toBeGreaterThan(0)
    for (const { methods } of below) expect(methods).toContain('first choices 0.00)')
  })

  test('a study without a single answer still reports, in words', () => {
    const study = handStudy({
      images: 3,
      raters: 1,
      systems: ['A', 'B'],
      criteria: [question('q')],
      seed: 2,
    })
    const report = reportOf(study, [], 100)
    expect(report.counts.judgements).toBe(0)
    expect(report.methods).toContain('1 rater judged captions of 3 images')
  })
})
