/** The engine's own decoding on a benchmark shape: shared prefix, prompts, loop. */
import type { Decoder } from '../src/engine/generate/decoder.ts'
import { generate } from '../src/engine/generate/loop.ts'
import { computePrefix, type Prefix } from '../src/engine/generate/prefix.ts'
import { openGraph } from '../src/engine/ort.ts'
import { makeAltSlot } from '../src/engine/text/alt-slot.ts'
import type { Captioner } from '../src/shared/manifest.ts'
import { DEFAULT_SETTINGS } from '../src/shared/types.ts'
import { VISUAL_TOKENS, type Shape } from './shapes.ts'

/** `pads` masked: exact lengths, as transformers.js is fed. attended: the paper's slot of 128. */
export const ruleOf = (shape: Shape, pads: 'masked' | 'attended'): Captioner => ({
  visualTokens: VISUAL_TOKENS,
  decoder: {
    layers: shape.layers,
    hidden: shape.hidden,
    heads: shape.heads,
    headDim: shape.hidden / shape.heads,
    vocab: shape.vocab,
    maxPositions: shape.positions,
    topLogits: 50,
  },
  altSlot: { length: 128, side: 'left', pads, joiner: '; ' },
  ids: { pad: 1, eos: shape.vocab }, // an id that never comes: every run makes all its tokens
  maxNewTokens: 64,
  sampling: { temperature: 0.2, topK: 50, topP: 0.7 },
  tokenizer: 'none.json',
})

export interface Work {
  /** [visual tokens, hidden] */
  readonly visual: Float32Array
  readonly prompts: readonly (readonly number[])[]
  readonly tokens: number
  readonly greedy: boolean
}

export async function openOurs(shape: Shape, file: string): Promise<Decoder> {
  const graph = await openGraph({ file, content: file }, { device: 'cpu' })
  return {
    graph,
    hidden: shape.hidden,
    shape: { layers: shape.layers, heads: shape.heads, headDim: shape.hidden / shape.heads },
  }
}

export const prefixOf = (
  decoder: Decoder,
  rule: Captioner,
  visual: Float32Array,
): Promise<Prefix> => computePrefix(decoder, rule, visual)

/** Tokens of every prompt. The image is new: its prefix is computed here. */
export async function runOurs(
  decoder: Decoder,
  rule: Captioner,
  { visual, prompts, tokens, greedy }: Work,
): Promise<number[][]> {
  const prefix = await computePrefix(decoder, rule, visual)
  const out: number[][] = prompts.map(() => [])
  const loop = generate(
    { decoder, batch: prompts.length },
    {
      prompts: prompts.map((ids, key) => ({
        key,
        seed: key,
        forced: [],
        prefix,
        slot: makeAltSlot(ids, rule),
      })),
      rule: { ...DEFAULT_SETTINGS, greedy },
      eos: rule.ids.eos,
      maxNewTokens: tokens,
    },
    new AbortController().signal,
  )
  for await (const { key, id } of loop) out[key]?.push(id)
  return out
}
