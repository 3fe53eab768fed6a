/** The field guide: the same seed gives the same picture, and the truth says what is drawn. */
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { article, captionOf, pluralOf, type CaptionFacts } from '../../src/fieldguide/caption.ts'
import { LAYOUT_WORDS } from '../../src/fieldguide/layout.ts'
import { drawPicture, setMember } from '../../src/fieldguide/picture.ts'
import { PLATES } from '../../src/fieldguide/plates.ts'
import { Pen } from '../../src/fieldguide/pen.ts'
import { Rnd } from '../../src/fieldguide/random.ts'
import { SAMPLE } from '../../src/fieldguide/sample.ts'
import { backgroundsOf } from '../../src/fieldguide/scene.ts'

const sha = (text: string): string => createHash('sha256').update(text).digest('hex')
const quick = { detail: 0.3 }
const many = Array.from({ length: 400 }, (_, i) => drawPicture(`test-${i}`, quick))
const truths = many.map(({ truth }) => truth)

describe('one seed', () => {
  test('gives the same bytes and the same truth in every call', () => {
    for (const seed of ['1-0', 'barn-owl/3', 'set-17']) {
      const [first, second] = [drawPicture(seed), drawPicture(seed)]
      expect(sha(second.svg)).toBe(sha(first.svg))
      expect(second.truth).toEqual(first.truth)
    }
  })

  test('says the same of a picture whatever its size and detail', () => {
    const large = drawPicture('1-5', { size: 1024 })
    expect(drawPicture('1-5', { size: 128, detail: 0.4 }).truth).toEqual(large.truth)
    expect(large.svg).toContain('width="1024"')
  })

  test('differs from its neighbours', () => {
    expect(new Set(many.map(({ svg }) => sha(svg))).size).toBe(many.length)
  })

  test('may name a family or a species', () => {
    expect(drawPicture('owl/1', quick).truth.family).toBe('owl')
    expect(drawPicture('barn-owl/1', quick).truth.species.name).toBe('barn owl')
  })

  test('of a set is its own, with a file name', () => {
    expect(setMember('7', 3)).toEqual({ seed: '7-3', file: '000003.png' })
  })
})

describe('the families', () => {
  test('are at least twelve', () => {
    expect(PLATES.length).toBeGreaterThanOrEqual(12)
    expect(new Set(PLATES.map(({ family }) => family)).size).toBe(PLATES.length)
  })

  test('have species of unique names and ids', () => {
    const all = PLATES.flatMap(({ species }) => species)
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length)
    for (const { id } of all) expect(id).toMatch(/^[a-z0-9-]+$/)
  })

  test.each(PLATES.map((plate) => [plate.family, plate] as const))('%s', (_, plate) => {
    expect(plate.species.length).toBeGreaterThanOrEqual(4)
    expect(new Set(plate.species.map(({ form }) => form)).size).toBeGreaterThanOrEqual(2)
    expect(plate.species.some(({ alike }) => alike !== undefined)).toBe(true)
    for (const species of plate.species) {
      expect(Object.keys(plate.features)).toContain(species.form)
      expect(species.morphs.length).toBeGreaterThan(0)
      for (const morph of species.morphs) expect(Object.keys(plate.morphs)).toContain(morph)
      if (species.alike === undefined) continue
      const twin = plate.species.find(({ id }) => id === species.alike)
      expect(twin).toMatchObject({ form: species.form, morphs: species.morphs, alike: species.id })
    }
  })

  test('draw look-alikes from the same distribution', () => {
    for (const plate of PLATES) {
      const species = plate.species.find(({ alike }) => alike !== undefined)
      if (!species) continue
      const [one, other] = [species.id, species.alike].map((id) =>
        drawSpecies(plate.family, id ?? ''),
      )
      expect(one).toBe(other)
    }
  })

  test('draw every form, morph and pose in every medium without a hole', () => {
    for (const plate of PLATES)
      for (const species of plate.species)
        for (const pose of Object.keys(plate.poses))
          for (const medium of ['colour', 'ink', 'woodcut'] as const) {
            const pen = new Pen({ medium, seed: 1, detail: 0.3 })
            const morph = species.morphs[0] ?? ''
            plate.draw(pen, { form: species.form, morph, pose, rnd: new Rnd(1) })
            const drawn = pen.out.join('')
            expect(pen.out.length, `${species.id} ${pose} ${medium}`).toBeGreaterThan(5)
            expect(drawn).not.toMatch(/NaN|undefined|Infinity/)
          }
  })
})

