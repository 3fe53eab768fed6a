/** The grounding side of the Compare screen as plain functions: code points, overlapping marks, counts, lens numbers. */
import { describe, expect, test } from 'vitest'
import { layOutArcs } from '../../../src/renderer/grounding/arc-layout.ts'
import {
  borders,
  pointsBefore,
  sliceCodePoints,
} from '../../../src/renderer/grounding/code-points.ts'
import { heatOf } from '../../../src/renderer/grounding/heat.ts'
import {
  placeTokens,
  sumsOver,
  tintOf,
  tokensOver,
} from '../../../src/renderer/grounding/lens-numbers.ts'
import { nest, type Nested } from '../../../src/renderer/grounding/nest.ts'
import { nats, signedNats } from '../../../src/renderer/grounding/numbers.ts'
import {
  drawn,
  mergeSamples,
  sourcesOf,
  tallyOf,
} from '../../../src/renderer/grounding/shown-marks.ts'
import { trimmed, wordAt, wordsIn } from '../../../src/renderer/grounding/words.ts'
import type { Mark } from '../../../src/shared/contract/grounding.ts'
import { seededRandom } from '../../../src/shared/random.ts'

const ASTRAL = 'a 🦉 and 𝒙, naïve 👩‍🔬 e\u0301nd'

function mark(change: Partial<Mark> = {}): Mark {
  return {
    ...{ cellId: 'c', place: 'caption', start: 0, end: 3, markClass: 'carried', text: 'abc' },
    ...{ status: 'proposed', origin: 'machine', explanation: null },
    ...{ decidedBy: null, decidedAt: null },
    ...change,
  }
}

const carriedFrom = (start: number, end: number, change: Partial<Mark> = {}): Mark =>
  mark({
    explanation: {
      ...{ rule: 'same-words', words: 'same' },
      matched: { in: 'alt-text', text: 'x'.repeat(end - start), start, end },
    },
    ...change,
  })

describe('code points', () => {
  test('are counted whatever their UTF-16 length, there and back', () => {
    const points = Array.from(ASTRAL)
    expect(borders(ASTRAL)).toHaveLength(points.length + 1)
    for (let start = 0; start <= points.length; start++)
      for (let end = start; end <= points.length; end++)
        expect(sliceCodePoints(ASTRAL, start, end)).toBe(points.slice(start, end).join(''))
    borders(ASTRAL).forEach((offset, point) => expect(pointsBefore(ASTRAL, offset)).toBe(point))
    expect(sliceCodePoints(ASTRAL, -5, 999)).toBe(ASTRAL)
  })

  test('words and selections keep to them', () => {
    const words = wordsIn(ASTRAL).map(({ start, end }) => sliceCodePoints(ASTRAL, start, end))
    expect(words).toEqual(['a', 'and', '𝒙', 'naïve', 'e\u0301nd'])
    expect(wordsIn('フクロウの絵').length).toBeGreaterThan(1)
    expect(trimmed(ASTRAL, { start: 1, end: 4 })).toEqual({ start: 2, end: 3 })
    expect(trimmed('  ', { start: 0, end: 2 })).toBeNull()
    expect(wordAt('one two', 5)).toEqual({ start: 4, end: 7 })
    expect(wordAt('…', 0)).toBeNull()
  })
})

