/** The rating page without a page: keys and others in their place, practice, breaks, time that counts. */
import { describe, expect, test } from 'vitest'
import { createBreakClock } from '../../src/renderer/rate/break-clock.ts'
import {
  answerOf,
  EMPTY,
  inWords,
  markable,
  placeInWords,
  pressDigit,
  takeBack,
  toggleSpan,
  type Draft,
} from '../../src/renderer/rate/draft.ts'
import { keepKeys, readKeys } from '../../src/renderer/rate/key-map.ts'
import {
  actionOf,
  ACTIONS,
  DEFAULT_KEYS,
  keyOf,
  shownKey,
  withKey,
} from '../../src/renderer/rate/keys.ts'
import {
  PRACTICE_ITEMS,
  practiceFeedback,
  practiceState,
  practiceSvg,
} from '../../src/renderer/rate/practice.ts'
import { createStopwatch } from '../../src/renderer/rate/stopwatch.ts'
import { FITTED, nextSize } from '../../src/renderer/rate/view.ts'
import type { Criterion, RateState } from '../../src/shared/study-types.ts'
import { question } from './studies/report-builders.ts'

const press = (key: string, more: Partial<Parameters<typeof keyOf>[0]> = {}) => ({
  key,
  code: /^[0-9]$/.test(key) ? `Digit${key}` : '',
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...more,
})

const memory = () => {
  const kept = new Map<string, string>()
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
}

describe('sizes of the picture', () => {
  test('fitted, 100, 200 and 400 %, then fitted again; what is smaller than fitted is passed over', () => {
    const sizes = (fit: number) => {
      const seen = [nextSize(FITTED, fit)]
      while (seen.length < 9 && seen.at(-1) !== FITTED) seen.push(nextSize(seen.at(-1)!, fit))
      return seen.map(({ zoom }) => zoom)
    }
    expect(sizes(0.5)).toEqual([2, 4, 8, 1])
    expect(sizes(0.1)).toEqual([10, 16, 1]) // no closer than sixteen times
    expect(sizes(3)).toEqual([4 / 3, 1])
    expect(sizes(8)).toEqual([1])
    // From in between, by wheel: on to the next one, from the middle.
    expect(nextSize({ zoom: 2.5, x: 30, y: 0 }, 0.5)).toEqual({ zoom: 4, x: 0, y: 0 })
  })
})

describe('keys', () => {
  test('every action has a key, and no key has two', () => {
    const keys = ACTIONS.flatMap((one) => one.keys)
    expect(new Set(keys).size).toBe(keys.length)
    for (const { keys: own, action } of ACTIONS)
      for (const key of own) expect(actionOf(press(key))).toEqual(action)
  })

  test('digits by their place on the keyboard; Shift shares a place; the browser keeps its own', () => {
    const typed = press('"', { code: 'Digit2', shiftKey: true })
    expect(actionOf(typed)).toEqual({ kind: 'digit', digit: 2, tie: true })
    expect(actionOf(press('U'))).toEqual({ kind: 'undo' })
    expect(actionOf(press('u', { ctrlKey: true }))).toBeNull()
    for (const key of ['Tab', 'Escape', 'Shift', 'F5', 'Dead']) expect(keyOf(press(key))).toBeNull()
  })

  test('a key of one’s own takes it from whoever had it, and nobody is left without', () => {
    const map = withKey(DEFAULT_KEYS, 'card-1', 'u')
    expect(actionOf(press('u', { shiftKey: true }), map)).toMatchObject({ digit: 1, tie: true })
    expect(actionOf(press('1'), map)).toBeNull()
    expect(actionOf(press('z'), map)).toEqual({ kind: 'undo' })
    // Undo had only one left: it gets what the other gave up.
    const swapped = withKey(map, 'card-2', 'z')
    expect(actionOf(press('2'), swapped)).toEqual({ kind: 'undo' })
    expect(shownKey(swapped, 'card-2')).toBe('Z')
    const all = Object.values(swapped).flat()
    expect(new Set(all).size).toBe(all.length)
    expect(Object.values(swapped).every((keys) => keys.length > 0)).toBe(true)
  })

  test('kept under the seat; nothing that another page wrote is taken for keys', () => {
    const store = memory()
    const own = withKey(DEFAULT_KEYS, 'confirm', 'e')
    keepKeys(store, 'seat-a', own)
    expect(readKeys(store, 'seat-a')).toEqual(own)
    expect(readKeys(store, 'seat-b')).toBe(DEFAULT_KEYS)
    for (const odd of ['{', '[]', '{"other":["e"]}', JSON.stringify({ undo: [7], back: [] })]) {
      store.setItem('realign-keys-seat-a', odd)
      expect(readKeys(store, 'seat-a')).toBe(DEFAULT_KEYS)
    }
    keepKeys(store, 'seat-a', DEFAULT_KEYS)
    expect(store.kept.size).toBe(0)
    // An action that was not there yet: its usual keys, unless they were chosen for another one.
    const { model: _, ...older } = withKey(DEFAULT_KEYS, 'undo', 'p')
    store.setItem('realign-keys-seat-a', JSON.stringify(older))
    expect(readKeys(store, 'seat-a')).toEqual(withKey(DEFAULT_KEYS, 'undo', 'p'))
    store.setItem('realign-keys-seat-a', JSON.stringify({ ...older, undo: ['m'] }))
    expect(readKeys(store, 'seat-a')).toMatchObject({ undo: ['m'], model: [] })
  })
})

