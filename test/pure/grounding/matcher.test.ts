/** The matcher on cases worked by hand: what is carried, rejected, wrong, and why. */
import { describe, expect, test } from 'vitest'
import { proposeMarks } from '../../../src/core/grounding/propose-marks.ts'
import { fieldGuideTaxonomy } from '../../../src/core/probes/field-guide-taxonomy.ts'
import type { MarkClass } from '../../../src/shared/contract/grounding.ts'

const OWL = 'A drawing of a great gray owl, Strix nebulosa. The small gray owl has yellow eyes.'

interface About {
  readonly truth?: string
  readonly className?: string
  readonly emptyCaption?: string
}

const marks = (altText: string, caption: string, about: About = {}) =>
  proposeMarks({
    altText,
    caption,
    references: {
      taxonomy: fieldGuideTaxonomy(),
      truth: about.truth ?? null,
      className: about.className ?? null,
      emptyCaption: about.emptyCaption ?? null,
    },
  })

const of = (markClass: MarkClass, found: ReturnType<typeof marks>) =>
  found.filter((one) => one.markClass === markClass)
const texts = (markClass: MarkClass, found: ReturnType<typeof marks>) =>
  of(markClass, found).map(({ text }) => text)

describe('carried', () => {
  test.each([
    ['great gray owl', OWL, ['great gray owl'], 'same-words'],
    ['Great Gray Owl', OWL, ['great gray owl'], 'other-case'],
    ['GREAT GRAY OWL', OWL, ['great gray owl'], 'other-case'],
    ['great-gray owl', OWL, ['great gray owl'], 'other-spacing'],
    ['great grey owl', OWL, ['great gray owl'], 'inflection'],
    ['great gray owls', OWL, ['great gray owl'], 'inflection'],
    ['Strix nebulosa', OWL, ['Strix nebulosa'], 'same-words'],
    ['STRIX NEBULOSA', OWL, ['Strix nebulosa'], 'other-case'],
    ['a tea pot', 'Two teapots on a shelf.', ['teapots'], 'inflection'],
    ['tea-pot', 'A teapot.', ['teapot'], 'other-spacing'],
    ['teapots', 'A teapot.', ['teapot'], 'inflection'],
    ['two dogs', 'A photo of 2 dogs.', ['2 dogs'], 'number-word'],
    ['3 birds', 'There are three birds here.', ['three birds'], 'number-word'],
    ['1,200 coins', 'A heap of 1200 coins.', ['1200 coins'], 'other-spacing'],
    ['café table', 'A small cafe table in the sun.', ['cafe table'], 'other-accents'],
    ['a red car', 'A photo of a red car.', ['red car'], 'same-words'],
    ['wolves in the snow', 'A wolf in snow.', ['wolf', 'snow'], 'inflection'],
    ['two geese', 'A goose on a lake.', ['goose'], 'same-head'],
    ['butterflies', 'A white butterfly.', ['butterfly'], 'inflection'],
    ['foxes', 'A red fox.', ['fox'], 'inflection'],
    ['mice', 'A brown mouse.', ['mouse'], 'inflection'],
    ['IMG_2041.jpg great gray owl $12.99', OWL, ['great gray owl'], 'same-words'],
    ['great gray owl; free shipping; click to enlarge', OWL, ['great gray owl'], 'same-words'],
    ['photo by J. Smith great gray owl', OWL, ['great gray owl'], 'same-words'],
    ['great gray owl, Strix nebulosa', OWL, ['great gray owl', 'Strix nebulosa'], 'same-words'],
    ['a gray owl', OWL, ['gray owl', 'gray owl'], 'same-words'],
    ['an owl', OWL, ['owl', 'owl'], 'same-words'],
    ['northern cardinal', 'A cardinal on a branch.', ['cardinal'], 'shortened-name'],
    ['eastern screech owl', 'A screech owl in a tree.', ['screech owl'], 'shortened-name'],
    ['perched bird', 'A bird perching on a post.', ['bird', 'perching'], 'same-stem'],
    ['car, red', 'A red car.', ['red', 'car'], 'same-words'],
    ['silver vintage car', 'A vintage silver car.', ['vintage silver car'], 'other-order'],
    ["Blackburn's warbler", 'A Blackburns warbler sings.', ['Blackburns warbler'], 'other-spacing'],
    ['St. Bernard', 'A large St. Bernard in snow.', ['St. Bernard'], 'same-words'],
    ['北京的猫', '一张北京的猫的照片', ['北京的猫'], 'same-words'],
    ['Eine Katze', 'Eine Katze auf dem Sofa.', ['Eine Katze'], 'same-words'],
  ])('%s in "%s" carries %j by %s', (alt, caption, carried, rule) => {
    const found = marks(alt, caption)
    expect(texts('carried', found)).toEqual(carried)
    expect(of('carried', found).map((one) => one.explanation.rule)).toContain(rule)
  })

  test.each([
    ['barn owl', 'A drawing of a howl.'],
    ['owl', 'An owlet and a howling dog.'],
    ['cat', 'A catfish in a pond.'],
    ['a photo', 'A photo of a dog.'],
    ['stock photo #12345', 'A stock photo of a dog.'],
    ['the of and a', 'The cat and the dog of a man.'],
    ['red. car', 'Is it red? Car or not.'.replace('Car', 'Bus')],
  ])('%s is not carried by "%s" as a thing', (alt, caption) => {
    const carried = texts('carried', marks(alt, caption))
    expect(carried.filter((text) => text !== 'red')).toEqual([])
  })

  test('says what matched what, in code points of both texts', () => {
    const alt = '🦉🦉 barn owl'
    const caption = 'A 🦉 drawing of two barn owls.'
    const [mark] = of('carried', marks(alt, caption))
    const cut = (text: string, a: number, b: number) => Array.from(text).slice(a, b).join('')
    expect(mark && cut(caption, mark.start, mark.end)).toBe('barn owls')
    const matched = mark?.explanation.matched
    expect(matched).toMatchObject({ in: 'alt-text', text: 'barn owl' })
    expect(cut(alt, matched?.start ?? 0, matched?.end ?? 0)).toBe('barn owl')
    expect(mark?.explanation.words).toMatch(/plural/)
  })
})

