/** The parts of the Rounds screen that need no screen: drafts, versions, the marked copy, openings, samples, the form, the chart. */
import { describe, expect, test } from 'vitest'
import type {
  AnnotationItem,
  Guideline,
  Rewrite,
  RoundFigures,
} from '../../src/shared/annotation.ts'
import type { Kept } from '../../src/renderer/rate/storage.ts'
import {
  beginFaults,
  NEW_ROUNDS,
  swapBlocked,
  toRequest,
  withStep,
} from '../../src/renderer/rounds/begin-form.ts'
import { dropDraft, keepDraft, readDraft } from '../../src/renderer/rounds/drafts.ts'
import { chartPanel, MEASURES } from '../../src/renderer/rounds/figure-chart.ts'
import { roundValues } from '../../src/shared/round-values.ts'
import {
  mayNotWrite,
  prefill,
  previousOf,
  roundOfDraft,
  roundToWrite,
  versionLines,
} from '../../src/renderer/rounds/item-view.ts'
import { changedWords, copyParts, joined } from '../../src/renderer/rounds/marked-copy.ts'
import { withOpening } from '../../src/renderer/rounds/opening.ts'
import { seededSample } from '../../src/renderer/rounds/sample.ts'

function memory(): Kept & { readonly values: Map<string, string> } {
  const values = new Map<string, string>()
  return {
    values,
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
  }
}

const ABOUT = { annotationId: 'a', imageId: 'i', round: 2, annotator: 'Ada' }
const typed = (text: string) => ({ text, steps: ['look'], note: 'n', seconds: 3, versions: 0 })

describe('what was typed', () => {
  test('comes back to its window, under its image, round and annotator alone', () => {
    const store = memory()
    expect(keepDraft(store, ABOUT, 'w1', typed('an owl'))).toBe(true)
    expect(readDraft(store, ABOUT, 'w1')).toEqual(typed('an owl'))
    for (const other of [{ round: 3 }, { annotator: 'Ben' }, { imageId: 'j' }])
      expect(readDraft(store, { ...ABOUT, ...other }, 'w1')).toBeNull()
    dropDraft(store, ABOUT, 'w1', 'an owl')
    expect(store.values.size).toBe(0)
  })

  test('of two windows is kept twice, and only what was saved goes', () => {
    const store = memory()
    keepDraft(store, ABOUT, 'w1', typed('mine'))
    keepDraft(store, ABOUT, 'w2', typed('yours'))
    expect(readDraft(store, ABOUT, 'w1')?.text).toBe('mine')
    expect(readDraft(store, ABOUT, 'w2')?.text).toBe('yours')
    dropDraft(store, ABOUT, 'w1', 'mine')
    expect(readDraft(store, ABOUT, 'w2')?.text).toBe('yours')
  })

  test('in a window that is gone is found by the next one, which owns it from then on', () => {
    const store = memory()
    keepDraft(store, ABOUT, 'gone', typed('before the crash'))
    expect(readDraft(store, ABOUT, 'new')?.text).toBe('before the crash')
    keepDraft(store, ABOUT, 'new', typed('before the crash, and after'))
    dropDraft(store, ABOUT, 'new', 'before the crash, and after')
    expect(readDraft(store, ABOUT, 'another')).toBeNull()
  })

  test('is said not to be kept where the browser has no room; what is not ours is left out', () => {
    const store = memory()
    const full: Kept = {
      ...store,
      setItem: () => {
        throw new Error('no room')
      },
    }
    expect(keepDraft(full, ABOUT, 'w', typed('x'))).toBe(false)
    for (const foreign of ['{"text":1}', 'nonsense', '[{"text":"x"}]', '[null]']) {
      store.setItem('realign-rewrite a i 2 Ada', foreign)
      expect(readDraft(store, ABOUT, 'w')).toBeNull()
    }
  })
})

const version = (
  round: number,
  annotator: string,
  text: string,
  id = `${round}${annotator}${text}`,
): Rewrite => ({
  ...{ id, round, annotator, text, steps: [], note: '', seconds: 1, createdAt: '' },
})
const item = (versions: readonly Rewrite[]): Pick<AnnotationItem, 'start' | 'versions'> => ({
  start: 'alt',
  versions: [...versions],
})

