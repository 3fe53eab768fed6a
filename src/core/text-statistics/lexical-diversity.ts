/** Type-token ratio that does not fall with the length of a text: a moving average (Covington and McFall 2010, MATTR). */

/** Words in a window. */
export const MATTR_WINDOW = 100

/** Mean share of different words in every run of `window` words; null of a shorter text. Words are numbers below `types`. */
export function mattr(
  words: ArrayLike<number>,
  types: number,
  window = MATTR_WINDOW,
): number | null {
  if (words.length < window) return null
  const counts = new Uint32Array(types)
  let [different, sum] = [0, 0]
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as number
    if (counts[word] === 0) different++
    counts[word] = (counts[word] as number) + 1
    if (i >= window) {
      const gone = words[i - window] as number
      counts[gone] = (counts[gone] as number) - 1
      if (counts[gone] === 0) different--
    }
    if (i >= window - 1) sum += different
  }
  return sum / window / (words.length - window + 1)
}
