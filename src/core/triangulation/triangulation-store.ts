/** What the triangulation asks of the workspace file: every caption with what is measured of it, a page at a time. */
import type { DatasetKey } from '../dataset/dataset-store.ts'

export interface MeasuredCaption extends Pick<
  DatasetKey,
  'cellId' | 'imageId' | 'altKind' | 'clip' | 'carried' | 'rejected' | 'erroneous' | 'decided'
> {
  readonly caption: string
  readonly captionerId: string
  /** Of the score; null where there is none. */
  readonly scorerId: string | null
  readonly scorerSha256: string | null
}

export interface CaptionsPage {
  readonly rows: readonly MeasuredCaption[]
  /** Where to go on; null at the end. */
  readonly next: number | null
}

export interface TriangulationStore {
  /**
   * Captions of a run, or all that captioners said freely of images that are shown, in the order in which they were
   * made; from 0, then from `next`. One that a run uses at several places comes once, as it was used first.
   */
  captions(query: {
    readonly runId: string | null
    readonly after: number
    readonly limit: number
  }): CaptionsPage
}
