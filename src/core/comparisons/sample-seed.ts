/** Seeds of further samples, derived so that sample n of a seed is the same on every machine. */

/**
 * Seed of sample n, a 32-bit unsigned integer: sample 0 is the given seed, sample n the n-th step of a
 * Weyl sequence from it, finished as in MurmurHash3 (32-bit finalizer) so that neighbours share no pattern.
 */
export function sampleSeed(seed: number, sample: number): number {
  if (sample === 0) return seed
  let h = (seed + Math.imul(sample, 0x9e3779b9)) >>> 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}
