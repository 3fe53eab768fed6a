/** The rates mean what they say: a perfect captioner gets 1, one with a known fault loses just that rate. */
import { describe, expect, test } from 'vitest'
import { judgeAttributes } from '../../src/core/evaluation/attributes.ts'
import {
  evaluate,
  type EvaluationPicture,
  type EvaluationSubject,
} from '../../src/core/evaluation/evaluate.ts'
import { buildItems } from '../../src/core/evaluation/items.ts'
import { noisyAlt } from '../../src/core/evaluation/noise.ts'
import { mulberry32 } from '../../src/core/studies/statistics/mulberry32.ts'
import {
  RATE_NAMES,
  type Lexicon,
  type PictureTruth,
  type Rates,
} from '../../src/core/evaluation/truth.ts'
import { wilson } from '../../src/core/evaluation/wilson.ts'

const lexicon: Lexicon = {
  owl: {
    seen: ['barn owl', 'snowy owl'],
    unseen: ['boobook'],
    near: ['bird'],
    everyday: ['window', 'breakfast', 'owl'],
  },
  bird: { seen: ['robin'], unseen: ['dunnock'], near: ['owl'] },
  teapot: { seen: ['brown betty'], unseen: ['samovar'] },
  dog: { seen: ['beagle', 'whippet'], unseen: ['kelpie'], everyday: ['window', 'dog', 'number'] },
}
const COLOURS = ['gray', 'white', 'brown', 'red']

const truths: readonly PictureTruth[] = Array.from({ length: 24 }, (_, i) => {
  const owl = i % 2 === 0
  const colour = COLOURS[i % 4] ?? ''
  const names = owl ? ['great gray owl', 'Strix nebulosa'] : ['beagle']
  const family = owl ? 'owl' : 'dog'
  return {
    id: `picture-${i}`,
    names,
    family,
    familyWords: [family],
    alike: [],
    attributes: [
      { kind: 'colour', right: [colour], wrong: COLOURS.filter((other) => other !== colour) },
      { kind: 'count', right: [`number ${i}`], wrong: [] },
    ],
    caption: `A drawing of a ${names.join(', ')}. The ${family} is ${colour}, number ${i}.`,
  }
})
const pictures: readonly EvaluationPicture[] = truths.map((truth) => ({
  truth,
  bytes: () => Promise.resolve(new Uint8Array()),
}))

const CONSISTENT: Readonly<Record<string, readonly string[]>> = {
  owl: ['great gray owl', 'boobook'],
  dog: ['beagle', 'kelpie'],
}

/** Carries a name that fits what it sees, ignores everything else of the alt-text, sees all. */
const perfect: EvaluationSubject = {
  captions: ({ truth }, altTexts) =>
    Promise.resolve(
      altTexts.map((altText) => {
        const fitting = CONSISTENT[truth.family]?.find((name) => altText.includes(name))
        const given = fitting ?? truth.names[0] ?? ''
        return truth.caption.replace(truth.names[0] ?? '', given)
      }),
    ),
  scores: ({ truth }, texts) =>
    Promise.resolve(texts.map((text) => (text === truth.caption ? 1 : 0))),
}

async function ratesOf(subject: EvaluationSubject): Promise<Rates> {
  const steps = evaluate(pictures, subject, { lexicon, seed: 5 })
  for (;;) {
    const step = await steps.next()
    if (step.done) return step.value
    expect(step.value.total).toBe(pictures.length)
  }
}

const withCaptions = (
  change: (caption: string, altText: string, truth: PictureTruth) => string,
): EvaluationSubject => ({
  ...perfect,
  captions: async (picture, altTexts) => {
    const made = await perfect.captions(picture, altTexts)
    return made.map((caption, i) => change(caption, altTexts[i] ?? '', picture.truth))
  },
})

