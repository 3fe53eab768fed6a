/** CLIP scores of captions: cosine x 100 as in the paper, CLIP-S beside it, and each sentence alone. */
import type { CaptionScore } from '../../core/ports.ts'
import { throwIfAborted } from '../../shared/errors.ts'
import type { Scorer } from '../../shared/manifest.ts'
import type { Graph } from '../ort.ts'
import { toScorerText, type ScorerText } from '../text/scorer-text.ts'
import { splitSentences } from '../text/sentences.ts'
import type { Tokenizer } from '../text/tokenizer.ts'
import { embedTexts } from './embed-texts.ts'

/** Texts encoded in one run; more would only need more memory. */
const ROWS = 32
/** Weight of CLIP-S (Hessel et al. 2021, equation 1). */
const CLIPS_WEIGHT = 2.5

export interface ScorerModel {
  readonly id: string
  readonly sha256: string
  readonly scorer: Scorer
  readonly text: Graph
  readonly tokenizer: Tokenizer
}

interface Wanted {
  readonly key: string
  readonly text: string
  readonly bare: ScorerText
  readonly sentences: readonly string[]
}

/** `image` is the L2-normalised image embedding of the scorer's own encoder. */
export async function scoreCaptions(
  model: ScorerModel,
  input: {
    readonly image: Float32Array
    readonly captions: readonly { readonly key: string; readonly text: string }[]
  },
  signal: AbortSignal,
): Promise<readonly CaptionScore[]> {
  const read = (text: string) => toScorerText(text, model.scorer, model.tokenizer)
  const wanted = input.captions.map(({ key, text }): Wanted => ({
    key,
    text,
    bare: read(text),
    sentences: splitSentences(text),
  }))
  const rows = wanted.flatMap(({ text, bare, sentences }) => [
    bare,
    read(model.scorer.clipsPrefix + text),
    ...sentences.map(read),
  ])
  const cosines = await cosinesOf(model, { image: input.image, rows }, signal)
  let at = 0
  return wanted.map(({ key, bare, sentences }): CaptionScore => {
    const clip = 100 * (cosines[at++] ?? NaN)
    const clipS = CLIPS_WEIGHT * Math.max(cosines[at++] ?? NaN, 0)
    return {
      key,
      clip,
      clipS,
      perSentence: sentences.map((text) => ({ text, clip: 100 * (cosines[at++] ?? NaN) })),
      tokens: bare.tokens,
      truncated: bare.truncated,
      coveredChars: bare.coveredChars,
      policy: model.scorer.policy,
      scorerId: model.id,
      scorerSha256: model.sha256,
    }
  })
}

async function cosinesOf(
  { text, scorer }: ScorerModel,
  { image, rows }: { readonly image: Float32Array; readonly rows: readonly ScorerText[] },
  signal: AbortSignal,
): Promise<readonly number[]> {
  const encoder = { graph: text, padId: scorer.padId, size: image.length }
  const cosines: number[] = []
  for (let from = 0; from < rows.length; from += ROWS) {
    throwIfAborted(signal)
    const part = rows.slice(from, from + ROWS).map((row) => row.ids)
    const data = await embedTexts(encoder, part)
    for (let row = 0; row < part.length; row++)
      cosines.push(dot(image, data.subarray(row * image.length, (row + 1) * image.length)))
  }
  return cosines
}

const dot = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, value, at) => sum + value * (b[at] ?? NaN), 0)
