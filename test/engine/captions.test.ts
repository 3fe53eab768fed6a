/** Captions of the tiny bundle on the real runtime: golden words, batches, seeds, the token lens, cancelling. */
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CaptionEvent } from '../../src/core/ports.ts'
import type { Engine } from '../../src/engine/engine.ts'
import { createLocalEngine } from '../../src/engine/local-engine.ts'
import { goldenPixels } from '../../src/shared/manifest.ts'
import { DEFAULT_SETTINGS, type GenerationSettings } from '../../src/shared/types.ts'
import {
  collect,
  goldenPicture,
  GREEDY,
  jobOf,
  never,
  readManifest,
  tinyFolder,
} from '../support/engine-bundle.ts'

/** Ragged on purpose: none, one token, many, more than the slot holds. */
const ALT_TEXTS = [
  '',
  'conch',
  'great gray owl',
  'a bird; IMG_2043.jpg $19.99 free shipping and a wooden fence',
  'a',
  'ünïcødé 🦉',
  'two conchs, one above the other',
  'monkey',
  'teapot; teapot',
  'The beetle is dark green',
  'mushroom butterfly shell flower',
  'x'.repeat(100),
]
const SAMPLED: GenerationSettings = { ...DEFAULT_SETTINGS, temperature: 0.9, topP: 0.95 }

let picture: Uint8Array
const open: Engine[] = []
const engine = (batch?: number): Engine => {
  const made = createLocalEngine({ modelFolders: [tinyFolder], quiet: true, threads: 1, batch })
  open.push(made)
  return made
}
let together: Engine
let alone: Engine
beforeAll(async () => {
  picture = await goldenPicture()
  together = engine()
  alone = engine(1)
})
afterAll(async () => {
  for (const one of open) await one.close()
})

const run = (on: Engine, altTexts: readonly string[], settings = GREEDY) =>
  collect(on.caption(jobOf(picture, altTexts, settings), never()))

describe('golden vectors of the manifest', () => {
  test.each(['fp32', 'q8'])('%s writes the golden captions token by token', async (variant) => {
    const { golden } = await readManifest()
    const altTexts = golden.cases.map((one) => one.altText)
    const { captions } = await run(together, altTexts, { ...GREEDY, variant })
    expect(captions.map((one) => one.tokenIds)).toEqual(
      golden.cases.map((one) => one.variants[variant as 'fp32']?.tokens),
    )
    if (variant === 'fp32')
      expect(captions.map((one) => one.text)).toEqual(golden.cases.map((one) => one.caption))
  })

  test('the first log-probability is the golden logit minus the golden logsumexp', async () => {
    const { golden } = await readManifest()
    const { captions } = await run(
      together,
      golden.cases.map((one) => one.altText),
    )
    captions.forEach(({ logProbs }, at) => {
      const wanted = golden.cases[at]?.variants.fp32
      expect(logProbs[0]).toBeCloseTo((wanted?.topLogits[0] ?? 0) - (wanted?.lse ?? 0), 4)
    })
  })

  test('the device proved itself, and the summary says so', async () => {
    const summary = await together.check('tiny')
    expect(summary.state).toBe('ready')
    expect(summary.device?.device).toBe('cpu')
    expect(summary.device?.goldenDiff).toBeLessThan(1e-3)
    expect(summary.device?.reason).not.toBe('')
  })
})

describe('prompts decoded together', () => {
  test('greedy tokens of 12 ragged prompts are those of one by one, exactly', async () => {
    const batched = (await run(together, ALT_TEXTS)).captions
    const single = (await run(alone, ALT_TEXTS)).captions
    expect(batched.map((one) => one.tokenIds)).toEqual(single.map((one) => one.tokenIds))
    expect(new Set(batched.map((one) => one.text)).size).toBeGreaterThan(6)
    batched.forEach(({ logProbs }, at) =>
      logProbs.forEach((value, step) =>
        expect(value).toBeCloseTo(single[at]?.logProbs[step] ?? NaN, 4),
      ),
    )
  })

  test('a sampled cell does not depend on what is decoded beside it', async () => {
    const batched = (await run(together, ALT_TEXTS, SAMPLED)).captions
    const job = jobOf(picture, ALT_TEXTS, SAMPLED)
    for (const request of job.requests.slice(0, 6)) {
      const { captions } = await collect(alone.caption({ ...job, requests: [request] }, never()))
      expect(captions[0]?.tokenIds).toEqual(batched[Number(request.key)]?.tokenIds)
    }
  })

  test('the same seed replays the same bytes, another seed does not', async () => {
    const first = (await run(together, ['conch', 'owl'], SAMPLED)).captions
    const again = (await run(together, ['conch', 'owl'], SAMPLED)).captions
    expect(again.map(({ text, tokenIds, logProbs }) => ({ text, tokenIds, logProbs }))).toEqual(
      first.map(({ text, tokenIds, logProbs }) => ({ text, tokenIds, logProbs })),
    )
    const job = jobOf(picture, ['conch'], SAMPLED)
    const others = Array.from({ length: 5 }, (_, at) => ({
      key: `${at}`,
      altText: 'conch',
      seed: 90 + at,
    }))
    const { captions } = await collect(together.caption({ ...job, requests: others }, never()))
    expect(new Set(captions.map((one) => one.text)).size).toBeGreaterThan(1)
  })
})

