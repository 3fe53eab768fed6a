/** Text on its way in and out of the models: slots, safe-to-show decoding, truncation, sentences. */
import { expect, test } from 'vitest'
import { makeAltSlot, sharedPadCount } from '../../src/engine/text/alt-slot.ts'
import { pieceBytes } from '../../src/engine/text/byte-pieces.ts'
import { createIncrementalDecoder, splitText } from '../../src/engine/text/incremental-decoder.ts'
import { toScorerText } from '../../src/engine/text/scorer-text.ts'
import { splitSentences } from '../../src/engine/text/sentences.ts'
import { cutBytes, type Tokenizer } from '../../src/engine/text/tokenizer.ts'

const slot = { length: 5, side: 'left', pads: 'attended', joiner: '; ' } as const
const ids = { pad: 1, eos: 2 }

test('the paper slot: cut at its length, left pads shared by all prompts', () => {
  const rule = { altSlot: slot, ids }
  expect(makeAltSlot([7, 8], rule)).toEqual({
    sharedPads: 3,
    suffix: [7, 8],
    tokens: 2,
    cut: false,
  })
  expect(makeAltSlot([], rule)).toEqual({ sharedPads: 5, suffix: [], tokens: 0, cut: false })
  expect(makeAltSlot([3, 4, 5, 6, 7, 8], rule)).toEqual({
    sharedPads: 0,
    suffix: [3, 4, 5, 6, 7],
    tokens: 5,
    cut: true,
  })
  expect(sharedPadCount(rule)).toBe(5)
})

test('right pads belong to the prompt; masked pads do not exist', () => {
  const right = { altSlot: { ...slot, side: 'right' as const }, ids }
  expect(makeAltSlot([7, 8], right).suffix).toEqual([7, 8, 1, 1, 1])
  expect(sharedPadCount(right)).toBe(0)
  const masked = { altSlot: { ...slot, pads: 'masked' as const }, ids }
  expect(makeAltSlot([7, 8], masked)).toMatchObject({ sharedPads: 0, suffix: [7, 8] })
  expect(sharedPadCount(masked)).toBe(0)
})

test('half a character is never shown, and an unfinished one ends as U+FFFD', () => {
  const owl = new TextEncoder().encode('a 🦉!')
  const decoder = createIncrementalDecoder()
  const shown = [...owl].map((byte) => decoder.push(Uint8Array.of(byte)))
  expect(shown).toEqual(['a', 'a ', 'a ', 'a ', 'a ', 'a 🦉', 'a 🦉!'])
  expect(decoder.finish()).toBe('a 🦉!')
  const broken = createIncrementalDecoder()
  broken.push(owl.subarray(0, 4))
  expect(broken.finish()).toBe('a \ufffd')
})

test('newlines become spaces and the ends are trimmed', () => {
  const decoder = createIncrementalDecoder()
  expect(decoder.push(new TextEncoder().encode('\n one\ntwo\r\nthree '))).toBe('one two three ')
  expect(decoder.finish()).toBe('one two three')
})

test('token texts joined are the caption', () => {
  const bytes = new TextEncoder().encode('Eule 🦉.')
  const tokens = [bytes.subarray(0, 6), bytes.subarray(6, 8), bytes.subarray(8)]
  expect(splitText(tokens)).toEqual(['Eule ', '', '🦉.'])
  expect(splitText([])).toEqual([])
})

test('byte-level pieces turn back into their bytes', () => {
  expect([...pieceBytes('Ġowl')]).toEqual([0x20, 0x6f, 0x77, 0x6c])
  expect([...pieceBytes('ðŁ')]).toEqual([0xf0, 0x9f])
  expect(new TextDecoder().decode(pieceBytes('日本'))).toBe('日本') // no byte-level text: itself
})

/** One token a character. */
const letters: Tokenizer = {
  size: 65536,
  encode: (text) => [...text].map((char) => char.codePointAt(0) ?? 0),
  bytesOf: (id) => new TextEncoder().encode(String.fromCodePoint(id)),
  textOf: (id) => String.fromCodePoint(id),
  lossless: true,
}
const scorer = {
  tokenizer: 't.json',
  length: 6,
  startId: 100,
  endId: 101,
  padId: 0,
  pooling: 'end-token',
  policy: 'truncate-keep-end',
  clipsPrefix: '',
} as const

test('a text over the scorer length loses its end and keeps the end token', () => {
  const read = toScorerText('héllo owl', scorer, letters)
  expect(read.ids).toEqual([100, 104, 233, 108, 108, 101])
  expect(read).toMatchObject({ tokens: 11, truncated: true, coveredChars: 4 })
  expect(toScorerText('owl', scorer, letters)).toMatchObject({
    ids: [100, 111, 119, 108, 101],
    truncated: false,
    coveredChars: 3,
  })
})

test('with a normaliser the covered span is whole words', () => {
  const read = toScorerText('ab cd ef', scorer, { ...letters, lossless: false })
  expect(read).toMatchObject({ truncated: true, coveredChars: 2 })
})

test('sentences end at full stops, not at initials and short forms', () => {
  expect(
    splitSentences('A drawing of a great gray owl, S. nebulosa. It sits! Why? 3 eggs.'),
  ).toEqual(['A drawing of a great gray owl, S. nebulosa.', 'It sits!', 'Why?', '3 eggs.'])
  expect(splitSentences('no full stop')).toEqual(['no full stop'])
  expect(splitSentences('')).toEqual([])
})

test('text is cut at a whole character', () => {
  expect(cutBytes('aé🦉', 2)).toBe('a')
  expect(cutBytes('aé🦉', 3)).toBe('aé')
  expect(cutBytes('aé🦉', 6)).toBe('aé')
  expect(cutBytes('aé🦉', 7)).toBe('aé🦉')
})