describe('overlapping marks', () => {
  const textOf = <T>(nodes: readonly Nested<T>[]): string =>
    nodes.map((node) => (node.kind === 'text' ? node.text : textOf(node.children))).join('')

  /** Code points under each layer, and how often it opens and closes. */
  function coverage(nodes: readonly Nested<number>[], text: string) {
    const seen = new Map<number, { points: Set<number>; opens: number; closes: number }>()
    const visit = (node: Nested<number>, inside: readonly number[]): void => {
      if (node.kind === 'text') {
        const length = borders(node.text).length - 1
        for (const layer of inside)
          for (let i = 0; i < length; i++) seen.get(layer)?.points.add(node.start + i)
        expect(sliceCodePoints(text, node.start, node.start + length)).toBe(node.text)
        return
      }
      const known = seen.get(node.what) ?? { points: new Set(), opens: 0, closes: 0 }
      known.opens += Number(node.opens)
      known.closes += Number(node.closes)
      seen.set(node.what, known)
      for (const child of node.children) visit(child, [...inside, node.what])
    }
    for (const node of nodes) visit(node, [])
    return seen
  }

  test('any set of them nests: nothing is lost, doubled or moved', () => {
    const random = seededRandom(11)
    const points = Array.from(ASTRAL).length
    for (let round = 0; round < 300; round++) {
      const layers = Array.from({ length: Math.floor(random() * 7) }, (_, what) => {
        const start = Math.floor(random() * points)
        return { start, end: start + 1 + Math.floor(random() * (points - start)), what }
      })
      const nodes = nest(ASTRAL, layers)
      expect(textOf(nodes)).toBe(ASTRAL)
      const seen = coverage(nodes, ASTRAL)
      expect(seen.size).toBe(layers.length)
      for (const { start, end, what } of layers) {
        const covered = [...(seen.get(what)?.points ?? [])].sort((a, b) => a - b)
        expect(covered).toEqual(Array.from({ length: end - start }, (_, i) => start + i))
        expect(seen.get(what)).toMatchObject({ opens: 1, closes: 1 })
      }
    }
  })

  test('one inside another stays whole; one that crosses is cut where the other ends', () => {
    expect(
      nest('abcdef', [
        { start: 1, end: 5, what: 'x' },
        { start: 2, end: 3, what: 'y' },
      ]),
    ).toMatchObject([
      { text: 'a' },
      { what: 'x', children: [{ text: 'b' }, { what: 'y' }, { text: 'de' }] },
      { text: 'f' },
    ])
    expect(
      nest('abcdef', [
        { start: 0, end: 3, what: 'x' },
        { start: 2, end: 5, what: 'y' },
      ]),
    ).toMatchObject([
      { what: 'x', children: [{ text: 'ab' }, { what: 'y', opens: true, closes: false }] },
      { what: 'y', opens: false, closes: true, end: 5 },
      { text: 'f' },
    ])
  })

  test('stretches beyond the text are cut to it, empty ones left out', () => {
    expect(nest('ab', [{ start: 1, end: 9, what: 'x' }])).toMatchObject([
      { text: 'a' },
      { what: 'x', start: 1, end: 2 },
    ])
    expect(nest('ab', [{ start: 5, end: 9, what: 'x' }])).toEqual([
      { kind: 'text', start: 0, text: 'ab' },
    ])
  })
})

describe('what is shown of marks', () => {
  test('an overruled proposal is drawn only where nothing took its place', () => {
    const overruled = mark({ status: 'overruled' })
    const instead = mark({ markClass: 'erroneous', status: 'confirmed', origin: 'person' })
    expect(drawn([overruled], 'caption')).toEqual([overruled])
    expect(drawn([overruled, instead], 'caption')).toEqual([instead])
    expect(drawn([overruled], 'alt-text')).toEqual([])
  })

  test('samples with one caption share what a person said of any of them', () => {
    const decided = mark({ status: 'confirmed', decidedAt: '2026-01-02' })
    expect(mergeSamples([[mark()], [decided]])).toEqual([decided])
    expect(mergeSamples([[decided], [mark()]])).toEqual([decided])
  })

  test('carried concepts are counted by their source, rejected ones by name', () => {
    const rejected = mark({
      place: 'alt-text',
      start: 20,
      end: 25,
      markClass: 'rejected',
      text: 'a dog',
    })
    const marks = [
      carriedFrom(0, 4, { start: 10, end: 14 }),
      carriedFrom(0, 4, { start: 30, end: 34 }),
      carriedFrom(6, 9, { start: 15, end: 18, status: 'confirmed' }),
      carriedFrom(11, 13, { start: 19, end: 21, status: 'overruled' }),
      rejected,
      mark({ markClass: 'erroneous' }),
    ]
    expect(sourcesOf(marks).map(({ place, start, end }) => [place, start, end])).toEqual([
      ['alt-text', 0, 4],
      ['alt-text', 6, 9],
    ])
    expect(tallyOf(marks)).toMatchObject({
      ...{ carried: 2, concepts: 3, rejected: ['a dog'], toConfirm: 4, decided: 1 },
      counts: { carried: 3, erroneous: 1, rejected: 1, corrected: 0 },
    })
  })
})