describe('what a caption remembers', () => {
  test('alt tokens, the cut at the slot, how it ended, provenance', async () => {
    const { captions, result, events } = await run(together, ['', 'conch', 'x'.repeat(100)])
    expect(captions.map((one) => [one.altTokens, one.altCut])).toEqual([
      [0, false],
      [3, false],
      [16, true],
    ])
    expect(await together.countAltTokens('tiny', 'x'.repeat(100))).toMatchObject({
      cut: true,
      limit: 16,
    })
    expect(result.model).toMatchObject({ captionerId: 'tiny', variant: 'fp32', device: 'cpu' })
    expect(result.model.runtime).toContain('onnxruntime-node 1.30.0')
    expect(result.model.preprocessing).toContain('squash to 32 (cubic)')
    const finished = events.flatMap((event) => (event.kind === 'caption' ? [event.model] : []))
    expect(finished).toEqual([result.model, result.model, result.model])
  })

  test('a limit of tokens ends a caption as length, with a probability for every token', async () => {
    const settings = { ...GREEDY, maxNewTokens: 2 }
    const [caption] = (await run(together, ['conch'], settings)).captions
    expect(caption?.finish).toBe('length')
    expect(caption?.tokenIds.length).toBe(2)
    expect(caption?.logProbs.every((value) => value < 0)).toBe(true)
  })

  test('tokens stream in, and their text grows to the caption', async () => {
    const { events, captions } = await run(together, ['conch'])
    const shown = events.flatMap((event) => (event.kind === 'token' ? [event.text] : []))
    expect(shown.length).toBe(captions[0]?.tokenIds.length)
    shown.forEach((text, at) => expect(text.startsWith(shown[at - 1] ?? '')).toBe(true))
    expect(shown.at(-1)?.trim()).toBe(captions[0]?.text)
    const texts = await together.tokenTexts('tiny', captions[0]?.tokenIds ?? [])
    expect(texts.join('').trim()).toBe(captions[0]?.text)
  })

  test('as seen is exactly the square of pixels the model read', async () => {
    const { image, golden } = await readManifest()
    const png = await together.asSeen('tiny', picture, 'bundle')
    const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true })
    expect([info.width, info.height, info.channels]).toEqual([image.size, image.size, 3])
    expect([...data]).toEqual([...goldenPixels(image.size, golden.imageSeed)])
  })

  test('bytes of a known image are not read again, under its own resize rule', async () => {
    await run(together, ['conch'])
    const job = jobOf(picture, ['owl'])
    const unreadable = { ...job, bytes: () => Promise.reject(new Error('read again')) }
    expect((await collect(together.caption(unreadable, never()))).captions.length).toBe(1)
    expect(await together.knows('tiny', job.imageId, 'bundle')).toBe(true)
    expect(await together.knows('tiny', job.imageId, 'squash')).toBe(true) // the bundle's own rule
    expect(await together.knows('tiny', job.imageId, 'centre-crop')).toBe(false)
  })

  test('an unknown captioner or variant is an error with a next step', async () => {
    const job = jobOf(picture, [''])
    const missing = collect(together.caption({ ...job, captionerId: 'nobody' }, never()))
    await expect(missing).rejects.toMatchObject({
      code: 'model-missing',
      hint: expect.stringMatching(/tiny/),
    })
    const variant = { ...GREEDY, variant: 'q4' }
    await expect(run(together, [''], variant)).rejects.toMatchObject({ code: 'bad-input' })
  })
})