describe('an image of an annotation', () => {
  const two = [version(2, 'Ada', 'first'), version(2, 'Ada', 'again'), version(3, 'Ben', 'third')]

  test('is written in the round that it lacks, else in the open one once more', () => {
    expect(roundToWrite({ round: 2 }, 4)).toBe(2)
    expect(roundToWrite({ round: null }, 4)).toBe(4)
  })

  test('takes a text that was begun earlier as a version of its own round, as long as that is open', () => {
    const of = (versions: readonly Rewrite[], round: number | null) => ({
      versions: [...versions],
      round,
    })
    expect(roundOfDraft(of([], 2), 2, 2)).toBe(2)
    // Another window saved round 2, and round 3 waits: ours is the second text of round 2.
    expect(roundOfDraft(of(two.slice(0, 1), 3), 2, 3)).toBe(2)
    expect(roundOfDraft(of(two, null), 2, 3)).toBe(3)
  })

  test('begins from the newest text before, and shows its own where it has one', () => {
    expect(previousOf(item([]), 2)).toBe('alt')
    expect(previousOf(item(two), 3)).toBe('again')
    // Round 4 of an image that lacks round 3 still begins from what is there.
    expect(previousOf(item(two.slice(0, 2)), 4)).toBe('again')
    expect([prefill(item(two), 2), prefill(item(two), 3), prefill(item(two), 4)]).toEqual([
      'again',
      'third',
      'third',
    ])
  })

  test('lists its texts newest first, and says which one of a round counts', () => {
    expect(versionLines(item(two)).map(({ round, text, counts }) => [round, text, counts])).toEqual(
      [
        [3, 'third', true],
        [2, 'again', true],
        [2, 'first', false],
        [1, 'alt', true],
      ],
    )
  })

  test('is not rewritten by nobody, nor by its own writer when people swap', () => {
    const about = (annotator: string | null, round: number) => ({ annotator, round })
    expect(mayNotWrite({ swap: true }, item(two), about(null, 2))).toMatch(/who you are/)
    expect(mayNotWrite({ swap: true }, item(two), about('Ada', 3))).toMatch(/Ada wrote round 2/)
    expect(mayNotWrite({ swap: false }, item(two), about('Ada', 3))).toBeNull()
    expect(mayNotWrite({ swap: true }, item(two), about('Ben', 3))).toBeNull()
    expect(mayNotWrite({ swap: true }, item([]), about('Ada', 2))).toBeNull()
  })
})

describe('the marked copy', () => {
  const pieces = [
    { text: 'A ', state: 'kept' },
    { text: 'photo', state: 'gone' },
    { text: '🦉 owl ', state: 'new' },
    { text: 'sits.', state: 'kept' },
  ] as const

  test('has the whole text, cut where hints begin and end, in code points', () => {
    const parts = copyParts(pieces, [
      { rule: 'person', message: '', span: { start: 4, end: 11 } },
      { rule: 'length', message: '', span: null },
    ])
    expect(
      parts
        .filter(({ state }) => state !== 'gone')
        .map(({ text }) => text)
        .join(''),
    ).toBe(joined(pieces))
    expect(
      parts
        .filter(({ hits }) => hits.includes(1))
        .map(({ text }) => text)
        .join(''),
    ).toBe([...joined(pieces)].slice(4, 11).join(''))
    expect(parts.filter(({ ends }) => ends.length > 0)).toHaveLength(1)
    expect(parts.flatMap(({ hits }) => hits)).not.toContain(2)
  })

  test('of hints that lie over each other has the numbers of both', () => {
    const parts = copyParts(
      [{ text: 'abcdef', state: 'kept' }],
      [
        { rule: 'person', message: '', span: { start: 0, end: 4 } },
        { rule: 'count', message: '', span: { start: 2, end: 6 } },
      ],
    )
    expect(parts.map(({ text, hits }) => [text, hits])).toEqual([
      ['ab', [1]],
      ['cd', [1, 2]],
      ['ef', [2]],
    ])
  })

  test('counts words that are new and gone', () => {
    expect(changedWords(pieces)).toEqual({ fresh: 2, gone: 1 })
  })
})

test('an opening replaces another one or a wordy beginning, and nothing else', () => {
  const openings = ['a photo of', 'a close-up photo of', 'a painting of']
  expect(withOpening('an owl', 'a photo of', openings)).toBe('A photo of an owl')
  expect(withOpening('A photo of an owl', 'a painting of', openings)).toBe('A painting of an owl')
  expect(withOpening('A close-up photo of an owl', 'a photo of', openings)).toBe(
    'A photo of an owl',
  )
  expect(withOpening('This image shows an owl', 'a photo of', openings)).toBe('A photo of an owl')
  expect(withOpening('Thistles in a field', 'a photo of', openings)).toBe(
    'A photo of Thistles in a field',
  )
})

test('a sample has as many as asked, none twice, and the same by the same seed', () => {
  const all = Array.from({ length: 500 }, (_, index) => index)
  const some = seededSample(all, 50, 7)
  expect(new Set(some).size).toBe(50)
  expect(some).toEqual(some.toSorted((a, b) => a - b))
  expect(seededSample(all, 50, 7)).toEqual(some)
  expect(seededSample(all, 50, 8)).not.toEqual(some)
  expect(seededSample(all, 900, 7)).toBe(all)
})

