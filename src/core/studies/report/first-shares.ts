/** One vote as shares of a first place, in whole numbers so that no order of adding shows. */
import { systemsAt, type Vote } from './votes.ts'

/** Divisible by every number of systems, so that divided votes are whole numbers. */
export const WHOLE = 840

/** One vote as shares of a first place, in parts of WHOLE: merged systems and ties divide it. */
export function firstShares(vote: Vote, systems: number): number[] {
  const row = new Array<number>(systems).fill(0)
  const top = (vote.first ?? []).flatMap((slot) => [...systemsAt(vote, slot)])
  for (const system of top) row[system] = (row[system] ?? 0) + WHOLE / top.length
  return row
}