describe('the token lens', () => {
  test('teacher forcing gives the probabilities of generation', async () => {
    const { captions } = await run(together, ['', 'conch', 'great gray owl'], SAMPLED)
    for (const [at, altText] of ['', 'conch', 'great gray owl'].entries()) {
      const caption = captions[at]
      const forced = await together.force(
        {
          captionerId: 'tiny',
          imageId: jobOf(picture, []).imageId,
          bytes: async () => picture,
          tokenIds: caption?.tokenIds ?? [],
          contexts: [
            { key: 'same', altText, image: 'own' },
            { key: 'mean', altText, image: 'mean' },
            { key: 'other', altText: 'monkey', image: 'own' },
          ],
          alternatives: 5,
        },
        never(),
      )
      const [same, mean, other] = forced.contexts
      same?.tokens.forEach((token, step) => {
        expect(token.logProb).toBeCloseTo(caption?.logProbs[step] ?? NaN, 4)
        expect(token.rank).not.toBeNull() // it was drawn from the top 50
        expect(token.alternatives.length).toBe(5)
        expect(token.alternatives[0]?.logProb).toBeGreaterThanOrEqual(token.logProb - 1e-6)
      })
      expect(same?.tokens.length).toBe(caption?.tokenIds.length)
      expect(mean?.tokens.map((t) => t.logProb)).not.toEqual(same?.tokens.map((t) => t.logProb))
      expect(other?.tokens.map((t) => t.logProb)).not.toEqual(same?.tokens.map((t) => t.logProb))
      expect(
        forced.tokens
          .map((token) => token.text)
          .join('')
          .trim(),
      ).toBe(caption?.text)
    }
  })

  test('a token outside the top 50 has its probability but no rank', async () => {
    const source = { imageId: jobOf(picture, []).imageId, bytes: async () => picture }
    const contexts = [{ key: 'a', altText: 'conch', image: 'own' as const }]
    const all = { ...source, captionerId: 'tiny', contexts, alternatives: 50 }
    const [first] = (await together.force({ ...all, tokenIds: [5] }, never())).contexts
    const top = new Set(first?.tokens[0]?.alternatives.map((one) => one.id))
    const outside = Array.from({ length: 512 }, (_, id) => id).find((id) => !top.has(id)) ?? 0
    const forced = await together.force({ ...all, tokenIds: [outside, outside] }, never())
    const [start] = forced.contexts[0]?.tokens ?? []
    expect(start?.rank).toBeNull()
    expect(start?.logProb).toBeLessThan(first?.tokens[0]?.alternatives.at(-1)?.logProb ?? 0)
  })

  test('covering one patch changes the probabilities, and every patch has its own', async () => {
    const { imageId } = jobOf(picture, [])
    const job = { captionerId: 'tiny', imageId, bytes: async () => picture, alternatives: 1 }
    const occluded = (cell: number, grid = 2) => ({
      key: `${cell}`,
      altText: 'conch',
      image: { kind: 'occluded' as const, grid, cell },
    })
    const contexts = [
      { key: 'own', altText: 'conch', image: 'own' as const },
      ...[0, 1, 2, 3].map((cell) => occluded(cell)),
    ]
    const forced = await together.force({ ...job, tokenIds: [476, 93], contexts }, never())
    const first = forced.contexts.map(({ tokens }) => tokens[0]?.logProb)
    expect(new Set(first).size).toBe(5)
    // The one cell of a grid of one is the mean image.
    const whole = [occluded(0, 1), { key: 'mean', altText: 'conch', image: 'mean' as const }]
    const [all, mean] = (
      await together.force({ ...job, tokenIds: [476], contexts: whole }, never())
    ).contexts
    expect(all?.tokens).toEqual(mean?.tokens)
    const outside = together.force({ ...job, tokenIds: [476], contexts: [occluded(4)] }, never())
    await expect(outside).rejects.toMatchObject({ code: 'bad-input' })
  })

  test('ids that are no tokens of this captioner are refused', async () => {
    const job = {
      captionerId: 'tiny',
      imageId: 'f'.repeat(64),
      bytes: async () => picture,
      contexts: [],
      alternatives: 1,
    }
    for (const tokenIds of [[512], [-1], [0.5], Array<number>(200).fill(5)])
      await expect(together.force({ ...job, tokenIds }, never())).rejects.toMatchObject({
        code: 'bad-input',
      })
  })
})

