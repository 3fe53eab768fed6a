/** Pixels as the vision graph reads them. Pure: bytes in, normalised channels out. */
import type { ImageRule } from '../../shared/manifest.ts'

/** How the whole picture becomes the model's square. */
export interface SquareRule {
  readonly size: number
  readonly resize: 'squash' | 'centre-crop'
  readonly kernel: ImageRule['kernel']
}

/** The bundle's rule, with the resize a person chose instead ('bundle' keeps it). */
export function squareRule(image: ImageRule, resize: string): SquareRule {
  const chosen = resize === 'squash' || resize === 'centre-crop' ? resize : image.resize
  return { size: image.size, resize: chosen, kernel: image.kernel }
}

/**
 * RGB bytes [size, size, 3] to float32 [3, size, size]: (value / 255 - mean) / std per channel.
 * Meta CLIP's mean and std are in the manifest, not here.
 */
export function normalise(rgb: Uint8Array, image: ImageRule): Float32Array {
  const area = image.size * image.size
  const planes = new Float32Array(3 * area)
  for (let channel = 0; channel < 3; channel++) {
    const mean = image.mean[channel] ?? 0
    const std = image.std[channel] ?? 1
    for (let at = 0; at < area; at++)
      planes[channel * area + at] = ((rgb[at * 3 + channel] ?? 0) / 255 - mean) / std
  }
  return planes
}

/** The mean image: every pixel at the normalisation mean, so every input is exactly 0. */
export const meanImage = (image: ImageRule): Float32Array =>
  new Float32Array(3 * image.size * image.size)

/** One line for provenance: enough to prepare the same pixels elsewhere. */
export function describePreprocessing(image: ImageRule, rule: SquareRule, decoder: string): string {
  const list = (values: readonly number[]) => values.map((v) => v.toFixed(8)).join(' ')
  return `upright, alpha on white, sRGB; ${rule.resize} to ${rule.size} (${rule.kernel}) as Pillow; mean ${list(image.mean)}; std ${list(image.std)}; ${decoder}`
}
