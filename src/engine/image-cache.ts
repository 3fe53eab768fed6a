/** What was computed of an image is kept under its content hash: embedding, visual prefix (ENGINE.md section 5). */
import type { VariantName } from '../shared/manifest.ts'
import { computePrefix, type Prefix } from './generate/prefix.ts'
import { decodeSquare } from './image/decode.ts'
import { checkPatch, occlude, viewKey, type ImageView } from './image/occlude.ts'
import { meanImage, normalise, squareRule } from './image/preprocess.ts'
import { createLru } from './lru.ts'
import { encoderSha256, type Bundle } from './model/bundle.ts'
import { embedPixels, mapToVisual, variantNames } from './model/model.ts'
import type { CaptionerModel, Model } from './model/model.ts'

/** Embeddings are some KB each, squares of pixels 48 to 600 KB, prefixes 100 KB to 66 MB. */
const EMBEDDING_BYTES = 32 * 2 ** 20
const PIXEL_BYTES = 16 * 2 ** 20

export interface ImageSource {
  /** sha256 of the original bytes. */
  readonly imageId: string
  readonly bytes: () => Promise<Uint8Array>
  readonly resize: string
  /** 'mean' puts the mean image in place of the picture; `bytes` is then not read. */
  readonly image: ImageView
}

export interface ImageCache {
  /** L2-normalised [E]. @throws RealignError image-unreadable */
  embedding(model: Model, source: ImageSource): Promise<Float32Array>
  prefix(model: Model, captioner: CaptionerModel, source: ImageSource): Promise<Prefix>
  /** True when `bytes` would not be read. */
  knows(bundle: Bundle, imageId: string, resize: string): boolean
  clear(): void
}

export function createImageCache(prefixBytes: number): ImageCache {
  const embeddings = createLru<Float32Array>(EMBEDDING_BYTES)
  const pixels = createLru<Float32Array>(PIXEL_BYTES)
  const prefixes = createLru<Prefix>(prefixBytes)
  const seen = (bundle: Bundle, resize: string): string => {
    const { image } = bundle.manifest
    return JSON.stringify([squareRule(image, resize), image.mean, image.std])
  }
  // Every device that runs a bundle has proved itself equal within the golden limit, and one process
  // keeps to one device, so the device is no part of the key.
  const keyOf = (bundle: Bundle, { imageId, resize, image }: Omit<ImageSource, 'bytes'>): string =>
    `${seen(bundle, resize)}:${viewKey(imageId, image)}`

  /** Normalised pixels of the picture itself; an occlusion map asks for them once a patch. */
  const ownPixels = async (source: ImageSource, bundle: Bundle): Promise<Float32Array> => {
    const key = keyOf(bundle, { ...source, image: 'own' })
    const kept = pixels.get(key)
    if (kept) return kept
    const rule = bundle.manifest.image
    const square = await decodeSquare(await source.bytes(), squareRule(rule, source.resize))
    const fresh = normalise(square, rule)
    pixels.set(key, fresh, fresh.byteLength)
    return fresh
  }

  const pixelsOf = async (source: ImageSource, bundle: Bundle): Promise<Float32Array> => {
    const rule = bundle.manifest.image
    if (source.image === 'mean') return meanImage(rule)
    if (source.image === 'own') return ownPixels(source, bundle)
    checkPatch(source.image, rule.size)
    return occlude(await ownPixels(source, bundle), rule.size, source.image)
  }

  const embeddingKey = (
    bundle: Bundle,
    variant: VariantName,
    of: Omit<ImageSource, 'bytes'>,
  ): string => `${encoderSha256(bundle, variant)}:${keyOf(bundle, of)}`

  const embedding = async (model: Model, source: ImageSource): Promise<Float32Array> => {
    const key = embeddingKey(model.bundle, model.variant, source)
    const kept = embeddings.get(key)
    if (kept) return kept
    const fresh = await embedPixels(model, await pixelsOf(source, model.bundle))
    embeddings.set(key, fresh, fresh.byteLength)
    return fresh
  }

  return {
    embedding,
    async prefix(model, captioner, source) {
      const key = `${model.bundle.bundleSha256}:${model.variant}:${keyOf(model.bundle, source)}`
      const kept = prefixes.get(key)
      if (kept) return kept
      const visual = await mapToVisual(captioner, await embedding(model, source))
      const fresh = await computePrefix(captioner.decoder, captioner.rule, visual)
      prefixes.set(key, fresh, fresh.bytes)
      return fresh
    },
    knows: (bundle, imageId, resize) =>
      variantNames(bundle.manifest).every((variant) => {
        const key = embeddingKey(bundle, variant, { imageId, resize, image: 'own' })
        return embeddings.get(key) !== undefined
      }),
    clear() {
      embeddings.clear()
      pixels.clear()
      prefixes.clear()
    },
  }
}
