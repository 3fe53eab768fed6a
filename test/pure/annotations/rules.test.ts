/** Whose turn it is, what the alt-text's concepts are, and what figures say about another round. */
import { describe, expect, test } from 'vitest'
import { altConcepts, passesOver } from '../../../src/core/annotations/alt-concepts.ts'
import { DEFAULT_GUIDELINE } from '../../../src/core/annotations/default-guideline.ts'
import { outlookOf } from '../../../src/core/annotations/outlook.ts'
import { writerOfRound } from '../../../src/core/annotations/to-captions.ts'
import { turnOf } from '../../../src/core/annotations/turns.ts'
import { withNames } from '../../../src/core/probes/field-guide-taxonomy.ts'
import { readNameFamilies } from '../../../src/core/probes/names-file.ts'
import { Guideline, type Estimate, type RoundFigures } from '../../../src/shared/annotation.ts'
import { MAX_WRITER_CHARS } from '../../../src/shared/elsewhere.ts'

const names = withNames(readNameFamilies({ families: {} }))

describe('turns', () => {
  test.each([2, 3, 5])('of %i annotators, nobody meets their own text of the round before', (n) => {
    const annotators = Array.from({ length: n }, (_, index) => `annotator ${index}`)
    for (let dealt = 0; dealt < 20; dealt++) {
      let writer: string | null = null
      for (let written = 1; written < 20; written++) {
        const turn = turnOf({ annotators, swap: true }, { dealt, written, writer }, 20)
        expect(turn?.round).toBe(written + 1)
        expect(turn?.annotator).not.toBe(writer)
        writer = turn?.annotator ?? null
      }
    }
  })

  test('whoever happened to write the round before is passed over', () => {
    const plan = { annotators: ['Ada', 'Ben'], swap: true }
    const whose = (writer: string) => turnOf(plan, { dealt: 0, written: 2, writer }, 3)?.annotator
    expect([whose('Ada'), whose('Ben')]).toEqual(['Ben', 'Ada'])
  })

  test('without swapping an image stays with one; nothing is open where all is written', () => {
    const plan = { annotators: ['Ada', 'Ben'], swap: false }
    const state = { dealt: 1, written: 2, writer: 'Ben' }
    expect(turnOf(plan, state, 3)).toEqual({ round: 3, annotator: 'Ben' })
    expect(turnOf(plan, state, 2)).toBeNull()
  })
})

describe('concepts of the alt-text', () => {
  test('each once, with whether the text has them; noise is none', () => {
    const alt = 'Red fox, photo by J. Smith, red fox, IMG_1234.jpg, old barn'
    expect(altConcepts('A photo of a red fox.', alt, names)).toEqual([
      { text: 'Red fox', carried: true },
      { text: 'old barn', carried: false },
    ])
    expect(altConcepts('A photo.', '', names)).toEqual([])
  })

  test.each([
    ['A photo of a car.', 'Bentley Continental', true],
    ['A photo of a Bentley.', 'Bentley Continental', false],
    ['A photo of a car.', '', false],
    ['A photo of a car.', 'IMG_1234.jpg', false],
    ['A photo of two birds.', 'the 2 of them', false],
  ])('%j passes over %j: %s', (text, alt, expected) => {
    expect(passesOver(text, alt, names)).toBe(expected)
  })
})

describe('the default guideline', () => {
  test('is a guideline, with the eleven openings of the paper among its own', () => {
    expect(Guideline.parse(DEFAULT_GUIDELINE)).toEqual(DEFAULT_GUIDELINE)
    for (const opening of ['a photo of', 'a black and white photo of', 'a cartoon of'])
      expect(DEFAULT_GUIDELINE.openings).toContain(opening)
    const { steps, openings } = DEFAULT_GUIDELINE
    expect(new Set(steps.map(({ id }) => id)).size).toBe(8)
    expect(new Set(openings).size).toBe(openings.length)
  })
})

describe('outlook', () => {
  const around = (value: number, half: number, n = 100): Estimate => ({
    ...{ value, low: value - half, high: value + half, n },
  })
  const round = (n: number, edited: Estimate, gain: Estimate | null): RoundFigures => ({
    ...{ round: n, images: edited.n, words: null, editedChars: null, editedWords: edited },
    ...{ clip: null, clipGain: gain, unchanged: null, medianSeconds: null, lint: {} },
  })
  const said = (edited: Estimate, gain: Estimate | null) =>
    outlookOf([
      round(1, around(0, 0), null),
      round(2, around(60, 5), around(3, 1)),
      round(3, edited, gain),
    ])

  test('fewer edits and a gain that reaches 0: another round will hardly gain', () => {
    expect(said(around(10, 3), around(0.1, 0.5))).toMatch(/changed less.*hardly gain/)
  })
  test('fewer edits and a sure gain: another may still gain', () => {
    expect(said(around(10, 3), around(1, 0.5))).toMatch(/changed less.*\+1\.00.*may still gain/)
  })
  test('a loss says so, as many edits say neither yes nor no, without scores nothing of gain', () => {
    expect(said(around(10, 3), around(-1, 0.5))).toMatch(/fell \(−1\.00/)
    expect(said(around(58, 5), around(0, 0.5))).toMatch(
      /not change clearly less.*neither yes nor no/,
    )
    expect(said(around(10, 3), null)).toMatch(/too few CLIP scores/)
  })
  test('few images or a single written round say nothing', () => {
    expect(said(around(10, 3, 9), around(0, 1))).toBeNull()
    expect(outlookOf([round(1, around(0, 0), null), round(2, around(60, 5), null)])).toBeNull()
  })
})

test('names of rounds as captioners differ however long the annotation is called', () => {
  const long = '\u{1f989}'.repeat(120)
  expect(writerOfRound('Birds', 2)).toBe('Birds, round 2 (people)')
  const two = writerOfRound(long, 2)
  expect(two.length).toBeLessThanOrEqual(MAX_WRITER_CHARS)
  expect(two.isWellFormed()).toBe(true)
  expect(two).not.toBe(writerOfRound(long, 3))
})
