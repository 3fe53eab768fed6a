/** What the dataset view asks of the workspace file: few numbers of many cells, in one query. */
import type { AltKind } from '../../shared/types.ts'

/** One use of a cell by a run, or one cell of the workspace; no texts, so that many fit. */
export interface DatasetKey {
  readonly cellId: string
  readonly imageId: string
  readonly altKind: AltKind
  readonly sample: number
  /** null unless texts were asked for. */
  readonly altText: string | null
  readonly caption: string | null
  readonly clip: number | null
  /** Of the newest proposals; null where nothing was proposed. */
  readonly carried: number | null
  readonly rejected: number | null
  readonly erroneous: number | null
  /** A person decided on this cell: the counts must be folded. */
  readonly decided: boolean
}

export interface KeysQuery {
  readonly runId: string | null
  /** '' for any. */
  readonly words: string
  /** Alt-texts and captions too, for a comparison of runs. */
  readonly withTexts: boolean
}

export interface RunRow {
  readonly id: string
  /** JSON as it was asked. */
  readonly request: string
  readonly status: string
  readonly startedAt: string
  readonly cells: number
  readonly failed: number
}

export interface DatasetStore {
  /** Of a run in the order of its work; of the workspace by image name, then as captioned. */
  keys(query: KeysQuery): readonly DatasetKey[]
  /** Log-probability of each caption minus that of its reading in this context, where it was read. */
  lifts(context: string): ReadonlyMap<string, number>
  /** Newest first. */
  runs(limit: number): readonly RunRow[]
  run(runId: string): RunRow | undefined
}
