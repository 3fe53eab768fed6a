/** Runs the graphs of a folder once on the processor: what they give becomes the golden values every later load is held to. */
import { RealignError, throwIfAborted } from '../../shared/errors.ts'
import {
  goldenPixels,
  type Golden,
  type Manifest,
  type VariantName,
} from '../../shared/manifest.ts'
import { normalise } from '../image/preprocess.ts'
import type { Bundle } from '../model/bundle.ts'
import { embedPixels, openModel, type Model } from '../model/model.ts'
import type { GraphOptions } from '../ort.ts'
import { embedTexts } from '../score/embed-texts.ts'
import { toScorerText } from '../text/scorer-text.ts'

const IMAGE_SEED = 0
const TEXT = 'a photo of a great gray owl'
const LONGER = 'a photo of a great gray owl on a branch in front of a dark wood, at night'
/** Values kept of each embedding, as the exporter keeps them. */
const KEPT = 8
const FP32_TOLERANCE = 1e-3
/** An embedding that moves by more when a longer text stands in the same call is read at its pads. */
const PAD_TOLERANCE = 1e-3
/** Below this cosine a smaller variant is another model. */
const SAME_MODEL = 0.9

interface Embedded {
  readonly ids: readonly number[]
  readonly image: Float32Array
  readonly text: Float32Array
}

const largest = (a: Float32Array, b: Float32Array): number =>
  a.reduce((worst, value, at) => Math.max(worst, Math.abs(value - (b[at] ?? NaN))), 0)

const dot = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, value, at) => sum + value * (b[at] ?? NaN), 0)

const refused = (message: string): RealignError =>
  new RealignError('model-mismatch', message, {
    hint: 'Its scores would not be those of the model; export the text encoder again.',
  })

async function embed(model: Model): Promise<Embedded> {
  const { image, imageEncoder } = model.bundle.manifest
  if (!model.scorer) throw new RealignError('bug', 'A CLIP without a scorer')
  const { rule, text: graph, tokenizer } = model.scorer
  const [ids, longer] = [TEXT, LONGER].map((one) => toScorerText(one, rule, tokenizer).ids)
  if (!ids || !longer) throw new RealignError('bug', 'No ids')
  const encoder = { graph, padId: rule.padId, size: imageEncoder.embedding }
  const alone = await embedTexts(encoder, [ids])
  const together = (await embedTexts(encoder, [ids, longer])).subarray(0, alone.length)
  if (!(largest(alone, together) <= PAD_TOLERANCE))
    throw refused(`${graph.file} reads what stands behind the end of a text`)
  const pixels = normalise(goldenPixels(image.size, IMAGE_SEED), image)
  return { ids, image: await embedPixels(model, pixels), text: alone }
}

const kept = (values: Float32Array): number[] => [...values.subarray(0, KEPT)]

export interface Proven {
  readonly golden: Golden
  readonly variants: readonly VariantName[]
  /** Variants that do not run here, or are another model, each with the reason. */
  readonly leftOut: readonly string[]
}

/**
 * The first of `variants` that runs is the one the others are held to. Yields the variant that it turns to.
 * @throws RealignError model-mismatch where none runs
 */
export async function* proveClip(
  bundle: Bundle,
  variants: readonly VariantName[],
  { signal, ...options }: Omit<GraphOptions, 'device'> & { readonly signal: AbortSignal },
): AsyncGenerator<VariantName, Proven> {
  const good = new Map<VariantName, Embedded>()
  const leftOut: string[] = []
  let first: unknown
  for (const variant of variants) {
    yield variant
    throwIfAborted(signal)
    try {
      const found = await embedOnce(bundle, variant, options)
      const [own] = good.values()
      const alike = own ? Math.min(dot(own.image, found.image), dot(own.text, found.text)) : 1
      if (alike < SAME_MODEL)
        leftOut.push(`${variant} (cosine ${alike.toFixed(2)} with the others)`)
      else good.set(variant, found)
    } catch (error) {
      if (!(error instanceof RealignError)) throw error
      first ??= error
      leftOut.push(`${variant} (${error.message.slice(0, 120)})`)
    }
  }
  const [own] = good.values()
  if (!own) throw first ?? new RealignError('bug', 'No variant was tried')
  const tolerance: Manifest['golden']['tolerance'] = {}
  for (const [variant, found] of good) {
    const off = Math.max(largest(own.image, found.image), largest(own.text, found.text))
    tolerance[variant] = FP32_TOLERANCE + 2 * off
  }
  const { ids, image, text } = own
  return {
    golden: {
      imageSeed: IMAGE_SEED,
      imageEmbeds: kept(image),
      cases: [],
      text: { text: TEXT, ids: [...ids], textEmbeds: kept(text) },
      tolerance,
    },
    variants: [...good.keys()],
    leftOut,
  }
}

async function embedOnce(
  bundle: Bundle,
  variant: VariantName,
  options: Omit<GraphOptions, 'device'>,
): Promise<Embedded> {
  const opening = openModel(bundle, variant, { ...options, device: 'cpu' })
  for (;;) {
    const step = await opening.next()
    if (!step.done) continue
    const model = step.value
    try {
      return await embed(model)
    } finally {
      await model.close()
    }
  }
}
