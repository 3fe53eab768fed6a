/** Cells of a list asked anew: the same images under the same alt-texts, with the captioner and settings of today. */
import type { Output, Parsed, TaskEvent } from '../../shared/contract.ts'
import type { Condition } from '../../shared/contract/comparisons.ts'
import { RealignError } from '../../shared/errors.ts'
import { runAsked } from '../comparisons/run-comparison.ts'
import type { Deps } from '../deps.ts'

/** Image by image in the order in which they are first named; equal alt-texts of one image are asked once. */
function rowsOf({ store }: Deps, places: Parsed<'dataset.recaption'>['places']) {
  const rows = new Map<string, Map<string, Condition>>()
  for (const { cellId, altKind } of places) {
    const cell = store.captions.get(cellId)
    if (!cell) throw new RealignError('not-found', `Cell ${cellId.slice(0, 8)} is not here`)
    const conditions = rows.get(cell.imageId) ?? new Map<string, Condition>()
    conditions.set(`${altKind} ${cell.altText}`, { altKind, text: cell.altText })
    rows.set(cell.imageId, conditions)
  }
  return [...rows].map(([imageId, conditions]) => ({
    imageId,
    conditions: [...conditions.values()],
  }))
}

/** What is finished already is reused, so that a cancelled one goes on when it is asked again. */
export async function* recaption(
  deps: Deps,
  { places, ...how }: Parsed<'dataset.recaption'>,
  signal: AbortSignal,
): AsyncGenerator<TaskEvent<'dataset.recaption'>, Output<'dataset.recaption'>> {
  const rows = rowsOf(deps, places)
  const request = { ...how, imageIds: rows.map(({ imageId }) => imageId), rows }
  return yield* runAsked(deps, { ...how, samples: 1, again: false, rows, request }, signal)
}
