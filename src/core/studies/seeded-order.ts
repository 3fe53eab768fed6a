/** Orders that depend on a text seed only: the plan is the same on every machine. */
import { mulberry32, shuffled } from './statistics/mulberry32.ts'

/** 32-bit hash of a text (FNV-1a with a final mix). */
export function hashText(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++)
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  return (hash ^ (hash >>> 13)) >>> 0
}

export const seededOrder = <T>(items: readonly T[], seed: string): T[] =>
  shuffled(items, mulberry32(hashText(seed)))