describe('evaluate', () => {
  test('gives a perfect captioner 1 everywhere', async () => {
    const rates = await ratesOf(perfect)
    expect(RATE_NAMES.map((name) => [name, rates[name].value])).toEqual(
      RATE_NAMES.map((name) => [name, 1]),
    )
    expect(rates.attributes.n).toBe(48)
    expect(rates.carry.low).toBeGreaterThan(0.85)
  })

  test('a captioner that believes every alt-text is caught by refusals and noise only', async () => {
    const rates = await ratesOf(
      withCaptions((caption, altText, truth) =>
        altText === ''
          ? caption
          : caption.replace(/of a [^.]*/, `of a ${altText}, ${truth.family}`),
      ),
    )
    expect(rates.refuse.value).toBe(0)
    expect(rates.refuse_everyday.value).toBe(0)
    expect(rates.noise.value).toBe(0)
    expect(rates.carry.value).toBe(1)
    expect(rates.empty_species.value).toBe(1)
  })

  test('a captioner that never listens is caught by carry_unseen', async () => {
    const rates = await ratesOf(withCaptions((_caption, _alt, truth) => truth.caption))
    expect(rates.carry_unseen.value).toBe(0)
    expect(rates.refuse.value).toBe(1)
  })

  test('a refusal that changes what the caption is about is none', async () => {
    const rates = await ratesOf(
      withCaptions((caption, altText) =>
        lexicon['teapot']?.seen.includes(altText) ? 'Something else entirely.' : caption,
      ),
    )
    expect(rates.refuse.value).toBeGreaterThan(0)
    expect(rates.refuse.value).toBeLessThan(1)
  })

  test('a wrong colour costs attributes, a left-out one is not counted', async () => {
    const wrong = await ratesOf(
      withCaptions((c) => c.replace(/is (gray|white|brown|red)/, 'is red')),
    )
    expect(wrong.attributes.value).toBeCloseTo(0.5 + 0.5 * 0.25)
    const silent = await ratesOf(withCaptions((c) => c.replace(/ is \w+,/, '')))
    expect(silent.attributes).toMatchObject({ value: 1, n: 24 })
  })

  test('repeats itself for a seed', async () => {
    const items = (seed: number) => JSON.stringify(buildItems(truths, lexicon, seed))
    expect(items(3)).toBe(items(3))
    expect(items(3)).not.toBe(items(4))
  })

  test('stops when it is cancelled', async () => {
    const signal = AbortSignal.abort()
    const steps = evaluate(pictures, perfect, { lexicon, seed: 1, signal })
    await expect(steps.next()).rejects.toMatchObject({ code: 'cancelled' })
  })
})

test('wrong names come from families that are neither own nor near', () => {
  const wrong = buildItems(truths, lexicon, 9).map((item) => item.wrong)
  expect(new Set(wrong.filter((_, i) => i % 2 === 0))).toEqual(
    new Set(['brown betty', 'samovar', 'beagle', 'whippet', 'kelpie']),
  )
  expect(wrong.filter((_, i) => i % 2 === 1)).not.toContain('beagle')
})

test('everyday words name nothing of the truth, and leave the other alt-texts as they are', () => {
  const items = buildItems(truths, lexicon, 9)
  expect(new Set(items.map((item) => item.everyday))).toEqual(new Set(['window', 'breakfast']))
  const plain = { ...lexicon, owl: { seen: ['barn owl', 'snowy owl'], unseen: ['boobook'], near: ['bird'] } } // prettier-ignore
  const before = buildItems(truths, plain, 9)
  expect(before[0]?.everyday).toBeNull()
  expect(before.map((item) => [item.wrong, item.noisy])).toEqual(
    items.map((item) => [item.wrong, item.noisy]),
  )
})

test('look-alikes: any of their names is right, and so is the family', async () => {
  const [first] = truths
  if (!first) throw new Error('no truth')
  const alike = { ...first, alike: [['ural owl', 'Strix uralensis']] }
  const say = (caption: string) =>
    evaluate([{ truth: alike, bytes: () => Promise.resolve(new Uint8Array()) }], {
      captions: (_picture, altTexts) => Promise.resolve(altTexts.map(() => caption)),
      scores: () => Promise.resolve([]),
    }, { lexicon, seed: 1 }) // prettier-ignore
  const rate = async (caption: string) => {
    const steps = say(caption)
    await steps.next()
    const end = await steps.next()
    return end.done ? end.value.empty_species.value : null
  }
  expect(await rate('A drawing of a Ural owl.')).toBe(1)
  expect(await rate('A drawing of an owl.')).toBe(1)
  expect(await rate('A drawing of a dog.')).toBe(0)
})

test('attributes: longer phrases are read first over all kinds', () => {
  const attributes = [
    { kind: 'colour', right: ['gray'], wrong: ['cream'] },
    { kind: 'background', right: ['cream background'], wrong: ['green background'] },
  ] as const
  const read = (text: string) => judgeAttributes(text.split(' '), attributes)
  expect(read('gray on a cream background')).toEqual([
    { kind: 'background', right: true },
    { kind: 'colour', right: true },
  ])
  expect(read('cream on a green background')).toEqual([
    { kind: 'background', right: false },
    { kind: 'colour', right: false },
  ])
  expect(read('nothing said')).toEqual([])
})

test('noise keeps the concept and lists what must not come back', () => {
  const random = mulberry32(11)
  for (let i = 0; i < 200; i++) {
    const { altText, noise } = noisyAlt('conch', random)
    expect(altText).toContain('conch')
    expect(noise.length).toBeGreaterThan(0)
    for (const piece of noise) expect(altText).toContain(piece)
  }
})

test('Wilson intervals agree with published values and hold at the ends', () => {
  const rounded = (hits: number, n: number) => {
    const { low, high } = wilson(hits, n)
    return [Number(low.toFixed(4)), Number(high.toFixed(4))]
  }
  // Newcombe 1998, table I, method 3 (score without continuity correction).
  expect(rounded(81, 263)).toEqual([0.2553, 0.3662])
  expect(rounded(15, 148)).toEqual([0.0624, 0.1605])
  expect(rounded(0, 20)).toEqual([0, 0.1611])
  expect(rounded(1, 29)).toEqual([0.0061, 0.1718])
  expect(wilson(0, 0)).toEqual({ value: null, n: 0, low: 0, high: 1 })
})
