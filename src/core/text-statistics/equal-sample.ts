/** As many images of every row, the same ones where rows have them, so that what grows with the sample can be compared. */
import { fnv1a } from '../../shared/random.ts'

/** Rows with a smaller share of the images of the largest one would leave little to compare the others by. */
export const LEAST_OF_LARGEST = 0.5

/** Places of `imageIds` in an order that depends on a seed and each id alone: rows of the same images begin alike. */
export function sampleOrder(imageIds: readonly string[], seed: number): readonly number[] {
  const keys = imageIds.map((id) => fnv1a(`${seed} ${id}`))
  const less = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
  return imageIds
    .map((_, at) => at)
    .sort((a, b) => keys[a]! - keys[b]! || less(imageIds[a]!, imageIds[b]!))
}

/** The images of the smallest row, rows with few aside; 0 where there are none. */
export function sampleSize(images: readonly number[]): number {
  const largest = Math.max(0, ...images)
  const counted = images.filter((one) => one > 0 && one >= LEAST_OF_LARGEST * largest)
  return counted.length === 0 ? 0 : Math.min(...counted)
}

/** 1, 2, 5, 10, 20, 50, … and the whole sample. */
export function growthSizes(size: number): readonly number[] {
  const sizes: number[] = []
  for (let ten = 1; ten <= size; ten *= 10)
    for (const one of [ten, 2 * ten, 5 * ten]) if (one < size) sizes.push(one)
  return size > 0 ? [...sizes, size] : []
}
