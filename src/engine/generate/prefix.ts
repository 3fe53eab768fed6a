/** What all prompts of one image share: visual tokens and leading pads, computed once (ENGINE.md, "shared prefill"). */
import type { Captioner } from '../../shared/manifest.ts'
import { sharedPadCount, type AltSlot } from '../text/alt-slot.ts'
import { emptyPast, runDecoder, type Decoder, type NextToken } from './decoder.ts'
import type { Past, Positions } from './kv-cache.ts'

export interface Prefix {
  /** Keys and values of the shared positions: 2 x layers of [1, heads, length, headDim]. */
  readonly positions: readonly Positions[]
  readonly length: number
  /** Those in front of its pads. */
  readonly visualTokens: number
  /** What follows when nothing is put behind: the empty alt-text of a left-padded slot. */
  readonly next: NextToken
  readonly bytes: number
}

/** `visual` is float32 [visualTokens, hidden]. */
export async function computePrefix(
  decoder: Decoder,
  captioner: Captioner,
  visual: Float32Array,
): Promise<Prefix> {
  const pads = Array<number>(sharedPadCount(captioner)).fill(captioner.ids.pad)
  const length = captioner.visualTokens + pads.length
  const input = {
    prefix: { data: visual, length: captioner.visualTokens },
    ids: [pads],
    counts: [length],
    past: emptyPast(decoder.shape, 1),
  }
  const output = await runDecoder(decoder, input, true)
  const [next = { logits: new Float32Array(0), ids: [], lse: NaN, all: null }] = output.next
  return {
    positions: output.fresh,
    length,
    visualTokens: captioner.visualTokens,
    next,
    bytes: output.fresh.reduce(
      (sum, part) => sum + part.data.byteLength,
      captioner.decoder.vocab * 4,
    ),
  }
}

/** Positions of the shared prefix that stand before what is in SLOT. */
export const keptOf = (prefix: Prefix, slot: AltSlot): number =>
  prefix.visualTokens + slot.sharedPads

/** The prefix as the past of one row, without a copy. */
export const pastOf = (prefix: Prefix): Past => ({
  buffers: prefix.positions.map((part) => part.data),
  capacity: prefix.length,
  lengths: [prefix.length],
})
