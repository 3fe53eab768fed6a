/** Agreement: it is about systems, not the order of an item's cards, and full agreement is no certainty. */
import { describe, expect, test } from 'vitest'
import { reportTables } from '../../../src/core/studies/export/report-tables.ts'
import { plainAlpha } from '../../../src/core/studies/report/agreement-section.ts'
import { fleissKappa } from '../../../src/core/studies/statistics/agreement.ts'
import { bootstrapMeans } from '../../../src/core/studies/statistics/bootstrap.ts'
import { mulberry32, shuffled } from '../../../src/core/studies/statistics/mulberry32.ts'
import { signTest, wilson } from '../../../src/core/studies/statistics/shares.ts'
import type { StoredStudy } from '../../../src/core/studies/study-store.ts'
import { confirm, handStudy, hexId, question, reportOf } from './report-builders.ts'

/** Cards as a plan has them: numbered anew on every image, the same ones in the same slots. */
function withShuffledCards(study: StoredStudy): StoredStudy {
  const random = mulberry32(31)
  const moved = new Map<string, readonly number[]>()
  const items = study.plan.items.map((item) => {
    const order = shuffled(
      item.cards.map((_, at) => at),
      random,
    )
    moved.set(
      item.id,
      item.cards.map((_, at) => order.indexOf(at)),
    )
    return { ...item, cards: order.map((at) => item.cards[at]!) }
  })
  const assignments = study.plan.assignments.map((one) => ({
    ...one,
    order: one.order.map((card) => moved.get(one.itemId)![card]!),
  }))
  return { ...study, plan: { ...study.plan, items, assignments } }
}

