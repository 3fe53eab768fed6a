/** The planner: 1,000 seeded shapes stay balanced, nobody sees an item twice except repeats. */
import { describe, expect, test } from 'vitest'
import { balanceOf, hoursPerRater } from '../../../src/core/studies/balance.ts'
import { makePlan } from '../../../src/core/studies/make-plan.ts'
import { editDistanceShare, mergeCards } from '../../../src/core/studies/merge-cards.ts'
import { REPEAT_GAP, type StudyItem } from '../../../src/core/studies/plan-types.ts'
import { spreadGroups } from '../../../src/core/studies/sequence.ts'
import { mulberry32 } from '../../../src/core/studies/statistics/mulberry32.ts'

const makeItems = (n: number, k: number): StudyItem[] =>
  Array.from({ length: n }, (_, i) => ({
    id: `item${i}`,
    imageId: `image${i}`,
    altText: '',
    group: `class${i % 7}`,
    kind: 'main',
    cards: Array.from({ length: k }, (_card, c) => ({
      text: `caption ${c} of ${i}`,
      systems: [c],
    })),
  }))

const spread = (values: readonly number[]) => Math.max(...values) - Math.min(...values)

test('1,000 seeded shapes: loads, slots and sequences', { timeout: 120_000 }, () => {
  const random = mulberry32(20241017)
  for (let round = 0; round < 1000; round++) {
    const [n, raters, k] = [
      1 + Math.floor(random() * 40),
      1 + Math.floor(random() * 12),
      2 + Math.floor(random() * 7),
    ]
    const ratersPerItem = 1 + Math.floor(random() * Math.min(4, raters))
    const plan = makePlan({
      seed: round,
      items: makeItems(n, k),
      raters,
      ratersPerItem,
      repeatShare: 0.1,
      anchors: 0,
    })
    const shape = { round, n, raters, ratersPerItem, k }
    const first = plan.assignments.filter(({ repeatOf }) => repeatOf === null)
    const loads = Array.from(
      { length: raters },
      (_, r) => first.filter((a) => a.rater === r).length,
    )
    expect({ ...shape, spread: spread(loads) <= 1 }).toEqual({ ...shape, spread: true })
    expect(first.length).toBe(n * ratersPerItem)
    expect(new Set(first.map(({ id }) => id)).size).toBe(first.length)
    const rows = k % 2 === 0 ? k : 2 * k
    const table = balanceOf(plan).slots.get(k) ?? []
    const limit = (n * ratersPerItem) % rows === 0 ? 1 : 2
    for (const row of table)
      expect({ ...shape, ok: spread(row) <= limit }).toEqual({ ...shape, ok: true })
    for (const again of plan.assignments.filter(({ repeatOf }) => repeatOf !== null)) {
      const before = plan.assignments.find(({ id }) => id === again.repeatOf)
      expect(again.position - (before?.position ?? again.position)).toBeGreaterThanOrEqual(
        REPEAT_GAP,
      )
      expect(again.rater).toBe(before?.rater)
    }
  }
})

test('every system stands in every slot equally often, however the cards of an item are numbered', () => {
  const items = makeItems(100, 5).map((item) => {
    const { cards } = mergeCards(
      item.cards.map(({ text }) => text),
      item.id,
    )
    return { ...item, cards }
  })
  const plan = makePlan({ seed: 3, items, raters: 3, ratersPerItem: 3, repeatShare: 0, anchors: 0 })
  const byId = new Map(items.map((item) => [item.id, item]))
  const table = Array.from({ length: 5 }, () => new Array<number>(5).fill(0))
  for (const { itemId, order } of plan.assignments)
    order.forEach((card, slot) => {
      const [system = -1] = byId.get(itemId)!.cards[card]!.systems
      table[system]![slot]!++
    })
  expect(table.flat()).toEqual(new Array<number>(25).fill(60))
  expect(balanceOf(plan).slots.get(5)).toEqual(table)
})

