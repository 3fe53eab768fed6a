/** One bootstrap for a whole report: every section measures the same draws of images, made once (section 6.1). */
import type { Estimate } from '../../../shared/study-report.ts'
import { percentileInterval, type BootstrapOptions } from './bootstrap.ts'
import { mulberry32 } from './mulberry32.ts'

/** `counts[i]` = how often image i was drawn in resample b. */
export type Measure = (counts: Uint32Array, resample: number) => void

export interface Resampler extends BootstrapOptions {
  /** Calls `measure` for every resample once the draws run; the same seed and number of images, the same draws. */
  draw(images: number, measure: Measure): void
}

/** Something that can be told only after the draws have run. */
export type Later<T> = () => T

/** Images counted between two yields at most: a few milliseconds. */
const COUNTED_AT_ONCE = 200_000

/** Sections announce what they measure; `run` then draws, and yields how far it is (0 to 1). */
export function createResampler(
  options: BootstrapOptions,
): Resampler & { run(): Generator<number, void> } {
  const { seed, resamples } = options
  const groups = new Map<number, Measure[]>()
  return {
    ...options,
    draw(images, measure) {
      if (images === 0) return
      const group = groups.get(images)
      if (group) group.push(measure)
      else groups.set(images, [measure])
    },
    *run() {
      const weight = [...groups].reduce((sum, [n, list]) => sum + n * list.length, 0)
      let [done, counted] = [0, 0]
      for (const [images, measures] of groups) {
        const random = mulberry32(seed)
        const counts = new Uint32Array(images)
        const share = (images * measures.length) / weight / resamples
        for (let b = 0; b < resamples; b++) {
          counts.fill(0)
          for (let i = 0; i < images; i++) {
            const drawn = Math.floor(random() * images)
            counts[drawn] = (counts[drawn] as number) + 1
          }
          for (const measure of measures) measure(counts, b)
          done += share
          counted += images * (measures.length + 1)
          if ((b & 63) !== 63 && counted < COUNTED_AT_ONCE) continue
          counted = 0
          yield Math.min(1, done)
        }
      }
    },
  }
}

/** Interval of one number a resample; null where the estimate itself is not a number. */
export function estimateLater(
  resampler: Resampler,
  images: number,
  about: { readonly value: number; readonly measure: (counts: Uint32Array) => number },
): Later<Estimate | null> {
  const { value, measure } = about
  if (images === 0 || Number.isNaN(value)) return () => null
  const values = new Float64Array(resampler.resamples)
  resampler.draw(images, (counts, b) => (values[b] = measure(counts)))
  return () => ({ value, ...percentileInterval(values) })
}
