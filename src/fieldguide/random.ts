/** Seeded randomness: the same key gives the same numbers on every machine. */

/** A 32-bit hash of a string (MurmurHash3 finaliser). */
export const hash = (s: string): number => {
  let h = 1779033703 ^ s.length
  for (let i = 0; i < s.length; i++) {
    h = Math.imul(h ^ s.charCodeAt(i), 3432918353)
    h = (h << 13) | (h >>> 19)
  }
  h = Math.imul(h ^ (h >>> 16), 2246822507)
  h = Math.imul(h ^ (h >>> 13), 3266489909)
  return (h ^ (h >>> 16)) >>> 0
}

/** A stream of random numbers (mulberry32) named by its key. */
export class Rnd {
  readonly key: string
  private state: number

  constructor(seed: string | number) {
    this.key = String(seed)
    this.state = hash(this.key)
  }

  /** An independent stream: changing one aspect of a picture never moves another. */
  fork(label: string): Rnd {
    return new Rnd(`${this.key}/${label}`)
  }

  /** Uniform in [0, 1). */
  f(): number {
    let t = (this.state += 0x6d2b79f5)
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }

  /** Uniform in [a, b). */
  r(a: number, b: number): number {
    return a + (b - a) * this.f()
  }

  /** A whole number from a to b, both included. */
  i(a: number, b: number): number {
    return Math.floor(this.r(a, b + 1))
  }

  pick<T>(xs: readonly T[]): T {
    return xs[Math.floor(this.f() * xs.length)] as T
  }

  /** One of the given values; the weight of each is its number. */
  weighted<T extends string>(weights: Readonly<Record<T, number>>): T {
    const entries = Object.entries(weights) as [T, number][]
    let left = this.f() * entries.reduce((sum, [, weight]) => sum + weight, 0)
    for (const [value, weight] of entries) {
      left -= weight
      if (left < 0) return value
    }
    return (entries[entries.length - 1] as [T, number])[0]
  }

  chance(p: number): boolean {
    return this.f() < p
  }

  /** Roughly normal, in (-2, 2). */
  n(): number {
    return this.f() + this.f() + this.f() + this.f() - 2
  }
}
