/** Where answers go: a server on this machine or the network, or this file itself. */
import type { NewEvent, RateState } from '../../shared/study-types.ts'

export type PictureView = 'full' | 'model'

export interface RateBackend {
  /** Keeps the unsent answers of raters who share a browser apart. */
  readonly seat?: string
  state(): Promise<RateState>
  /** Resolves when the events are safe. Sending them again changes nothing. */
  submit(events: readonly NewEvent[]): Promise<RateState>
  /**
   * Address of the picture of one item, as it is or as the captioner read it, once it can be painted. `again`: whoever
   * waits for it waits no longer, a new try is made.
   */
  picture(trialId: string, view?: PictureView, again?: boolean): Promise<string>
  /** The same without waiting; null while it is not there. */
  ready(trialId: string, view?: PictureView): string | null
  /** Task files: the answers so far, to be sent back. */
  answers?(): string
}

/** A refusal that sending again will not mend. */
export class Refused extends Error {}

/** The other side is newer than this page: what was sent stays here until the page was loaded again. */
export class PageTooOld extends Error {}
