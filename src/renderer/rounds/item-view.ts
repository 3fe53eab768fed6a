/** An image of an annotation as its page needs it: which round is written, from what, and by whom not. */
import type { Annotation, AnnotationItem, Rewrite } from '../../shared/annotation.ts'

type Texts = Pick<AnnotationItem, 'start' | 'versions'>

/** The round that a save would be of: one that is lacking, else the open one once more. */
export const roundToWrite = ({ round }: Pick<AnnotationItem, 'round'>, openRound: number): number =>
  round ?? openRound

const writtenOf = ({ versions }: Pick<AnnotationItem, 'versions'>): number =>
  versions.reduce((last, { round }) => Math.max(last, round), 1)

/**
 * The round that a text which was begun earlier becomes a version of: its own as long as the host takes one, so that
 * a second text of a round stands beside the first and is no round of its own; else the one that a save would be of.
 */
export function roundOfDraft(
  item: Pick<AnnotationItem, 'versions' | 'round'>,
  begun: number,
  openRound: number,
): number {
  const written = writtenOf(item)
  return begun === written || begun === written + 1 ? begun : roundToWrite(item, openRound)
}

/** The newest text of a round; null where it has none. */
export function textOf({ start, versions }: Texts, round: number): string | null {
  if (round === 1) return start
  return versions.findLast((one) => one.round === round)?.text ?? null
}

/** What a round begins from. An image that lacks the round before begins from what it has. */
export function previousOf(item: Texts, round: number): string {
  for (let before = round - 1; before > 1; before--) {
    const text = textOf(item, before)
    if (text !== null) return text
  }
  return item.start
}

export const newestOf = (item: Texts, round: number): Rewrite | null =>
  item.versions.findLast((one) => one.round === round) ?? null

/** What stands in the box before anybody types: this round's own text, else that of the round before. */
export const prefill = (item: Texts, round: number): string =>
  newestOf(item, round)?.text ?? previousOf(item, round)

export interface VersionLine {
  readonly key: string
  readonly round: number
  readonly text: string
  /** null: the start, which nobody of the annotation wrote. */
  readonly by: Rewrite | null
  /** The newest of its round, which counts. */
  readonly counts: boolean
}

/** Newest first, the start last. */
export function versionLines(item: Texts): readonly VersionLine[] {
  const written = item.versions.map((by) => ({
    key: by.id,
    round: by.round,
    text: by.text,
    by,
    counts: newestOf(item, by.round) === by,
  }))
  return [
    { key: 'start', round: 1, text: item.start, by: null, counts: true },
    ...written,
  ].toReversed()
}

/** Why this annotator cannot write this round; null where they can. */
export function mayNotWrite(
  annotation: Pick<Annotation, 'swap'>,
  item: Texts,
  about: { readonly round: number; readonly annotator: string | null },
): string | null {
  const { round, annotator } = about
  if (annotator === null) return 'Choose who you are first'
  const before = newestOf(item, round - 1)
  if (annotation.swap && round > 2 && before?.annotator === annotator)
    return `${annotator} wrote round ${round - 1} of this image: somebody else rewrites it`
  return null
}