describe('the shapes of the design table', () => {
  test.each([
    [100, 3, 3, 5, 100, 60],
    [100, 6, 3, 5, 50, 60],
    [500, 20, 3, 5, 75, 300],
  ])('N %i, R %i, m %i, k %i', (n, raters, m, k, load, slot) => {
    const plan = makePlan({
      seed: 1,
      items: makeItems(n, k),
      raters,
      ratersPerItem: m,
      repeatShare: 0,
      anchors: 0,
    })
    const { loads, slots } = balanceOf(plan)
    expect(new Set(loads)).toEqual(new Set([load]))
    expect(new Set(slots.get(k)?.flat())).toEqual(new Set([slot]))
  })

  test('few shared images per pair of raters brings anchors', () => {
    const plan = makePlan({
      seed: 1,
      items: makeItems(100, 5),
      raters: 12,
      ratersPerItem: 3,
      repeatShare: 0,
      anchors: null,
    })
    expect(plan.items.filter(({ kind }) => kind === 'anchor').length).toBe(12)
    expect(balanceOf(plan).overlap.least).toBeGreaterThanOrEqual(12)
    expect(spread(balanceOf(plan).loads)).toBeLessThanOrEqual(1)
  })
})

test('the same request gives the same plan; another seed gives another', () => {
  const request = {
    items: makeItems(30, 5),
    raters: 4,
    ratersPerItem: 3,
    repeatShare: 0.1,
    anchors: 0,
  }
  expect(makePlan({ ...request, seed: 5 })).toEqual(makePlan({ ...request, seed: 5 }))
  expect(makePlan({ ...request, seed: 6 })).not.toEqual(makePlan({ ...request, seed: 5 }))
})

test('raters of one image see different orders', () => {
  const plan = makePlan({
    seed: 3,
    items: makeItems(60, 5),
    raters: 3,
    ratersPerItem: 3,
    repeatShare: 0,
    anchors: 0,
  })
  const same = plan.items.filter((item) => {
    const orders = plan.assignments.filter((a) => a.itemId === item.id).map((a) => a.order.join())
    return new Set(orders).size < orders.length
  })
  expect(same).toEqual([])
})

test('no two of a group in a row where that can be helped', () => {
  const items = makeItems(70, 2)
  const order = spreadGroups(items, 9)
  expect(order.filter((item, i) => i > 0 && item.group === order[i - 1]?.group)).toEqual([])
  expect(new Set(order)).toEqual(new Set(items))
})

test('identical captions become one card; nearly identical ones are told', () => {
  const long =
    'A drawing of a great gray owl perched on a mossy branch in front of a pale sky at dusk.'
  const { cards, nearlyIdentical } = mergeCards(
    [long, ` ${long}  `, `${long.slice(0, -1)}!`, 'Other.'],
    's',
  )
  expect(cards.map((card) => card.systems.length).sort()).toEqual([1, 1, 2])
  expect(nearlyIdentical.length).toBe(1)
  expect(editDistanceShare('', '')).toBe(0)
  expect(editDistanceShare('kitten', 'sitting')).toBeCloseTo(3 / 7, 12)
})

test('bad requests name what to change', () => {
  const base = {
    seed: 1,
    items: makeItems(3, 2),
    raters: 2,
    ratersPerItem: 2,
    repeatShare: 0,
    anchors: 0,
  }
  expect(() => makePlan({ ...base, items: [] })).toThrow(/at least one item/)
  expect(() => makePlan({ ...base, ratersPerItem: 3 })).toThrow(/cannot be had from 2/)
  expect(() => makePlan({ ...base, items: makeItems(1, 1) })).toThrow(/1 different captions/)
})

test('hours per rater follow the words', () => {
  const items = makeItems(100, 5).map((item) => ({
    ...item,
    cards: item.cards.map((card) => ({ ...card, text: Array(83).fill('word').join(' ') })),
  }))
  const plan = makePlan({ seed: 1, items, raters: 3, ratersPerItem: 3, repeatShare: 0, anchors: 0 })
  expect(hoursPerRater(plan)).toBeCloseTo(4.16, 1)
})