describe('numbers of the lens', () => {
  test('tokens find their place by their texts, else word by word', () => {
    expect(placeTokens('A 🦉 owl.', ['A', ' 🦉', ' o', 'wl', '.', ''])).toEqual([
      { start: 0, end: 1 },
      { start: 1, end: 3 },
      { start: 3, end: 5 },
      { start: 5, end: 7 },
      { start: 7, end: 8 },
      { start: 8, end: 8 },
    ])
    expect(placeTokens('one two', ['t1', 't2', 't3'])).toEqual([
      { start: 0, end: 3 },
      { start: 4, end: 7 },
      { start: 0, end: 0 },
    ])
  })

  test('a word sums its tokens; what was not compared stays unknown', () => {
    const tokens = [
      { start: 0, end: 3, logProb: -1, altLift: 2, imageLift: 0.5 },
      { start: 3, end: 5, logProb: -2, altLift: -1, imageLift: 0.5 },
      { start: 5, end: 5, logProb: -4, altLift: 0, imageLift: 0 },
    ]
    const range = tokensOver(tokens, { start: 1, end: 5 })
    expect(range).toEqual({ from: 0, to: 2 })
    expect(sumsOver(tokens, range!)).toEqual({ logProb: -3, altLift: 1, imageLift: 1 })
    expect(tokensOver(tokens, { start: 5, end: 6 })).toBeNull()
    expect(sumsOver([{ start: 0, end: 1, logProb: -1 }], { from: 0, to: 1 }).altLift).toBeNull()
  })

  test('tints grow with the number and tell below from above', () => {
    expect(tintOf(3, 6)).toEqual({ below: false, strength: 23 })
    expect(tintOf(99, 6)).toEqual(tintOf(6, 6))
    expect(tintOf(-3, 6)).toEqual({ below: true, strength: 23 })
    expect(tintOf(-0.01, 6).below).toBe(false)
    expect([nats(-1.25), nats(-0.01), signedNats(2), signedNats(-0.04)]).toEqual([
      ...['−1.3', '0.0', '+2.0', '0.0'],
    ])
  })
})

describe('occlusion', () => {
  const stretch = (text: string, start: number) => ({
    ...{ text, start, end: start + text.length, fromToken: 0, toToken: 1 },
    ...{ logProb: 0, altLift: 0, imageLift: 0 },
  })

  test('arcs join the words they are about, the strongest fully', () => {
    const word = (text: string, start: number) => ({
      ...stretch(text, start),
      effects: [],
      recaption: null,
    })
    const layout = layOutArcs({
      cellId: 'c',
      words: [stretch('A', 0), stretch('gray', 2), stretch('owl', 7)],
      altWords: [word('gray', 0), word('owl-with-a-very-long-name', 5)],
      arcs: [
        { altWord: 1, word: 2, effect: 4 },
        { altWord: 0, word: 1, effect: 1 },
      ],
    })
    expect(layout.right.map(({ text }) => text)).toEqual(['gray', 'owl'])
    expect(layout.arcs.map(({ strength }) => strength)).toEqual([1, 0.25])
    expect(layout.left[1]?.shown).toBe('owl-with-a-ver…')
    expect(layout.arcs[0]?.path).toContain(` ${layout.left[1]?.y}C`)
  })

  test('the heat of a phrase is the sum of its words; of nothing, the whole caption', () => {
    const result = {
      ...{ cellId: 'c', grid: 2, whole: [0, 0, 0, 8] },
      words: [stretch('gray', 0), stretch('owl', 5)],
      maps: [
        [1, 0, 0, -2],
        [2, 0, 0, 0],
      ],
    }
    expect(heatOf(result, null).strongest).toMatchObject({ row: 1, column: 1, value: 8 })
    const phrase = heatOf(result, { start: 0, end: 8 })
    expect(phrase.patches.map(({ value }) => value)).toEqual([3, 0, 0, -2])
    expect(phrase.strongest).toMatchObject({ row: 0, column: 0, strength: 1 })
  })
})
