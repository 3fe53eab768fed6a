/** What the grounding profile asks of the workspace file: few facts of very many cells, in one query each. */
import type { AltKind, GenerationSettings } from '../../shared/types.ts'

/** One use of a cell by a run, or one free caption of the workspace. */
export interface ProfileKey {
  readonly cellId: string
  readonly imageId: string
  readonly altKind: AltKind
  readonly captionerId: string
  /** Marks of the newest proposals by class; null where nothing was proposed. */
  readonly carried: number | null
  readonly rejected: number | null
  readonly erroneous: number | null
  /** A person decided on this cell: its counts must be folded. */
  readonly decided: boolean
}

export interface SeededCell {
  readonly id: string
  readonly imageId: string
  readonly altText: string
  readonly captionerId: string
  readonly settings: GenerationSettings
  readonly seed: number
  readonly caption: string
}

export interface ImageFacts {
  /** As imported, or as last said in an alt-text of that kind. */
  readonly className: string | null
  readonly group: string | null
}

export interface ProfileStore {
  /** Image by image: of a run in the order of its work, of the workspace newest images first. */
  keys(runId: string | null): readonly ProfileKey[]
  /** In the same order, those whose image, alt-text, captioner and settings occur more than once. */
  repeated(runId: string | null): readonly SeededCell[]
  images(): ReadonlyMap<string, ImageFacts>
}
