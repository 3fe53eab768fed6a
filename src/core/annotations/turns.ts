/** Whose turn an image is: which round it lacks and who writes it. */
import type { Rewrite } from '../../shared/annotation.ts'
import type { AnnotationPlan } from './annotation-store.ts'

interface Written {
  /** The last round that is written; 1 where nobody wrote. */
  readonly written: number
  /** Who wrote the newest text; null where nobody did. */
  readonly writer: string | null
}

export interface Turn {
  readonly round: number
  readonly annotator: string
}

/** An image is written round by round: an earlier one that it lacks comes first. Null where all open ones are written. */
export const nextRound = ({ written }: Written, openRound: number): number | null =>
  written < openRound ? written + 1 : null

/**
 * With swapping the next annotator in line gets every next round, and the one after where that one happened to write
 * the round before; without it an image stays with whom it was dealt to.
 */
export function turnOf(
  { annotators, swap }: Pick<AnnotationPlan, 'annotators' | 'swap'>,
  { dealt, ...state }: Written & { readonly dealt: number },
  openRound: number,
): Turn | null {
  const round = nextRound(state, openRound)
  if (round === null) return null
  const nth = (at: number): string => annotators[at % annotators.length] ?? ''
  if (!swap) return { round, annotator: nth(dealt) }
  const first = nth(dealt + round)
  return { round, annotator: first === state.writer ? nth(dealt + round + 1) : first }
}

export const writtenOf = (versions: readonly Rewrite[]): number =>
  versions.reduce((last, { round }) => Math.max(last, round), 1)

/** The newest rewrite of a round. */
export const newestOf = (versions: readonly Rewrite[], round: number): Rewrite | undefined =>
  versions.findLast((one) => one.round === round)

/** The newest rewrite of the last round before `round` that has one. */
export function newestBefore(versions: readonly Rewrite[], round: number): Rewrite | undefined {
  const before = versions.filter((one) => one.round < round)
  return newestOf(before, writtenOf(before))
}
