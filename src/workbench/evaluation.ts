/** Evaluates a bundle through the product's own engine, on drawings and on labelled photographs. */
import { createHash } from 'node:crypto'
import { drawnPicture } from '../core/evaluation/drawn-picture.ts'
import type { EvaluationPicture, EvaluationSubject } from '../core/evaluation/evaluate.ts'
import { photoPicture } from '../core/evaluation/photo-picture.ts'
import { PHOTO_SIDE, readPhotoTruth, type Box } from '../core/evaluation/photo-truth.ts'
import type { CaptionEngine } from '../core/ports.ts'
import type { Engine } from '../engine/engine.ts'
import { decodeSquare } from '../engine/image/decode.ts'
import { createLocalEngine } from '../engine/local-engine.ts'
import { PLATES } from '../fieldguide/plates.ts'
import { RealignError, throwIfAborted } from '../shared/errors.ts'
import { DEFAULT_SETTINGS, type GenerationSettings } from '../shared/types.ts'
import { drawPictures } from './field-guide.ts'

const DRAWN_SIDE = 512

/** An engine in this process: a batch command has nothing to keep responsive. */
export const openEvaluationEngine = (modelFolders: readonly string[]): Engine =>
  createLocalEngine({ modelFolders })

/** The bundle as the evaluation asks it: greedy captions, plain cosines. */
export function bundleSubject(
  engine: CaptionEngine,
  bundleId: string,
  variant: string,
): EvaluationSubject {
  const settings: GenerationSettings = { ...DEFAULT_SETTINGS, greedy: true, variant }
  const source = async ({ bytes }: EvaluationPicture) => {
    const content = await bytes()
    const imageId = createHash('sha256').update(content).digest('hex')
    return { imageId, bytes: () => Promise.resolve(content) }
  }
  return {
    async captions(picture, altTexts, signal = new AbortController().signal) {
      const requests = altTexts.map((altText, i) => ({ key: String(i), altText, seed: 0 }))
      const job = { captionerId: bundleId, ...(await source(picture)), requests, settings }
      const made = new Map<string, string>()
      for await (const event of engine.caption(job, signal))
        if (event.kind === 'caption') made.set(event.caption.key, event.caption.text)
      return requests.map(({ key }) => made.get(key) ?? '')
    },
    async scores(picture, texts, signal = new AbortController().signal) {
      const captions = texts.map((text, i) => ({ key: String(i), text }))
      const job = { scorerId: bundleId, ...(await source(picture)), captions }
      return (await engine.score(job, signal)).map(({ clip }) => clip)
    },
  }
}

/** Drawings of a seed that training never used, as a person would open them. */
export async function drawnPictures(
  engine: Engine,
  seed: string,
  count: number,
): Promise<readonly EvaluationPicture[]> {
  const render = (svg: string, size: number) => engine.renderSvg(svg, size)
  const pictures: EvaluationPicture[] = []
  for await (const { png, truth } of drawPictures({ seed, count, size: DRAWN_SIDE }, render))
    pictures.push({ truth: drawnPicture(truth, PLATES), bytes: () => Promise.resolve(png) })
  return pictures
}

export interface Photo {
  readonly id: string
  readonly names: readonly string[]
  readonly family: string
  readonly box: Box
  readonly bytes: Uint8Array
}

/** Photographs with what can be measured on them. @throws RealignError image-unreadable */
export async function photoPictures(
  photos: readonly Photo[],
  signal?: AbortSignal,
): Promise<readonly EvaluationPicture[]> {
  const pictures: EvaluationPicture[] = []
  const rule = { size: PHOTO_SIDE, resize: 'squash', kernel: 'cubic' } as const
  for (const { id, names, family, box, bytes } of photos) {
    throwIfAborted(signal)
    if (names.length === 0) throw new RealignError('bad-input', `${id} has no class name`)
    const truth = readPhotoTruth(await decodeSquare(bytes, rule), box)
    pictures.push({
      truth: photoPicture({ id, names, family, truth }),
      bytes: () => Promise.resolve(bytes),
    })
  }
  return pictures
}