const stateWith = (criterion: Criterion): RateState => ({
  title: '',
  instructions: '',
  consent: '',
  criteria: [criterion],
  done: 0,
  total: 40,
  trial: null,
  nextTrialId: null,
  undo: null,
  nextSeq: 0,
  closed: false,
  guess: null,
  behind: [],
})

test('words marked for a yes: joined where they touch, gone with the answer that they were marked for', () => {
  const criterion: Criterion = { ...question('q', 'flags'), labels: ['right', 'wrong'] }
  const digit = (draft: Draft, key: number) =>
    pressDigit(draft, key, { criterion, cards: 2, tie: false })
  const yes = digit(digit(EMPTY, 2), 1)
  expect(markable(EMPTY, criterion)).toBeNull()
  expect(markable(digit(EMPTY, 2), criterion)).toBeNull()
  expect(markable(yes, criterion)).toEqual({ slot: 1, label: 1 })
  const word = (start: number, end: number) => ({ slot: 1, label: 1, start, end })
  const marked = [word(8, 11), word(2, 5), word(6, 7), word(20, 24), word(20, 24)].reduce(
    toggleSpan,
    yes,
  )
  expect(takeBack(marked, 2)).toEqual(digit(EMPTY, 2))
  const whole = digit(digit(marked, 2), 3)
  expect(answerOf(whole, criterion, 2)).toEqual({
    format: 'flags',
    values: [
      [false, true],
      [false, null],
    ],
    spans: [word(2, 11)],
  })
  expect(answerOf(digit(digit(yes, 2), 3), criterion, 2)).not.toHaveProperty('spans')
})

test('what was chosen is said in the words of the question: the worst card has no second place', () => {
  const chosen = (criterion: Criterion, digits: readonly number[]) =>
    digits.reduce(
      (draft, digit) => pressDigit(draft, digit, { criterion, cards: 3, tie: false }),
      EMPTY,
    )
  const said = (criterion: Criterion, digits: readonly number[]) => {
    const draft = chosen(criterion, digits)
    return [1, 2, 3].map((slot) => placeInWords(draft, criterion, slot))
  }
  const rubric: Criterion = { ...question('q', 'rubric'), labels: ['poor', 'fair', 'good'] }
  expect(said(rubric, [3, 1])).toEqual(['good', 'poor', ''])
  expect(said(question('q', 'best-worst'), [3, 1])).toEqual(['worst', '', 'best'])
  expect(said(question('q', 'best'), [2])).toEqual(['', 'best', ''])
  expect(said(question('q', 'ranking'), [2, 1])).toEqual(['place 2', 'place 1', ''])
  const flags: Criterion = { ...question('q', 'flags'), labels: ['right', 'wrong'] }
  expect(inWords(chosen(flags, [1, 2, 3]), flags)).toBe('card 1: yes, no; card 2: cannot tell')
  expect(inWords(EMPTY, flags)).toBe('')
})

describe('practice', () => {
  test('every answer gets a word that fits it', () => {
    expect(PRACTICE_ITEMS).toBe(3)
    for (let at = 0; at < PRACTICE_ITEMS; at++) {
      const state = practiceState(stateWith(question('q', 'best')), at)
      expect(state).toMatchObject({ done: at, total: 3, undo: null })
      const words = state.trial.cards.map(({ slot }) =>
        practiceFeedback(at, { format: 'best', slots: [slot] }),
      )
      expect(words.filter((one) => one.startsWith('Yes.'))).toHaveLength(1)
      expect(words.filter((one) => one.includes('should not come first'))).toHaveLength(1)
      expect(words.filter((one) => one.includes('says more'))).toHaveLength(1)
      expect(practiceSvg(at)).toMatch(/^<svg [^>]*viewBox.*<\/svg>$/)
    }
  })

  test('a pair has two cards, and both first includes the wrong one', () => {
    const { trial } = practiceState(stateWith(question('q', 'pair')), 0)
    expect(trial.cards.map(({ slot }) => slot)).toEqual([1, 2])
    const said = (value: number) => practiceFeedback(0, { format: 'pair', value, identical: false })
    expect(said(-2)).toMatch(/^Yes\./)
    expect(said(0)).toContain('should not come first')
    expect(practiceFeedback(0, { format: 'cannot-judge', reason: '' })).toMatch(/^Card 1 says/)
  })
})

test('a break is suggested after 25 items or 30 minutes, and again only after as much', () => {
  const clock = createBreakClock()
  for (let n = 0; n < 24; n++) clock.worked(1000, n, n + 1)
  expect(clock.due()).toBeNull()
  clock.worked(1000, 24, 25)
  expect(clock.due()).toBe('25 items since your last break')
  clock.rested()
  expect(clock.due()).toBeNull()
  // Questions of one item, and an item taken back, are no new items.
  clock.worked(29 * 60_000, 25, 25)
  clock.worked(0, 25, 24)
  expect(clock.due()).toBeNull()
  clock.worked(60_000, 24, 25)
  expect(clock.due()).toBe('30 minutes since your last break')
})

test('no time passes during a break', () => {
  let now = 0
  const watch = createStopwatch(() => now)
  now = 10_000
  watch.setResting(true)
  now = 500_000
  watch.touch(false)
  now = 900_000
  watch.setResting(false)
  now = 905_000
  expect(watch.read()).toMatchObject({ activeMs: 15_000, idleMs: 0, hiddenMs: 0 })
})
