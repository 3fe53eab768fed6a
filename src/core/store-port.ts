/** What the core asks of the workspace file. Synchronous: a call that returned is on disk. */
import type {
  AltKind,
  AltText,
  Cell,
  GenerationSettings,
  ImageCard,
  ImageDetail,
  Provenance,
  Score,
} from '../shared/types.ts'
import type { AnnotationStore } from './annotations/annotation-store.ts'
import type { DatasetStore } from './dataset/dataset-store.ts'
import type { ProfileStore } from './grounding/profile-port.ts'
import type { LensStore, MarkStore } from './grounding/store-port.ts'
import type { StudyStore } from './studies/study-store.ts'
import type { TriangulationStore } from './triangulation/triangulation-store.ts'

/** Ids are sha256 hex of the original bytes, everywhere. */
export interface NewImage {
  readonly id: string
  readonly name: string
  /** Where the original lies; null when its bytes are kept in the workspace instead. */
  readonly sourcePath: string | null
  /** The original bytes when there is no path to read them from again. */
  readonly bytes: Uint8Array | null
  readonly thumbnail: Uint8Array
  readonly width: number
  readonly height: number
  readonly format: string
  readonly sizeBytes: number
  readonly notes: readonly string[]
  readonly className: string | null
  readonly group: string | null
  readonly truth: string | null
  readonly altTexts: readonly AltText[]
  readonly addedAt: string
}

export interface ImageQuery {
  readonly after: string | null
  readonly limit: number
  readonly search: string
  readonly group: string | null
  readonly sort: 'added' | 'name'
}

/** Where an image comes from, by which a table may name it. */
export interface ImagePlace {
  /** Raises with every image; go on after it. */
  readonly seq: number
  readonly id: string
  readonly name: string
  readonly path: string | null
}

/** Words that somebody gave an image besides those it has; null leaves what is there. */
export interface ImageWords {
  readonly imageId: string
  readonly altTexts: readonly AltText[]
  readonly className: string | null
  readonly group: string | null
}

export interface Page<T> {
  readonly rows: readonly T[]
  /** Opaque place to go on from; null at the end. */
  readonly next: string | null
}

export interface ImageStore {
  /** A removed image whose bytes come again is shown again and counts as added; its past stays. */
  add(image: NewImage): 'added' | 'duplicate'
  /** True when no image was ever added, hidden ones included. */
  isEmpty(): boolean
  card(id: string): ImageCard | undefined
  detail(id: string): ImageDetail | undefined
  /** Newest first, or by name. */
  page(query: ImageQuery): Page<ImageCard> & { readonly total: number }
  thumbnail(id: string): Uint8Array | undefined
  /** Where the original can be read: bytes in the file, or the path they came from. */
  original(
    id: string,
  ): { readonly bytes: Uint8Array | null; readonly path: string | null } | undefined
  /** Appends unless the newest of that kind reads the same. */
  addAltText(imageId: string, altText: AltText, addedAt: string): void
  /** The same for many images at once, with class name and group of each; one transaction. */
  describe(words: readonly ImageWords[], addedAt: string): void
  /** Images that are not hidden, oldest first. */
  places(afterSeq: number, limit: number): readonly ImagePlace[]
  hide(ids: readonly string[]): number
}

/** What makes two captions the same computation. Under greedy, seed and sampling do not take part. */
export interface CellIdentity {
  readonly imageId: string
  /** Exactly the text that fills the slot, several joined. */
  readonly altText: string
  readonly captionerId: string
  readonly bundleSha256: string
  readonly settings: GenerationSettings
  readonly seed: number
  /** Tokens that the caption was made to begin with; left out where it was free. */
  readonly prefix?: readonly number[]
}

export interface NewCaption {
  readonly identity: CellIdentity
  readonly runId: string
  readonly altKind: AltKind
  readonly text: string
  readonly tokenIds: readonly number[]
  readonly logProbs: readonly number[]
  readonly provenance: Provenance
  readonly createdAt: string
}

export interface StoredTokens {
  readonly captionerId: string
  readonly tokenIds: readonly number[]
  readonly logProbs: readonly number[]
}

export interface Replay {
  readonly cellId: string
  readonly identical: boolean
  readonly caption: string
  readonly maxLogProbDiff: number
  readonly note: string
  readonly createdAt: string
}