const drawSpecies = (family: string, id: string): string => {
  const plate = PLATES.find((one) => one.family === family)
  const species = plate?.species.find((one) => one.id === id)
  const pen = new Pen({ seed: 5, detail: 0.3 })
  const pose = Object.keys(plate?.poses ?? {})[0] ?? ''
  plate?.draw(pen, {
    form: species?.form ?? '',
    morph: species?.morphs[0] ?? '',
    pose,
    rnd: new Rnd(5),
  })
  return sha(pen.out.join(''))
}

describe('the truth', () => {
  test('is in the caption', () => {
    for (const { truth } of many) {
      const plate = PLATES.find(({ family }) => family === truth.family)
      const { caption, head, tail, species } = truth
      const name = head.plural ? pluralOf(species.name) : species.name
      const latin = species.latin ? `, ${species.latin}` : ''
      expect(caption).toBe(`${head.prefix} ${name}${latin}. ${tail}`)
      expect(tail).toContain(head.plural ? plate?.plural : truth.family)
      expect(tail).toContain(`on a ${truth.background} background`)
      expect(tail).toContain(plate?.poses[truth.pose])
      if (truth.colour) expect(tail).toContain(` ${truth.colour} `)
      if (truth.size) expect(tail).toContain(truth.size)
      if (truth.size !== 'close-up') expect(tail).toContain(truth.position)
      expect(caption.split(' ').length).toBeLessThanOrEqual(42)
      expect(caption).not.toMatch(/undefined|null| {2}|,\./)
    }
  })

  test('says what cannot be seen', () => {
    for (const truth of truths) {
      expect(truth.decidable).toBe(truth.alike.length === 0)
      expect(truth.colour === null).toBe(truth.medium !== 'colour')
      expect(truth.size === null).toBe(truth.count > 1)
      expect(truth.alike.map(({ id }) => id)).not.toContain(truth.species.id)
    }
    const told = truths.filter(({ decidable }) => decidable).length
    expect(told).toBeGreaterThan(many.length * 0.4)
    expect(told).toBeLessThan(many.length * 0.8)
  })

  test('reaches every value of every attribute', () => {
    const seen = (pick: (truth: (typeof truths)[number]) => unknown): Set<unknown> =>
      new Set(truths.map(pick))
    expect(seen(({ family }) => family)).toEqual(new Set(PLATES.map(({ family }) => family)))
    expect(seen(({ count }) => count)).toEqual(new Set([1, 2, 3]))
    expect(seen(({ medium }) => medium)).toEqual(new Set(['colour', 'ink', 'woodcut']))
    expect(seen(({ size }) => size)).toEqual(new Set([...LAYOUT_WORDS.sizes, null]))
    expect(seen(({ position }) => position)).toEqual(
      new Set([...LAYOUT_WORDS.positions, ...LAYOUT_WORDS.groups]),
    )
    const backgrounds = new Set(Object.keys(backgroundsOf('colour')))
    expect(seen(({ background }) => background)).toEqual(backgrounds)
  })

  test('words things without a Latin name, and groups', () => {
    const plate = PLATES.find(({ family }) => family === 'teapot')
    const species = plate?.species.find(({ id }) => id === 'tetsubin')
    if (!plate || !species) throw new Error('no tetsubin')
    const facts: CaptionFacts = {
      plate,
      species,
      medium: 'ink',
      layout: { count: 2, size: null, position: 'side by side', places: [] },
      colour: null,
      pose: 'spout-left',
      background: 'cream',
    }
    expect(captionOf(facts)).toBe(
      'An ink drawing of two tetsubins. The two teapots, each with its spout to the left, have a low dotted body and an arched handle. They are side by side on a cream background.',
    )
  })
})

test('articles and plurals follow the sound of a name', () => {
  expect(['owl', 'European robin', 'barn owl'].map(article)).toEqual(['an', 'a', 'a'])
  const names = ['barn owl', 'monarch butterfly', 'ocellaris clownfish', 'song thrush', 'blue jay']
  expect(names.map(pluralOf)).toEqual([
    'barn owls',
    'monarch butterflies',
    'ocellaris clownfish',
    'song thrushes',
    'blue jays',
  ])
})

test('the sample has 24 pictures of different species, every family among them', () => {
  const shown = SAMPLE.map(({ seed, file }) => drawPicture(seed, { ...quick, file }).truth)
  expect(shown.length).toBe(24)
  expect(new Set(shown.map(({ file }) => file)).size).toBe(24)
  expect(new Set(shown.map(({ species }) => species.id)).size).toBe(24)
  expect(new Set(shown.map(({ family }) => family))).toEqual(
    new Set(PLATES.map(({ family }) => family)),
  )
})
