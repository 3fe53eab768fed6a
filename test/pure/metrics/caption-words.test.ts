/** Words as the metrics count them, against what coco-caption's tokeniser gave (test/fixtures/make_coco_caption_words.py). */
import { describe, expect, test } from 'vitest'
import { captionWords, countedWords } from '../../../src/core/metrics/caption-words.ts'
import fixture from '../../fixtures/coco_caption_words.json' with { type: 'json' }

const composed = (words: readonly string[]) => words.map((word) => word.normalize('NFC'))

describe('words of a caption', () => {
  test.each(fixture.lines)("are coco-caption's: $text", ({ text, words }) => {
    expect(captionWords(text)).toEqual(composed(words))
  })

  test('differ from it where words are written without spaces', () => {
    for (const { text, words } of fixture.unspaced) {
      expect(captionWords(text)).not.toEqual(words)
      expect(captionWords(text).join('')).toBe(words.join(''))
    }
    expect(captionWords('小狗 カメラ')).toEqual(['小', '狗', 'カ', 'メ', 'ラ'])
  })

  test('are the same however an accent or an apostrophe was typed', () => {
    expect(captionWords('cafe\u0301 it’s')).toEqual(captionWords('café it\u0027s'))
  })

  test('are counted without brackets and marks, which are words to the metrics', () => {
    const text = 'An owl (Asio otus) [small], wow!!! What?! “‘Who’” :)'
    expect(captionWords(text)).toContain('-lrb-')
    expect(captionWords(text)).toContain('!!!')
    expect(countedWords(text)).toEqual('an owl asio otus small wow what who'.split(' '))
    expect(countedWords('50% of R&B & $5')).toEqual(captionWords('50% of R&B & $5'))
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
    expect(captionWords('…—. 😀👨‍👩‍👧🇩🇪 \ud83d\udc00\udc00')).toEqual([])
    expect(captionWords('constructor __proto__')).toContain('constructor')
  })

  test('of long runs without a space are found in one pass', () => {
    for (const piece of [
      ...['aa.', "a'", 'e’', '@a', 'a@', '-', "n't", '1.', 'http://', 'www.', '((', '小', '😀'],
      ...['a.a-', 'a,', '–a', '*a.', '<a b="', '<!a', '“', 'Z. ', 'no. ', '&amp;', '5 ', '+5-'],
    ])
      expect(captionWords(piece.repeat(100_000 / piece.length)).length).toBeGreaterThanOrEqual(0)
  })
})