describe('agreement of raters', () => {
  // Section 6.1: votes of three raters on six images for A to E.
  const votes = [
    [3, 0, 0, 0, 0],
    [2, 1, 0, 0, 0],
    [1, 1, 1, 0, 0],
    [0, 3, 0, 0, 0],
    [2, 0, 0, 1, 0],
    [3, 0, 0, 0, 0],
  ]
  const figure = handStudy({
    images: 6,
    raters: 3,
    systems: ['A', 'B', 'C', 'D', 'E'],
    criteria: [question('q')],
    seed: 3,
  })
  const chosen = votes.map((row) => row.flatMap((n, system) => Array<number>(n).fill(system)))
  const events = figure.plan.assignments.map(({ id, itemId, rater }) => {
    const system = chosen[Number(itemId.slice(1))]![rater]!
    return confirm(id, 'q', { format: 'best', slots: [system + 1] })
  })

  test('Fleiss’ kappa is that of the systems chosen, whatever the order of the cards', () => {
    for (const study of [figure, withShuffledCards(figure)]) {
      const { agreement, shares } = reportOf(study, events).criteria[0]!
      expect(shares[0]!.votes.value).toBeCloseTo(11 / 18, 12)
      expect(agreement.fleiss!.value).toBeCloseTo(fleissKappa(votes).kappa, 12)
      expect(agreement.fleiss!.value).toBeCloseTo(0.2841, 4)
    }
  })

  test('alpha of first choices and of pairs does not move with the order of the cards', () => {
    const pairs = handStudy({
      images: 12,
      raters: 2,
      systems: ['A', 'B'],
      criteria: [question('q', 'pair')],
      seed: 4,
    })
    const random = mulberry32(8)
    const values = pairs.plan.assignments.map(({ id }) =>
      // A is better nearly always: what raters have in common is to be expected.
      confirm(id, 'q', { format: 'pair', value: random() < 0.8 ? -2 : 1, identical: false }),
    )
    const one = reportOf(pairs, values).criteria[0]!.agreement
    const other = reportOf(withShuffledCards(pairs), values).criteria[0]!.agreement
    expect(other.alphaFirst!.value).toBeCloseTo(one.alphaFirst!.value, 12)
    expect(other.alphaPlaces!.value).toBeCloseTo(one.alphaPlaces!.value, 12)
  })

  test('a favourite of every image is given the interval of twelve of twelve, not certainty', () => {
    const study = handStudy({
      images: 12,
      raters: 6,
      systems: ['A', 'B', 'C'],
      criteria: [question('q')],
      seed: 5,
    })
    const same = study.plan.assignments.map(({ id }) =>
      confirm(id, 'q', { format: 'best', slots: [1] }),
    )
    const report = reportOf(study, same)
    const [a, b] = report.criteria[0]!.shares
    for (const interval of [a!.votes, a!.majority, a!.votesTwoWay!]) {
      expect(interval.value).toBe(1)
      expect(interval.low).toBeCloseTo(0.7575, 4)
      expect(interval.high).toBe(1)
    }
    expect([b!.votes.value, b!.votes.low]).toEqual([0, 0])
    expect(b!.votes.high).toBeCloseTo(1 - 0.7575, 4)
    expect(report.methods).toContain('12 images [75.8 %, 100.0 %]')
  })

  test('answers of yes and no are counted by images, for raters of one image say the same', () => {
    const study = handStudy({
      images: 12,
      raters: 3,
      systems: ['A', 'B'],
      criteria: [{ ...question('q', 'flags'), labels: ['an error', 'another'] }],
      seed: 7,
    })
    const said = study.plan.assignments.map(({ id, itemId }) => {
      const wrong = Number(itemId.slice(1)) < 8
      const values = [
        [wrong, false],
        [true, null],
      ]
      return confirm(id, 'q', { format: 'flags', values })
    })
    const [a, none, all, unasked] = reportOf(study, said, 2000).criteria[0]!.flags!
    const shown = Array.from({ length: 12 }, (_, image) => [image < 8 ? 3 : 0])
    const threes = new Array<number>(12).fill(3)
    const { intervals } = bootstrapMeans(shown, threes, { seed: 7, resamples: 2000 })
    expect(a).toMatchObject({ yes: 24, n: 36, ...intervals[0] })
    // Far wider than if the 36 answers had nothing to do with each other.
    expect(a!.high - a!.low).toBeGreaterThan(1.5 * (wilson(24, 36).high - wilson(24, 36).low))
    expect(none).toMatchObject({ yes: 0, n: 36, ...wilson(0, 12) })
    expect(all).toMatchObject({ yes: 36, n: 36, ...wilson(12, 12) })
    expect(unasked).toMatchObject({ yes: 0, n: 0, low: 0, high: 1 })
  })

  test('on yes and no raters agree as Krippendorff counts it, statement by statement', () => {
    const study = handStudy({
      images: 6,
      raters: 3,
      systems: ['A', 'B'],
      criteria: [{ ...question('q', 'flags'), labels: ['an error', 'a name', 'a colour'] }],
      seed: 9,
    })
    const said = (item: number, rater: number, system: number): (boolean | null)[] => [
      (item + system + (rater === 2 && item < 2 ? 1 : 0)) % 2 === 0,
      rater === 1 && item === 0 ? null : (item * (rater + 1) + system) % 3 === 0,
      true,
    ]
    // Cards lie in another order for each rater: captions are compared, not slots.
    const orderOf = (rater: number) => [0, 1].map((slot) => (slot + rater) % 2)
    const assignments = study.plan.assignments.map((one) => ({ ...one, order: orderOf(one.rater) }))
    const events = assignments.map(({ id, itemId, rater, order }) => {
      const values = order.map((system) => said(Number(itemId.slice(1)), rater, system))
      return confirm(id, 'q', { format: 'flags', values })
    })
    const report = reportOf({ ...study, plan: { ...study.plan, assignments } }, events, 200)
    const rows = report.criteria[0]!.yesAgreement!
    const plain = [0, 1].map((label) =>
      plainAlpha(
        Array.from({ length: 12 }, (_, unit) =>
          [0, 1, 2].flatMap((rater) => {
            const one = said(Math.floor(unit / 2), rater, unit % 2)[label]
            return typeof one === 'boolean' ? [Number(one)] : []
          }),
        ),
        'nominal',
      ),
    )
    // Image 0 by hand: of six statements the error of both captions divides the raters.
    const first = report.disagreements.find(({ imageId }) => imageId === 'i0000')
    expect(first).toMatchObject({
      criterion: 'q',
      what: 'yes and no to 2 of 6 statements on its captions',
      weight: 2 / 6,
    })
    expect(rows.map(({ captions }) => captions)).toEqual([12, 12, 12])
    expect(rows[0]!.alpha!.value).toBeCloseTo(plain[0]!, 10)
    expect(rows[1]!.alpha!.value).toBeCloseTo(plain[1]!, 10)
    expect(plain[0]).toBeGreaterThan(0.5)
    // All said yes: nothing to agree on.
    expect(rows[2]!.alpha).toBeNull()
    const table = reportTables(report).find(({ name }) => name === 'flags_agreement')
    expect(table?.rows.map(([id, label, , value]) => [id, label, value])).toEqual([
      ['q', 'an error', rows[0]!.alpha!.value],
      ['q', 'a name', rows[1]!.alpha!.value],
      ['q', 'a colour', null],
    ])
  })

  test('the sign test counts images, not every rater of them', () => {
    const study = handStudy({
      images: 12,
      raters: 3,
      systems: ['A', 'B'],
      criteria: [question('q', 'pair')],
      seed: 8,
    })
    const said = study.plan.assignments.map(({ id, itemId, rater }) => {
      const image = Number(itemId.slice(1))
      // Nine images for A, two for B by two answers of three, and one that one answer each leaves open.
      const value = image < 9 ? -1 : image < 11 ? (rater === 0 ? -1 : 1) : rater - 1
      return confirm(id, 'q', { format: 'pair', value, identical: false })
    })
    const [pair] = reportOf(study, said).criteria[0]!.pairs
    expect(pair).toMatchObject({ wins: 30, ties: 1, losses: 5 })
    expect(pair!.signP).toBeCloseTo(signTest(9, 2), 12)
    expect(pair!.signP).toBeGreaterThan(0.05)
  })

  test('kappa with oneself knows a shared place from the one below it', () => {
    const study = handStudy({
      images: 2,
      raters: 1,
      systems: ['A', 'B', 'C'],
      criteria: [question('q', 'ranking')],
      seed: 6,
    })
    const shown = study.plan.assignments
    const again = shown.map((one) => ({ ...one, id: hexId(`${one.id}/2`), repeatOf: one.id }))
    const plan = { ...study.plan, assignments: [...shown, ...again] }
    const tied = [[1, 2], [3]]
    const strict = [[1], [2], [3]]
    const said = plan.assignments.map(({ id, repeatOf }) =>
      confirm(id, 'q', { format: 'ranking', order: repeatOf ? strict : tied }),
    )
    const { repeats } = reportOf({ ...study, plan }, said).criteria[0]!.agreement
    // Places 1.5 1.5 3 against 1 2 3: a third of a place apart, 8 / 9 to be expected.
    expect(repeats).toEqual({ n: 2, kappa: expect.closeTo(1 - 1 / 3 / (8 / 9), 12) })
  })

  test('systems that share a card are a choice of their own', () => {
    const merged = {
      ...figure,
      plan: {
        ...figure.plan,
        items: figure.plan.items.map((item, at) =>
          at === 0
            ? {
                ...item,
                cards: item.cards.map((card, c) => (c === 0 ? { ...card, systems: [0, 4] } : card)),
              }
            : item,
        ),
      },
    }
    const [first, ...rest] = votes
    const table = [[0, ...first!.slice(1), first![0]!], ...rest.map((row) => [...row, 0])]
    const { agreement } = reportOf(merged, events).criteria[0]!
    expect(agreement.fleiss!.value).toBeCloseTo(fleissKappa(table).kappa, 12)
  })
})
