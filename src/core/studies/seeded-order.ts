/** Orders that depend on a text seed only: the plan is the same on every machine. */
import { fnv1a } from '../../shared/random.ts'
import { mulberry32, shuffled } from './statistics/mulberry32.ts'

/** 32-bit hash of a text (FNV-1a with a final mix). */
export function hashText(text: string): number {
  const hash = fnv1a(text)
  const mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  return (mixed ^ (mixed >>> 13)) >>> 0
}

export const seededOrder = <T>(items: readonly T[], seed: string): T[] =>
  shuffled(items, mulberry32(hashText(seed)))
