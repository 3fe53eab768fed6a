/** The lint of rewrites: what each rule points at, and what it leaves alone. */
import { describe, expect, test } from 'vitest'
import { DEFAULT_GUIDELINE } from '../../../src/core/annotations/default-guideline.ts'
import { lintText } from '../../../src/core/annotations/lint/lint.ts'
import { sliceCodePoints } from '../../../src/core/grounding/tokens.ts'
import { LINT_RULES, type LintRule } from '../../../src/shared/annotation.ts'

interface More {
  readonly altText?: string
  readonly passedOver?: boolean
  readonly openings?: string[]
}

const hits = (rule: LintRule, text: string, more: More = {}) =>
  lintText({
    ...{ text, altText: more.altText ?? '' },
    guideline: { openings: more.openings ?? DEFAULT_GUIDELINE.openings, rules: [rule] },
    passedOver: () => more.passedOver ?? false,
  })

/** What a rule points at, as words. */
const said = (rule: LintRule, text: string, more: More = {}): readonly string[] =>
  hits(rule, text, more).map(({ span }) =>
    span ? sliceCodePoints(text, span.start, span.end) : '(all)',
  )

describe('opening', () => {
  test.each([
    'A photo of an owl.',
    '  a close‑up photo of an owl.',
    'A  black and white\nphoto of rain.',
    'An illustration of Alwalkeria.',
  ])('%j begins as the guideline says', (text) => {
    expect(said('opening', text)).toEqual([])
  })
  test.each([
    ['This image shows an owl on a branch.', 'This image shows'],
    ['In this photo, we can see an owl.', 'In this photo, we'],
    ['This is an owl.', 'This is'],
    ['The picture depicts an owl.', 'The picture depicts'],
    ['🦉 owl on a branch in the snow', '🦉 owl on a'],
    ['A photo offering of an owl.', 'A photo offering of'],
  ])('%j does not: it points at %j', (text, words) => {
    expect(said('opening', text)).toEqual([words])
  })
  test('a guideline without openings allows every beginning', () => {
    expect(said('opening', 'Owl.', { openings: [] })).toEqual([])
  })
})

describe('feeling', () => {
  test.each([
    'Overall, the image gives an impression of peace.',
    'The scene evokes nostalgia.',
    'This boy must have a bright future.',
    'The warm light creates a cozy atmosphere.',
    'One can almost hear the waves.',
    'It conveys a sense of calm.',
    'The painting tells a story of loss.',
  ])('%j', (sentence) => {
    const text = `A photo of a house. ${sentence} It has a door.`
    expect(said('feeling', text)).toEqual([sentence])
  })
  test.each([
    'A photo of the atmosphere of Jupiter with its bands.',
    'A photo of a sign that reads "A SENSE OF PLACE".',
    'A photo of a balloon in the air of a hall.',
    'A photo of a book about the future of work.',
    'A photo of clouds that create a sense of depth.',
  ])('%j is none', (text) => {
    expect(said('feeling', text)).toEqual([])
  })
})

describe('person', () => {
  test.each([
    ['A photo of a black woman on a bench.', 'black woman'],
    ['A photo of an Asian young man.', 'Asian young man'],
    ['A photo of a Japanese singer.', 'Japanese singer'],
    ['A photo of a man with dark skin.', 'dark skin'],
    ['A photo of a dark-skinned boy.', 'dark-skinned'],
    ['A photo of a woman with long blonde hair.', 'blonde hair'],
    ['A photo of a red-haired girl.', 'red-haired'],
    ['A photo of a girl. Her hair is brown.', 'hair is brown'],
    ['A photo of a Muslim family.', 'Muslim family'],
    ['A photo of a crowd of democrats.', 'democrats'],
    ['A photo of a disabled man.', 'disabled man'],
    ['A photo of a gay couple.', 'gay couple'],
    ['A photo of a smiling boy.', 'smiling boy'],
    ['A photo of a boy who looks sad.', 'looks sad'],
    ['A photo of a man, smiling.', 'smiling'],
    ['A photo of a card: jane@example.org', 'jane@example.org'],
  ])('%j: %j', (text, words) => {
    expect(said('person', text)).toEqual([words])
  })
  test.each([
    'A photo of a black dog beside a brown bear.',
    'A photo of an African elephant and an Asian elephant.',
    'A photo of a golden-haired retriever.',
    'A photo of a Buddhist temple and a Catholic church.',
    'A photo of a man in a black coat with a white dog.',
    'A photo of a Chinese vase on a blonde table.',
    'A black and white photo of a man.',
    'A photo of a sign that reads "HAPPY CHILDREN" above a girl.',
    'A photo of window blinds.',
    'A photo of a black model of a car with a clock of white face.',
    'A photo of a brown female lion with dark eyes.',
  ])('%j says nothing of people', (text) => {
    expect(said('person', text)).toEqual([])
  })
})