describe('a given beginning', () => {
  const sampled = async (on: Engine, prefix: readonly number[], settings = SAMPLED) => {
    const job = jobOf(picture, ['great gray owl'], settings)
    const requests = job.requests.map((request) => ({ ...request, prefix }))
    const { captions } = await collect(on.caption({ ...job, requests }, never()))
    return captions[0]!
  }

  test("with the caption's own tokens gives that caption, whatever its length", async () => {
    const own = (await run(together, ['great gray owl'], SAMPLED)).captions[0]!
    for (let length = 1; length <= own.tokenIds.length; length++) {
      const again = await sampled(together, own.tokenIds.slice(0, length))
      expect(again.text).toBe(own.text)
      expect(again.tokenIds).toEqual(own.tokenIds)
      again.logProbs.forEach((value, at) => expect(value).toBeCloseTo(own.logProbs[at] ?? NaN, 5))
    }
  })

  test('keeps what is given and has for it the log-probabilities of force decoding', async () => {
    const own = (await run(together, ['great gray owl'])).captions[0]!
    const ids = Array.from({ length: 40 }, (_, n) => 10 + 11 * n).filter(
      (id) => !own.tokenIds.includes(id),
    )
    for (const id of ids.slice(0, 6)) {
      const prefix = [...own.tokenIds.slice(0, 2), id]
      const made = await sampled(together, prefix, GREEDY)
      expect(made.tokenIds.slice(0, 3)).toEqual(prefix)
      const { contexts } = await together.force(
        {
          ...{ captionerId: 'tiny', imageId: jobOf(picture, []).imageId },
          bytes: async () => picture,
          tokenIds: made.tokenIds,
          contexts: [{ key: 'own', altText: 'great gray owl', image: 'own' }],
          alternatives: 0,
        },
        never(),
      )
      expect(made.logProbs.length).toBe(made.tokenIds.length)
      contexts[0]?.tokens.forEach(({ logProb }, at) =>
        expect(made.logProbs[at]).toBeCloseTo(logProb, 4),
      )
    }
  })

  test('replays to the same bytes, alone and beside free captions', async () => {
    const prefix = [40, 50, 60]
    const first = await sampled(together, prefix)
    expect(await sampled(together, prefix)).toMatchObject({
      text: first.text,
      tokenIds: first.tokenIds,
      logProbs: first.logProbs,
    })
    const job = jobOf(picture, ['great gray owl', 'conch', 'monkey'], SAMPLED)
    const [wanted, ...free] = job.requests
    const requests = [{ ...wanted!, prefix }, ...free]
    const { captions } = await collect(together.caption({ ...job, requests }, never()))
    expect(captions.find(({ key }) => key === wanted?.key)?.tokenIds).toEqual(first.tokenIds)
  })

  test('that ends the caption ends it; what no caption can begin with is refused', async () => {
    const { captioner } = await readManifest()
    const eos = captioner?.ids.eos ?? -1
    const ended = await sampled(together, [40, eos])
    expect(ended).toMatchObject({ tokenIds: [40, eos], finish: 'eos' })
    expect(ended.logProbs.every(Number.isFinite)).toBe(true)
    for (const wrong of [[eos, 40], [512], [-1], [0.5], Array<number>(200).fill(5)])
      await expect(sampled(together, wrong)).rejects.toMatchObject({ code: 'bad-input' })
  })
})

describe('cancelling', () => {
  test('stops between steps, frees the engine, and the next job runs', async () => {
    const abort = new AbortController()
    const seen: CaptionEvent[] = []
    const cancelled = (async () => {
      for await (const event of together.caption(jobOf(picture, ALT_TEXTS), abort.signal)) {
        seen.push(event)
        if (event.kind === 'token') abort.abort()
      }
    })()
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' })
    expect(seen.some((event) => event.kind === 'caption')).toBe(false)
    expect(together.status()).toMatchObject({ state: 'idle', queue: 0 })
    expect((await run(together, ['conch'])).captions.length).toBe(1)
  })

  test('a waiting job that is cancelled leaves the queue; walking away frees the engine', async () => {
    const first = together.caption(jobOf(picture, ['conch']), never())
    await first.next() // holds its turn
    const abort = new AbortController()
    const waiting = collect(together.caption(jobOf(picture, ['owl']), abort.signal))
    const third = collect(together.caption(jobOf(picture, ['']), never()))
    abort.abort()
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' })
    await first.return(undefined as never)
    const { captions, events } = await third
    expect(events[0]).toEqual({ kind: 'loading', phase: 'waiting, 2 before', fraction: 0 })
    expect(captions.length).toBe(1)
    expect(together.status().queue).toBe(0)
  })

  test('an aborted signal runs nothing', async () => {
    const job = jobOf(picture, [''])
    await expect(collect(together.caption(job, AbortSignal.abort()))).rejects.toMatchObject({
      code: 'cancelled',
    })
  })
})
