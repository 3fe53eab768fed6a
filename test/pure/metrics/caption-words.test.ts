/** Words as the metrics count them, against what coco-caption's tokeniser gave (test/fixtures/reference_metrics.json). */
import { describe, expect, test } from 'vitest'
import { captionWords } from '../../../src/core/metrics/caption-words.ts'
import fixture from '../../fixtures/reference_metrics.json' with { type: 'json' }

/** What we say instead, on purpose; in the order of the fixture. */
const OURS = [
  'an owl asio otus small curly',
  'u.s air force mr smith etc',
  '£ 20 or € 30',
  'a cat the dog',
  'wow what',
  '小 狗 在 草 地 上 犬 が 走 る',
  '< b > bold < / b >',
  "the 60s rock'n'roll 12:30pm # 1 no 5 ½ cup",
]

describe('words of a caption', () => {
  test.each(fixture.wordsAlike)("are coco-caption's: $text", ({ text, words }) => {
    expect(captionWords(text)).toEqual(words)
  })

  test('differ from it only where the file says so', () => {
    expect(fixture.wordsApart.map(({ text }) => captionWords(text).join(' '))).toEqual(OURS)
    for (const [i, { words }] of fixture.wordsApart.entries())
      expect(words.join(' ')).not.toBe(OURS[i])
  })

  test('are the same however an accent or an apostrophe was typed', () => {
    expect(captionWords('cafe\u0301 it’s')).toEqual(captionWords('café it\u0027s'))
  })

  test('of hostile text are words or nothing, never a failure', () => {
    for (const text of [
      '',
      ' \n',
      '?!…—“”',
      '😀👨‍👩‍👧🇩🇪1️⃣',
      '\ud83d',
      'a\udc00b',
      '\u0000',
      'a'.repeat(100_000),
    ])
      for (const word of captionWords(text)) expect(word).toMatch(/^\S+$/u)
    expect(captionWords('?!…—“” 😀👨‍👩‍👧🇩🇪 \ud83d\udc00\udc00')).toEqual([])
    expect(captionWords('constructor __proto__')).toContain('constructor')
  })

  test('of long runs without a space are found in one pass', () => {
    for (const piece of [
      'aa.',
      "a'",
      '@a',
      'a@',
      '-',
      "n't",
      '1.',
      'http://',
      '((',
      '小',
      '😀',
      'a.a-',
    ])
      expect(captionWords(piece.repeat(150_000)).length).toBeGreaterThanOrEqual(0)
  })
})