describe('rejected', () => {
  test.each([
    ['barn owl', OWL, ['barn owl']],
    ['a teapot', OWL, ['teapot']],
    ['a walrus on a beach', OWL, ['walrus', 'beach']],
    ['red car', 'A blue car.', ['red']],
    ['three red cars', 'Two red cars.', ['three']],
    ['Tyto alba', OWL, ['Tyto alba']],
    ['great gray owl; a teapot', OWL, ['teapot']],
    ['IMG_2041.jpg', OWL, []],
    ['$12.99 free shipping', OWL, []],
    ['2014-05-12', OWL, []],
    ['photo by Jane Doe', OWL, []],
    ['© 2014 John Smith', OWL, []],
    ['https://example.org/owl.html', OWL, []],
    ['', OWL, []],
    ['an animal', OWL, []],
    ['a bird', OWL, []],
    ['song thrush', 'A drawing of a mistle thrush.', ['song thrush']],
    ['hermit crab', 'A drawing of a common shore crab. The crab is red.', ['hermit']],
    ['running', 'A dog sits.', []],
    ['tooth shell', 'A musk beetle.', ['tooth shell']],
    ['even-toed ungulate', OWL, ['even-toed ungulate']],
  ])('%s beside "%s" rejects %j', (alt, caption, rejected) => {
    const found = marks(alt, caption)
    expect(texts('rejected', found)).toEqual(rejected)
    expect(of('rejected', found).every((one) => one.place === 'alt-text')).toBe(true)
  })
})

