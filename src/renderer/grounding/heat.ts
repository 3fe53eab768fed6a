/** Which patches of the picture a word hangs on, ready to be drawn. */
import type { ImageOcclusion } from '../stores/lens.ts'
import { overlaps, type Stretch } from './code-points.ts'

export interface HeatPatch {
  /** From 0. */
  readonly row: number
  readonly column: number
  /** Nats by which the words fall when it is covered; below 0 they rise. */
  readonly value: number
  /** 0 to 1: share of the strongest either way, or of one nat where all are weaker: noise must not glow. */
  readonly strength: number
}

const LEAST_FULL = 1

export interface Heat {
  readonly patches: readonly HeatPatch[]
  readonly strongest: HeatPatch | null
}

/** The map of the words looked at, or of the whole caption. */
export function heatOf({ grid, words, maps, whole }: ImageOcclusion, at: Stretch | null): Heat {
  const touched = at ? words.flatMap((word, index) => (overlaps(word, at) ? [index] : [])) : []
  const values = whole.map((value, patch) =>
    touched.length === 0
      ? value
      : touched.reduce((total, word) => total + (maps[word]?.[patch] ?? 0), 0),
  )
  const most = Math.max(...values.map(Math.abs), LEAST_FULL)
  const patches = values.map((value, patch): HeatPatch => ({
    row: Math.floor(patch / grid),
    column: patch % grid,
    value,
    strength: Math.abs(value) / most,
  }))
  const strongest = patches.reduce<HeatPatch | null>(
    (best, patch) => (best === null || patch.value > best.value ? patch : best),
    null,
  )
  return { patches, strongest }
}