describe('rounds before they begin', () => {
  const guideline: Guideline = {
    ...{ goal: 'g', openings: [' a photo of ', ''], rules: ['person'] },
    steps: [{ id: 'own-2', text: ' look ' }],
  }

  test('say what is wrong beside its field', () => {
    expect(Object.keys(beginFaults(NEW_ROUNDS, 6))).toEqual(['name'])
    const named = { ...NEW_ROUNDS, name: 'Owls' }
    expect(beginFaults(named, 6)).toEqual({})
    expect(beginFaults(named, 0).images).toMatch(/no images/)
    expect(beginFaults(named, 10_001).images).toMatch(/sample/)
    expect(beginFaults({ ...named, which: 'some' }, 6).images).toMatch(/at least one/)
    expect(beginFaults({ ...named, which: 'sample', count: NaN }, 6).images).toMatch(/whole number/)
    expect(beginFaults({ ...named, annotators: ['A', 'A '] }, 6).annotators).toMatch(/same name/)
    expect(beginFaults({ ...named, annotators: ['A', ' '] }, 6).annotators).toMatch(/needs a name/)
    expect(beginFaults({ ...named, annotators: [] }, 6).annotators).toMatch(/at least one/)
    expect(beginFaults({ ...named, seed: 0.5 }, 6).seed).toMatch(/whole number/)
    expect(beginFaults({ ...named, guideline: withStep(guideline) }, 6).guideline).toMatch(
      /no words/,
    )
  })

  test('become a request without spaces around words; alone nobody swaps', () => {
    const form = { ...NEW_ROUNDS, name: ' Owls ', annotators: [' Ada '], guideline }
    expect(swapBlocked(form)).not.toBeNull()
    expect(toRequest(form, ['x'])).toMatchObject({
      ...{ name: 'Owls', annotators: ['Ada'], swap: false, imageIds: ['x'] },
      guideline: { steps: [{ id: 'own-2', text: 'look' }], openings: ['a photo of'] },
    })
    expect(toRequest(NEW_ROUNDS, []).swap).toBe(true)
    expect(toRequest(NEW_ROUNDS, [])).not.toHaveProperty('guideline')
  })

  test('take a step more under an id of its own', () => {
    const ids = withStep(withStep(guideline)).steps.map(({ id }) => id)
    expect(new Set(ids).size).toBe(3)
  })
})

describe('the chart of rounds', () => {
  const estimate = (value: number) => ({ value, low: value - 1, high: value + 1, n: 5 })
  const round = (number: number, chars: number | null): RoundFigures => ({
    ...{ round: number, images: 5, words: null, editedWords: null, clip: null, clipGain: null },
    ...{ unchanged: null, medianSeconds: null, lint: {} },
    editedChars: chars === null ? null : estimate(chars),
  })
  const [characters, clip] = MEASURES

  test('has every round on its axis, points only where something was measured, larger values higher', () => {
    const panel = chartPanel([round(1, null), round(2, 40), round(3, 9)], characters!)
    expect(panel?.rounds).toHaveLength(3)
    const [first, second] = panel?.points ?? []
    expect([first?.round, second?.round]).toEqual([2, 3])
    expect(first?.y).toBeLessThan(second?.y ?? 0)
    expect(first?.x).toBeLessThan(second?.x ?? 0)
    expect(first?.high).toBeLessThan(first?.low ?? 0)
    expect(panel?.said).toContain('round 2 40, from 39 to 41')
  })

  test('is not there without a measure, and stands on equal values', () => {
    expect(chartPanel([round(1, null)], clip!)).toBeNull()
    const flat = chartPanel(
      [{ ...round(2, 0), editedChars: { value: 0, low: 0, high: 0, n: 1 } }],
      characters!,
    )
    expect(flat?.points.every(({ y }) => Number.isFinite(y))).toBe(true)
  })
})

test('an axis has round values, whatever it shows', () => {
  const labels = (bottom: number, top: number) =>
    roundValues(bottom, top).map(({ value, decimals }) => value.toFixed(decimals))
  expect(labels(0, 74)).toEqual(['0', '20', '40', '60'])
  expect(labels(31.2, 33.9)).toEqual(['32', '33'])
  expect(labels(66.63, 66.79)).toEqual(['66.65', '66.70', '66.75'])
  expect(labels(-0.3, 0.3)).toEqual(['-0.2', '0.0', '0.2'])
  for (let top = 0.001; top < 1e6; top *= 1.37) {
    const found = labels(0, top)
    expect(found.length).toBeGreaterThanOrEqual(2)
    expect(found.length).toBeLessThanOrEqual(5)
    expect(new Set(found).size).toBe(found.length)
  }
})
