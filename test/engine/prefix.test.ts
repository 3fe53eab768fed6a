/** The shared prefix is an optimisation only: its logits are those of the whole sequence read at once. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { admit, groupsOf } from '../../src/engine/generate/admit.ts'
import { emptyPast, runDecoder } from '../../src/engine/generate/decoder.ts'
import { createCache } from '../../src/engine/generate/kv-cache.ts'
import { computePrefix, pastOf } from '../../src/engine/generate/prefix.ts'
import { readBundle } from '../../src/engine/model/bundle.ts'
import { openModel, type CaptionerModel, type Model } from '../../src/engine/model/model.ts'
import { makeAltSlot } from '../../src/engine/text/alt-slot.ts'
import type { Captioner } from '../../src/shared/manifest.ts'
import { seededRandom } from '../../src/shared/random.ts'
import { collect } from '../support/builders.ts'
import { tinyFolder } from '../support/engine-bundle.ts'

let model: Model
let captioner: CaptionerModel
beforeAll(async () => {
  const work = openModel(await readBundle(tinyFolder), 'fp32', { device: 'cpu', threads: 1 })
  model = (await collect(work)).output
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
  const direct: (Float32Array | null | undefined)[] = []
  for (const altText of ALT_TEXTS) {
    const ids = tokenizer.encode(altText).slice(0, altSlot.length)
    const pads = Array<number>(altSlot.length - ids.length).fill(special.pad)
    const written =
      slot.pads === 'masked' ? ids : slot.side === 'left' ? [...pads, ...ids] : [...ids, ...pads]
    const whole = await runDecoder(
      decoder,
      {
        prefix: { data: visual, length: count },
        ids: [written],
        counts: [count + written.length],
        past: emptyPast(decoder.shape, 1),
      },
      true,
    )
    const alone = createCache(decoder.shape)
    const slotted = { prefix, slot: makeAltSlot(tokenizer.encode(altText), rule) }
    const [shared] = await admit(decoder, alone, { rows: 1, ahead: 0, wantAll: true }, [slotted])
    direct.push(whole.next[0]?.all)
    expectNear(shared?.all, whole.next[0]?.all, sizes.vocab)
  }
  // Behind rows that are there already, several in one call.
  const cache = createCache(decoder.shape)
  const room = { rows: ALT_TEXTS.length + 1, ahead: 8, wantAll: true }
  const unread = ALT_TEXTS.map((altText, at) => ({
    prefix,
    slot: makeAltSlot(tokenizer.encode(altText), rule),
    at,
  }))
  await admit(decoder, cache, room, unread.slice(1, 2))
  const rows: number[] = []
  for (const group of [
    unread.filter(({ slot: { suffix } }) => suffix.length === 0),
    unread.filter(({ slot: { suffix } }) => suffix.length > 0),
  ]) {
    if (group.length === 0) continue
    const read = await admit(decoder, cache, room, group)
    group.forEach(({ at }, row) => expectNear(read[row]?.all, direct[at], sizes.vocab))
    rows.push(...group.map(({ slot }) => count + slot.sharedPads + slot.suffix.length))
  }
  expect(cache.lengths.slice(1)).toEqual(rows)
})

function expectNear(
  got: Float32Array | null | undefined,
  wanted: Float32Array | null | undefined,
  vocab: number,
): void {
  expect([got?.length, wanted?.length]).toEqual([vocab, vocab])
  const diff = Math.max(...(wanted ?? []).map((value, at) => Math.abs(value - (got?.[at] ?? NaN))))
  expect(diff).toBeLessThan(1e-5)
}

test('alt-texts of about one length are read together, the shortest first', () => {
  const lengthsOf = (lengths: readonly number[]) =>
    groupsOf(
      lengths.map((length) => ({
        slot: { sharedPads: 0, suffix: Array<number>(length).fill(5), tokens: length, cut: false },
      })),
    ).map((group) => group.map(({ slot }) => slot.tokens))
  expect(lengthsOf([])).toEqual([])
  expect(lengthsOf([3, 0, 1, 5, 0])).toEqual([
    [0, 0],
    [1, 3, 5],
  ])
  expect(lengthsOf([20, 3, 10, 4, 60])).toEqual([[3, 4, 10, 20], [60]])
  expect(lengthsOf([128, 128])).toEqual([[128], [128]]) // computing takes as long either way
})

test('only new keys and values come out of the graph, and all logits only when asked', async () => {
  const { decoder, rule } = captioner
  const visual = new Float32Array(rule.visualTokens * rule.decoder.hidden)
  const prefix = await computePrefix(decoder, rule, visual)
  const [first] = prefix.positions
  expect(first?.data.length).toBe(decoder.shape.heads * prefix.length * decoder.shape.headDim)
  const past = pastOf(prefix)
  const output = await runDecoder(decoder, { ids: [[5, 6]], counts: [2], past })
  expect(output.fresh.every(({ stride }) => stride === 2)).toBe(true)
  expect(output.next[0]?.all).toBeNull()
})