describe('erroneous and what cannot be verified', () => {
  test.each([
    [
      '',
      'A drawing of a barn owl, Tyto alba.',
      { className: 'great gray owl' },
      ['barn owl', 'Tyto alba'],
    ],
    ['', 'A drawing of a great gray owl, Strix nebulosa.', { className: 'great gray owl' }, []],
    ['', 'A drawing of an owl.', { className: 'great gray owl' }, []],
    ['', 'A drawing of a bird.', { className: 'great gray owl' }, []],
    ['', 'A drawing of two teapots.', { className: 'great gray owl' }, ['teapots']],
    ['', 'A drawing of a blorptail.', { className: 'great gray owl' }, ['blorptail']],
    ['', 'A great gray owl beside a teapot.', { className: 'great gray owl' }, []],
    ['barn owl', 'A drawing of a barn owl.', { className: 'great gray owl' }, []],
    ['barn owl', 'A drawing of a barn owl.', { truth: OWL }, ['barn owl']],
    ['', OWL, { truth: OWL }, []],
    ['', 'A barn owl.', { truth: `${OWL} It could as well be a barn owl.` }, []],
    ['', 'A drawing of a barn owl.', {}, []],
  ] as const)('alt %j, "%s", knowing %j: wrong are %j', (alt, caption, about, wrong) => {
    expect(texts('erroneous', marks(alt, caption, about))).toEqual(wrong)
  })

  test.each([
    ['', 'A drawing of a barn owl.', {}, ['barn owl']],
    ['barn owl', 'A drawing of a barn owl.', {}, []],
    ['', 'A drawing of a barn owl.', { className: 'owl' }, ['barn owl']],
    ['', 'A great gray owl beside a teapot.', { className: 'great gray owl' }, ['teapot']],
  ])('alt %j, "%s", knowing %j: nobody can tell %j', (alt, caption, about, unsure) => {
    expect(texts('cannot-verify', marks(alt, caption, about))).toEqual(unsure)
  })

  test('a wrong name that came from the alt-text is carried and wrong at once', () => {
    const found = marks('barn owl', 'A drawing of a barn owl.', { truth: OWL })
    expect(texts('carried', found)).toEqual(['barn owl'])
    expect(texts('erroneous', found)).toEqual(['barn owl'])
  })
})

describe('against the empty-alt caption', () => {
  const emptyCaption = 'A drawing of a barn owl. It is on a white background.'

  test('corrected: the alt-text speaks where the empty-alt caption said otherwise', () => {
    const caption = 'A drawing of a snowy owl. It is on a white background.'
    const [mark] = of('corrected', marks('snowy owl', caption, { emptyCaption }))
    expect(mark?.text).toBe('snowy')
    expect(mark?.explanation).toMatchObject({
      rule: 'replaces',
      matched: { in: 'empty-caption', text: 'barn' },
    })
  })

  test('added: new beside the empty-alt caption although the alt-text does not say it', () => {
    const caption = 'A drawing of a barn owl with a mouse. It is on a white background.'
    expect(texts('added', marks('barn owl', caption, { emptyCaption }))).toEqual(['mouse'])
    expect(texts('added', marks('a mouse', caption, { emptyCaption }))).toEqual([])
  })

  test('the same caption is neither', () => {
    const found = marks('barn owl', emptyCaption, { emptyCaption })
    expect([...texts('corrected', found), ...texts('added', found)]).toEqual([])
  })
})

describe('hostile text', () => {
  const PIECES = [
    '<script>alert(1)</script>', '=1+1', '@SUM(A1)', '\u0000', '\ud800', '\udfff', '\u202e', 'constructor',
    '__proto__', 'toString', 'hasOwnProperty', '$&', '\\', '"', "'", '{}', '%s', '\n', '\t', '\r\n', '👩‍👩‍👧', 'é',
    'e\u0301', 'ﬁ', '漢字', 'ไทย', 'مرحبا', '1e999', '-', '—', '..', 'a'.repeat(300), '🦉', '\u{10ffff}', '',
  ] // prettier-ignore

  test('every pair of hostile pieces as alt-text and caption: no throw, spans inside, words as marked', () => {
    for (const [i, alt] of PIECES.entries())
      for (const [j, piece] of PIECES.entries()) {
        const altText = `${alt} owl ${piece}`
        const caption = `${piece}A ${alt} of ${PIECES[(i + j) % PIECES.length] ?? ''} owls`
        for (const one of marks(altText, caption, { className: 'barn owl', emptyCaption: piece })) {
          const text = Array.from(one.place === 'caption' ? caption : altText)
          expect(one.end).toBeGreaterThan(one.start)
          expect(one.end).toBeLessThanOrEqual(text.length)
          expect(text.slice(one.start, one.end).join('')).toBe(one.text)
        }
      }
  })
})
