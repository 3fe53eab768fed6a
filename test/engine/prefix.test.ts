/** The shared prefix is an optimisation only: its logits are those of the whole sequence read at once. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { emptyPast, runDecoder } from '../../src/engine/generate/decoder.ts'
import { computePrefix, readPrompt } from '../../src/engine/generate/prefix.ts'
import { readBundle } from '../../src/engine/model/bundle.ts'
import { openModel, type CaptionerModel, type Model } from '../../src/engine/model/model.ts'
import { makeAltSlot } from '../../src/engine/text/alt-slot.ts'
import type { Captioner } from '../../src/shared/manifest.ts'
import { seededRandom } from '../../src/shared/random.ts'
import { tinyFolder } from '../support/engine-bundle.ts'

let model: Model
let captioner: CaptionerModel
beforeAll(async () => {
  model = await openModel(await readBundle(tinyFolder), 'fp32', { device: 'cpu', threads: 1 })
  if (!model.captioner) throw new Error('tiny is a captioner')
  captioner = model.captioner
})
afterAll(() => model.close())

const SLOTS = [
  { side: 'left', pads: 'attended' },
  { side: 'right', pads: 'attended' },
  { side: 'left', pads: 'masked' },
] as const
const ALT_TEXTS = ['', 'conch', 'great gray owl', 'a bird; IMG_2043.jpg $19.99 free shipping']

test.each(SLOTS)('$side, pads $pads: equal to one direct run within 1e-5', async (slot) => {
  const { decoder, tokenizer } = captioner
  const rule: Captioner = { ...captioner.rule, altSlot: { ...captioner.rule.altSlot, ...slot } }
  const { visualTokens: count, decoder: sizes, altSlot, ids: special } = rule
  const random = seededRandom(3)
  const visual = Float32Array.from({ length: count * sizes.hidden }, () => random() - 0.5)
  const prefix = await computePrefix(decoder, rule, visual)
  for (const altText of ALT_TEXTS) {
    const ids = tokenizer.encode(altText).slice(0, altSlot.length)
    const pads = Array<number>(altSlot.length - ids.length).fill(special.pad)
    const written =
      slot.pads === 'masked' ? ids : slot.side === 'left' ? [...pads, ...ids] : [...ids, ...pads]
    const direct = await runDecoder(
      decoder,
      {
        prefix: { data: visual, length: count },
        ids: [written],
        counts: [count + written.length],
        past: emptyPast(decoder.shape, 1),
      },
      true,
    )
    const shared = await readPrompt(decoder, rule, {
      prefix,
      slot: makeAltSlot(tokenizer.encode(altText), rule),
      wantAll: true,
    })
    const [wanted, got] = [direct.next[0]?.all, shared.next.all]
    expect(got?.length).toBe(sizes.vocab)
    const diff = Math.max(
      ...(wanted ?? []).map((value, at) => Math.abs(value - (got?.[at] ?? NaN))),
    )
    expect(diff).toBeLessThan(1e-5)
  }
})

test('only new keys and values come out of the graph, and all logits only when asked', async () => {
  const { decoder, rule } = captioner
  const visual = new Float32Array(rule.visualTokens * rule.decoder.hidden)
  const prefix = await computePrefix(decoder, rule, visual)
  const [first] = prefix.positions
  expect(first?.data.length).toBe(decoder.shape.heads * prefix.length * decoder.shape.headDim)
  const prompt = await readPrompt(decoder, rule, {
    prefix,
    slot: makeAltSlot([5, 6], rule),
    wantAll: false,
  })
  expect(prompt.suffix.every(({ stride }) => stride === 2)).toBe(true)
  expect(prompt.next.all).toBeNull()
})