/** Append-only: what is in here is never changed and never deleted. */
export interface CaptionStore {
  /** One transaction: the cell, the caption with its checksum, its place in the run. */
  add(caption: NewCaption): Cell
  /** The newest finished caption of that computation. */
  find(identity: CellIdentity): Cell | undefined
  get(cellId: string): Cell | undefined
  tokens(cellId: string): StoredTokens | undefined
  /** Of one image, oldest first; what the captioner said freely, no branches. */
  ofImage(imageId: string): readonly Cell[]
  /** Captions of one image that were made to begin as they do, oldest first. */
  branchesOf(imageId: string): readonly Cell[]
  /** Who said something freely of these images, under which kind, oldest first; `images`: of how many of them. */
  sourcesOf(
    imageIds: readonly string[],
  ): readonly { readonly captionerId: string; readonly altKind: AltKind; readonly images: number }[]
  /** Newest first; every word must occur. */
  search(query: { words: string; after: string | null; limit: number }): Page<Cell>
  /** A second score of the same scorer for the same caption is left out. */
  addScore(cellId: string, score: Score, createdAt: string): Cell
  /** Of these images those with captions that this scorer has not scored, and how many. */
  lackingScore(
    imageIds: readonly string[],
    scorerSha256: string,
  ): readonly { readonly imageId: string; readonly captions: number }[]
  /** Id of the scorer that was chosen for this workspace. A caption's score is its newest of that one, else the newest of any. */
  scorerInUse(): string | null
  useScorer(id: string): void
  addReplay(replay: Replay): void
}

export type RunStatus = 'done' | 'some-failed' | 'cancelled' | 'failed'

/** One use of a cell by a run: a new caption or one that was already there. */
export interface RunUse {
  readonly runId: string
  readonly cellId: string
  readonly altKind: AltKind
  readonly condition: number
  readonly sample: number
  readonly reused: boolean
}

/** One place of a run: what was asked there, and the cell that answers it. */
export interface RunCell extends Omit<RunUse, 'runId' | 'cellId'> {
  readonly cell: Cell
}

export interface RunStore {
  /** `request` is kept as JSON, so that any result can be traced to what was asked. */
  start(run: { request: unknown; appVersion: string; startedAt: string }): string
  addUse(use: RunUse): void
  addFailure(failure: { runId: string; imageId: string; code: string; message: string }): void
  end(runId: string, status: RunStatus, endedAt: string): void
  /** Newest first. */
  recent(limit: number): readonly { readonly id: string; readonly startedAt: string }[]
  /** Images with at least one caption in this run, in the order they were captioned. */
  imagesOf(runId: string): readonly string[]
  /** Captions that this run made or used of one image, by condition, then sample. */
  cellsOf(runId: string, imageId: string): readonly RunCell[]
}

/** Tables whose rows carry a checksum. */
export type CheckedTable =
  | 'captions'
  | 'scores'
  | 'mark_sets'
  | 'mark_decisions'
  | 'lens_readings'
  | 'studies'
  | 'study_items'
  | 'study_assignments'
  | 'judgement_events'
  | 'annotations'
  | 'annotation_images'
  | 'annotation_rounds'
  | 'rewrites'
  | 'text_scores'

/** A row whose checksum does not hold any more, or what SQLite says of the file itself. */
export interface DamagedRow {
  readonly table: CheckedTable | 'file'
  readonly id: string
}

export interface Store {
  readonly images: ImageStore
  readonly captions: CaptionStore
  readonly runs: RunStore
  readonly studies: StudyStore
  readonly annotations: AnnotationStore
  readonly marks: MarkStore
  readonly lens: LensStore
  readonly dataset: DatasetStore
  readonly profile: ProfileStore
  readonly triangulation: TriangulationStore
  readonly name: string
  /** What opening the file found out; empty when all is well. */
  readonly warnings: readonly string[]
  /** Small facts this workspace keeps about itself. */
  setting(name: string): string | undefined
  setSetting(name: string, value: string): void
  /** One transaction around what it does: all or nothing, and one write to the disk. */
  together<T>(work: () => T): T
  counts(): { readonly images: number; readonly cells: number }
  /** Grows with every row that is written. Only this program writes into the file while it is open. */
  revision(): number
  /** Every checksum, in steps: call before an export. Yields after each thousand rows. */
  verify(): Generator<{ readonly rows: number }, readonly DamagedRow[]>
  close(): void
}