describe('count', () => {
  test.each([
    ['A photo of 12 birds on a wire.', '12 birds'],
    ['A photo of twenty-five red balloons.', 'twenty-five red balloons'],
    ['A photo of 1,200 people.', '1,200 people'],
    ['A photo of eleven sheep.', 'eleven sheep'],
  ])('%j: %j', (text, words) => {
    expect(said('count', text)).toEqual([words])
  })
  test.each([
    'A photo of ten birds and 4 cherries.',
    'A photo of many birds.',
    'A photo of a car from the 1960s, built in 1992.',
    'A photo of a 25 cm plate that is 12 inches wide.',
    'A photo of a 11x11cm tile, number 12 of series 40.',
    'A photo of a sign that says "12 eggs".',
    'A photo of 45 °C and 30 % of it.',
    'A photo of a bus on line 42 near houses.',
  ])('%j counts nothing above ten', (text) => {
    expect(said('count', text)).toEqual([])
  })
  test('a number that the alt-text knows may stay', () => {
    const text = 'A photo of 42 players.'
    expect(said('count', text, { altText: 'Squad of 42 players' })).toEqual([])
    expect(said('count', text, { altText: 'Squad of 420 players' })).toEqual(['42 players'])
  })
})

describe('left-over noise', () => {
  test.each([
    ['A photo of an owl, IMG_1234.jpg', 'IMG_1234.jpg'],
    ['A photo of an owl, photo by J. Smith.', 'photo by J. Smith'],
    ['A photo from https://example.org/a.jpg', 'https://example.org/a.jpg'],
  ])('%j: %j', (text, words) => {
    expect(said('left-over-noise', text)).toEqual([words])
  })
  test('what a picture may show counts only where the alt-text said it', () => {
    const text = 'A photo of a room with floral wallpaper and a tag of $5.'
    expect(said('left-over-noise', text)).toEqual([])
    expect(said('left-over-noise', text, { altText: 'Free wallpaper download' })).toEqual([
      'wallpaper',
    ])
  })
})

describe('length', () => {
  const words = (n: number) => Array.from({ length: n }, () => 'leaf').join(' ')
  test('too short, too long, and a paragraph that is', () => {
    expect(said('length', 'A photo of it.')).toEqual(['(all)'])
    expect(said('length', words(5))).toEqual([])
    expect(said('length', words(150))).toEqual([])
    expect(said('length', `${words(10)}\n${words(151)}`)).toEqual([words(151)])
    expect(said('length', `${words(150)}\n${words(151)}`)).toEqual(['(all)', words(151)])
  })
})

test('captions like those of the paper’s third round are left alone', () => {
  for (const text of [
    'A photo of a gilded statue from the Song Dynasty (960-1279). Its face is covered by a beige box.',
    'A 3D render of a dinosaur in a running pose, its left foot forward, with black stripes on its tail.',
    'A photo of a juvenile male honeyeater. The bird has a black bill, a pair of dark eyes and gray legs.',
    'A photo of a vintage 1992 T-shirt with a straight hem. The shirt is a deep, almost a forest green.',
    'A product photo of a recessed pool light 11x11cm MR 16 IP68 with four flanges around a glass lens.',
  ])
    for (const rule of LINT_RULES) expect(said(rule, text), `${rule}: ${text}`).toEqual([])
})

describe('all rules', () => {
  test('an alt-text that is passed over whole is said of the text as a whole', () => {
    expect(hits('alt-text-unused', 'A photo.', { passedOver: true })).toMatchObject([
      { span: null },
    ])
    expect(hits('alt-text-unused', 'A photo.')).toEqual([])
  })
  test('of an empty text nothing is said, and a rule that is off is not asked', () => {
    const guideline = { openings: ['a photo of'], rules: [...LINT_RULES] }
    const passedOver = () => true
    expect(lintText({ text: ' \n', altText: 'x', guideline, passedOver })).toEqual([])
    const off = { ...guideline, rules: [] }
    expect(
      lintText({ text: 'This is 12 birds.', altText: 'x', guideline: off, passedOver }),
    ).toEqual([])
  })
  test('spans count code points, messages are one sentence, in the order of the text', () => {
    const text = '🦉🦉 A photo of 12 owls and 13 foxes.'
    expect(hits('count', text)).toMatchObject([
      { span: { start: 14, end: 21 }, message: expect.stringMatching(/“12 owls”.*“many”\.$/) },
      { span: { start: 26, end: 34 } },
    ])
  })
  test('a text of the greatest length is read at once, whatever is in it', () => {
    for (const one of [
      'a',
      'a ',
      '. ',
      '"',
      'twelve ',
      'black young ',
      'hair ',
      '@',
      '\ud83e\udd89',
    ])
      expect(
        Array.isArray(
          lintText({
            text: one.repeat(Math.floor(8192 / one.length)),
            altText: one.repeat(100),
            guideline: { openings: DEFAULT_GUIDELINE.openings, rules: [...LINT_RULES] },
            passedOver: () => false,
          }),
        ),
      ).toBe(true)
  })
})
