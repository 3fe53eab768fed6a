/** Marks of the cells on the screen: proposed by the machine when a comparison is done, decided by people. */
import { create } from 'zustand'
import type { CellMarks, Mark, MarkClass } from '../../shared/contract/grounding.ts'
import { client } from '../api.ts'
import { mergeSamples } from '../grounding/shown-marks.ts'
import { showError } from './toasts.ts'

export type Decision = MarkClass | 'clear'
export type MarksByCell = Readonly<Record<string, CellMarks>>

interface MarksState {
  readonly byCell: MarksByCell
  readonly shown: boolean
}

export const useMarks = create<MarksState>(() => ({ byCell: {}, shown: true }))

/** As many as one call may ask for. */
const AT_ONCE = 1000
let asking: AbortController | undefined

function put(cells: readonly CellMarks[]): void {
  if (cells.length === 0) return
  const news = Object.fromEntries(cells.map((one) => [one.cellId, one]))
  useMarks.setState(({ byCell }) => ({ byCell: { ...byCell, ...news } }))
}

/** The machine speaks first where it has not yet, or where it knows more now; then everything is listed. */
export async function refreshMarks(cellIds: readonly string[]): Promise<void> {
  asking?.abort()
  const { signal } = (asking = new AbortController())
  try {
    for (let from = 0; from < cellIds.length; from += AT_ONCE) {
      const some = cellIds.slice(from, from + AT_ONCE)
      const work = client.run('marks.propose', { cellIds: some }, { signal })
      while (!(await work.next()).done);
      const { cells } = await client.call('marks.list', { cellIds: some }, { signal })
      put(cells)
    }
  } catch (error) {
    showError(error)
  }
}

/** Raised by every decision of this page, so that an answer from before it is dropped. */
let decided = 0

/** Marks that this page knows may have been decided elsewhere since. */
export async function rereadMarks(cellIds: readonly string[]): Promise<void> {
  const before = decided
  const { byCell } = useMarks.getState()
  const known = cellIds.filter((id) => byCell[id])
  try {
    for (let from = 0; from < known.length; from += AT_ONCE) {
      const some = known.slice(from, from + AT_ONCE)
      const { cells } = await client.call('marks.list', { cellIds: some })
      if (before !== decided) return
      // What did not change is not drawn again.
      put(cells.filter((one) => JSON.stringify(one) !== JSON.stringify(byCell[one.cellId])))
    }
  } catch (error) {
    showError(error)
  }
}

const NONE: readonly Mark[] = []

/** Marks of all samples with one caption, as one list. */
export function marksOfFold(byCell: MarksByCell, cellIds: readonly string[]): readonly Mark[] {
  const samples = cellIds.flatMap((id) => byCell[id]?.marks ?? [])
  return samples.length === 0 ? NONE : mergeSamples([samples])
}

export interface Spoken extends Pick<Mark, 'place' | 'start' | 'end'> {
  readonly decision: Decision
}

/** A person's word on a span counts for every sample with this caption. */
export async function decideOn(cellIds: readonly string[], spoken: Spoken): Promise<void> {
  const { decision, place, start, end } = spoken
  const span = { place, start, end }
  decided++
  try {
    put(
      await Promise.all(
        cellIds.map((cellId) => client.call('marks.decide', { cellId, span, decision })),
      ),
    )
  } catch (error) {
    showError(error)
  }
}

export const flipMarks = (): void => useMarks.setState(({ shown }) => ({ shown: !shown }))
