/** Where answers go: a server on this machine or the network, or this file itself. */
import type { NewEvent, RateState } from '../../shared/study-types.ts'

export type PictureView = 'full' | 'model'

export interface RateBackend {
  /** Keeps the unsent answers of raters who share a browser apart. */
  readonly seat?: string
  state(): Promise<RateState>
  /** Resolves when the events are safe. Sending them again changes nothing. */
  submit(events: readonly NewEvent[]): Promise<RateState>
  /** Address of the picture of one item, as it is or as the captioner read it. */
  picture(trialId: string, view?: PictureView): Promise<string>
  /** Task files: the answers so far, to be sent back. */
  answers?(): string
}

/** Each picture is fetched once; one that failed is asked for again. */
export function keptPictures(
  load: (trialId: string, view: PictureView) => Promise<string>,
): RateBackend['picture'] {
  const pictures = new Map<string, Promise<string>>()
  return (trialId, view = 'full') => {
    const key = `${view} ${trialId}`
    const known = pictures.get(key)
    if (known) return known
    const made = load(trialId, view)
    pictures.set(key, made)
    made.catch(() => pictures.delete(key))
    return made
  }
}

/** A refusal that sending again will not mend. */
export class Refused extends Error {}
