/** Which loaded models give way before one more is loaded. */
import type { VariantName } from '../../shared/manifest.ts'
import type { Bundle } from './bundle.ts'
import { graphBytes } from './model.ts'

/** Models kept in memory at once. */
const KEPT_MODELS = 4

export interface Held {
  readonly key: string
  readonly bundleSha256: string
  /** About what it takes of the memory. */
  readonly bytes: number
}

/** A loaded variant: its weights lie in the files as float16 at most, and are computed with in float32. */
export const heldBytes = (bundle: Bundle, variant: VariantName): number =>
  2 * graphBytes(bundle.manifest, Object.values(bundle.manifest.variants[variant] ?? {}))

/**
 * Keys of those of `held` (last used last) that are closed so that no more than four models, and with
 * `next` no more than `limit` bytes, are loaded. Another variant of the same bundle goes first, then
 * what was used longest ago. The other bundle used last stays whatever it takes: a captioner and its
 * scorer take turns.
 */
export function givingWay(held: readonly Held[], next: Held, limit: number): readonly string[] {
  const twins = held.filter((one) => one.bundleSha256 === next.bundleSha256)
  const others = held.filter((one) => one.bundleSha256 !== next.bundleSha256)
  const gone: string[] = []
  let left = held.length
  let bytes = next.bytes + held.reduce((sum, one) => sum + one.bytes, 0)
  for (const one of [...twins, ...others.slice(0, -1)]) {
    if (left < KEPT_MODELS && bytes <= limit) break
    gone.push(one.key)
    left -= 1
    bytes -= one.bytes
  }
  return gone
}
