/** Lets a loaded model prove itself: the manifest's golden image and texts, every shape on the way (FAULTS M12). */
import { RealignError } from '../../shared/errors.ts'
import { goldenPixels, type Golden } from '../../shared/manifest.ts'
import { admit } from '../generate/admit.ts'
import type { NextToken } from '../generate/decoder.ts'
import { createCache } from '../generate/kv-cache.ts'
import { computePrefix, type Prefix } from '../generate/prefix.ts'
import { normalise } from '../image/preprocess.ts'
import { embedTexts } from '../score/embed-texts.ts'
import { makeAltSlot } from '../text/alt-slot.ts'
import { toScorerText } from '../text/scorer-text.ts'
import { embedPixels, mapToVisual, type CaptionerModel, type Model } from './model.ts'

/** Logits of two devices may differ by this much and still be the same model (fp32). */
const MAX_FP32_DIFF = 1e-3

export interface GoldenReport {
  /** Largest absolute difference of any golden value. */
  readonly diff: number
  readonly limit: number
  /** Where the largest difference was. */
  readonly where: string
}

/** Runs the golden step. @throws RealignError model-mismatch where shapes or token ids differ */
export async function runGolden(model: Model): Promise<GoldenReport> {
  const { golden } = model.bundle.manifest
  const worst = { diff: 0, where: 'nothing' }
  const compare = (where: string, wanted: readonly number[], got: ArrayLike<number>): void => {
    wanted.forEach((value, at) => {
      const diff = Math.abs(value - (got[at] ?? NaN))
      if (!(diff <= worst.diff)) Object.assign(worst, { diff, where })
    })
  }
  const embedding = await goldenEmbedding(model)
  compare('the image embedding', golden.imageEmbeds, embedding)
  if (model.captioner) {
    const visual = await mapToVisual(model.captioner, embedding)
    compare('the visual tokens', golden.visualEmbeds ?? [], visual)
    const prefix = await computePrefix(model.captioner.decoder, model.captioner.rule, visual)
    checkPrefix(model.captioner, prefix)
    for (const one of golden.cases) {
      const wanted = one.variants[model.variant]
      if (!wanted) continue
      const next = await firstLogits(model.captioner, prefix, one)
      const where = `the logits after ${JSON.stringify(one.altText)}`
      compare(
        where,
        wanted.topLogits,
        wanted.topIds.map((id) => next?.all?.[id] ?? NaN),
      )
      compare(where, [wanted.lse], [next?.lse ?? NaN])
    }
  }
  if (model.scorer && golden.text)
    compare('the text embedding', golden.text.textEmbeds, await embedGoldenText(model, golden.text))
  const stated = golden.tolerance[model.variant] ?? MAX_FP32_DIFF
  const limit = model.variant === 'fp32' ? Math.min(stated, MAX_FP32_DIFF) : stated
  return { ...worst, limit }
}

const goldenEmbedding = (model: Model): Promise<Float32Array> => {
  const { golden, image } = model.bundle.manifest
  return embedPixels(model, normalise(goldenPixels(image.size, golden.imageSeed), image))
}

/** The golden image as the decoder reads it. */
export async function goldenPrefix(model: Model, captioner: CaptionerModel): Promise<Prefix> {
  const visual = await mapToVisual(captioner, await goldenEmbedding(model))
  return computePrefix(captioner.decoder, captioner.rule, visual)
}

async function firstLogits(
  { rule, decoder, tokenizer }: CaptionerModel,
  prefix: Prefix,
  { altText, altIds }: Golden['cases'][number],
): Promise<NextToken | undefined> {
  const ids = tokenizer.encode(altText)
  checkIds(altText, ids, altIds)
  const room = { rows: 1, ahead: 0, wantAll: true }
  const slot = makeAltSlot(ids, rule)
  const [next] = await admit(decoder, createCache(decoder.shape), room, [{ prefix, slot }])
  return next
}

async function embedGoldenText(
  { scorer, bundle }: Model,
  { text, ids }: NonNullable<Golden['text']>,
): Promise<Float32Array> {
  if (!scorer) return new Float32Array(0)
  const read = toScorerText(text, scorer.rule, scorer.tokenizer)
  checkIds(text, read.ids, ids)
  const { padId } = scorer.rule
  const size = bundle.manifest.imageEncoder.embedding
  return embedTexts({ graph: scorer.text, padId, size }, [ids])
}

const mismatch = (message: string): RealignError =>
  new RealignError('model-mismatch', message, {
    hint: 'The files of this bundle do not belong together; export it again.',
  })

function checkIds(text: string, got: readonly number[], wanted: readonly number[]): void {
  if (got.join() !== wanted.join())
    throw mismatch(
      `The tokenizer reads ${JSON.stringify(text.slice(0, 40))} as ${got.join(' ')}, the manifest says ${wanted.join(' ')}`,
    )
}

function checkPrefix({ rule, decoder, tokenizer }: CaptionerModel, prefix: Prefix): void {
  const { heads, headDim, layers, vocab, topLogits } = rule.decoder
  const file = decoder.graph.file
  if (tokenizer.size > vocab)
    throw mismatch(`The tokenizer has ${tokenizer.size} pieces, the decoder ${vocab}`)
  if (decoder.graph.inputs.includes(`past.${layers}.key`))
    throw mismatch(`${file} has more than ${layers} layers`)
  const size = heads * prefix.length * headDim
  if (prefix.positions.some(({ data, stride }) => stride !== prefix.length || data.length !== size))
    throw mismatch(`${file}: keys and values are not ${heads} heads of ${headDim}`)
  if (prefix.next.ids.length !== topLogits || prefix.next.all?.length !== vocab)
    throw mismatch(`${file}: logits are not the ${topLogits} largest of ${vocab}`)
}
