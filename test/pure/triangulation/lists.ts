/** Lists of captions with measures of their own, one array an image. */
import type { Captions } from '../../../src/core/triangulation/captions.ts'
import type { TriangulationMeasure } from '../../../src/shared/contract/triangulation.ts'

/** `images[i][j]` = what caption j of image i has of each measure; null is none. */
export function listOf(
  measures: readonly TriangulationMeasure[],
  images: readonly (readonly (readonly (number | null)[])[])[],
): Captions {
  const all = images.flat()
  const starts = [0]
  for (const image of images) starts.push((starts.at(-1) ?? 0) + image.length)
  return {
    cellIds: all.map((_, at) => `cell ${at}`),
    kinds: all.map(() => 'free' as const),
    starts,
    columns: new Map(
      measures.map((name, which) => [
        name,
        Float64Array.from(all, (values) => values[which] ?? Number.NaN),
      ]),
    ),
  }
}

/** A generator to its end. */
export function finish<T>(work: Generator<unknown, T>): T {
  for (;;) {
    const step = work.next()
    if (step.done) return step.value
  }
}
