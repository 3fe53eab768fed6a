/** Seeded random numbers: the same seed gives the same numbers on every machine. */

/** Mixes one 32-bit word (splitmix32); spreads neighbouring seeds far apart. */
function mix(word: number): number {
  let z = (word + 0x9e3779b9) | 0
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad)
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
  return (z ^ (z >>> 15)) >>> 0
}

/** Uniform numbers in [0, 1) with 53 random bits each (generator: sfc32). `seed` is any safe integer. */
export function seededRandom(seed: number): () => number {
  const high = Math.floor(seed / 2 ** 32) | 0
  let a = mix(seed | 0)
  let b = mix(high ^ a)
  let c = mix(a ^ b)
  let counter = 1
  const word = (): number => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    return sum >>> 0
  }
  for (let i = 0; i < 12; i++) word()
  return () => ((word() >>> 5) * 2 ** 26 + (word() >>> 6)) / 2 ** 53
}

/** A whole number in [0, below). */
export const randomInt = (random: () => number, below: number): number =>
  Math.floor(random() * below)

/** 32-bit hash of a text (FNV-1a over its UTF-16 code units). */
export function fnv1a(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++)
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0
  return hash
}
