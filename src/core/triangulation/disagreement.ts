/**
 * Where two measures see the captions of an image in another order, caption by caption.
 *
 * Captions are compared within their image only: between images a score says more of the picture than of the caption.
 * For measures A and B and a caption j of an image with n captions that have both,
 *
 *   d(j) = 1 / (n - 1) x sum over the other captions k of  s(j, k) x min(|A(j) - A(k)| / sA, |B(j) - B(k)| / sB)
 *
 * with s = +1 where A puts j above k and B below it, -1 the other way round, and 0 where they agree or one of them
 * leaves the pair open. sA is the standard deviation of A within images, pooled over all of them: an image of two
 * captions could tell nothing of its own spread. So a pair weighs what the weaker of its two contradictions weighs (a
 * clear opinion against a hair's breadth is no disagreement), the discordant pairs are those of Kendall's tau, and the
 * d of an image sum to 0.
 */
import { thoseWith, imagesIn, type Captions, type Column } from './captions.ts'

/** Not a number where no image has two captions with this measure; 0 where they never differ. Yields often. */
export function* spreadWithin(captions: Captions, column: Column): Generator<void, number> {
  let [squares, freedom] = [0, 0]
  for (let image = 0; image < imagesIn(captions); image++) {
    const those = thoseWith(captions, image, [column])
    if (those.length < 2) continue
    const values = those.map((at) => column[at] as number)
    const mean = values.reduce((a, b) => a + b, 0) / values.length
    for (const value of values) squares += (value - mean) ** 2
    freedom += values.length - 1
    yield
  }
  return Math.sqrt(squares / freedom)
}

/** One number a caption; not a number where it lacks a measure, or has both alone on its image. Yields often. */
export function* disagreements(
  captions: Captions,
  a: Column,
  b: Column,
): Generator<void, Float64Array> {
  const spreadA = yield* spreadWithin(captions, a)
  const spreadB = yield* spreadWithin(captions, b)
  const out = new Float64Array(a.length).fill(Number.NaN)
  for (let image = 0; image < imagesIn(captions); image++) {
    const those = thoseWith(captions, image, [a, b])
    if (those.length < 2) continue
    for (const j of those) {
      let sum = 0
      for (const k of those) {
        const byA = ((a[j] as number) - (a[k] as number)) / spreadA
        const byB = ((b[j] as number) - (b[k] as number)) / spreadB
        if (byA * byB < 0) sum += Math.sign(byA) * Math.min(Math.abs(byA), Math.abs(byB))
      }
      out[j] = sum / (those.length - 1)
    }
    yield
  }
  return out
}
