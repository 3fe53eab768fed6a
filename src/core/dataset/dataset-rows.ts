/** One page of the dataset view: texts, scores and marks of the cells that are being looked at. */
import type { Output } from '../../shared/contract.ts'
import type { DatasetPlace, DatasetRow } from '../../shared/contract/dataset.ts'
import { RealignError } from '../../shared/errors.ts'
import type { Cell } from '../../shared/types.ts'
import type { Deps } from '../deps.ts'
import { foldMarks, standing } from '../grounding/fold-marks.ts'
import { EMPTY_CONTEXT } from './list-dataset.ts'

/** A page of rows is asked for with every view that is scrolled past: it carries what a row shows, and no more. */
const SHOWN = new Set<string>(['carried', 'rejected', 'erroneous'])

function cellOf({ store }: Deps, cellId: string): Cell {
  const cell = store.captions.get(cellId)
  if (!cell) throw new RealignError('not-found', 'There is no such cell')
  return cell
}

function marksOf({ store }: Deps, cell: Cell): DatasetRow['marks'] {
  const kept = store.marks.of(cell.id)
  if (!kept.proposed && kept.decisions.length === 0) return null
  return standing(foldMarks(cell, kept).marks).flatMap((mark) =>
    SHOWN.has(mark.markClass) ? [{ ...mark, explanation: null }] : [],
  )
}

function liftOf({ store }: Deps, cell: Cell): number | null {
  const reading = store.lens.reading(cell.id, EMPTY_CONTEXT)
  return reading && cell.logProb !== null
    ? cell.logProb - reading.logProbs.reduce((sum, one) => sum + one, 0)
    : null
}

/** Fails with 'not-found'. */
export function datasetRows(deps: Deps, places: readonly DatasetPlace[]): Output<'dataset.rows'> {
  const names = new Map<string, string>()
  const nameOf = (imageId: string): string => {
    const known = names.get(imageId) ?? deps.store.images.card(imageId)?.name ?? ''
    names.set(imageId, known)
    return known
  }
  const rows = places.map(({ cellId, altKind, other }): DatasetRow => {
    const cell = cellOf(deps, cellId)
    const pair = other === null ? null : cellOf(deps, other)
    return {
      cellId,
      imageId: cell.imageId,
      imageName: nameOf(cell.imageId),
      altKind,
      altText: cell.altText,
      caption: cell.caption,
      captionerId: cell.captionerId,
      seed: cell.seed,
      clip: cell.score?.clip ?? null,
      scorerId: cell.score?.scorerId ?? null,
      marks: marksOf(deps, cell),
      lift: liftOf(deps, cell),
      branch: cell.provenance.branch !== undefined,
      other: pair && { cellId: pair.id, caption: pair.caption, clip: pair.score?.clip ?? null },
    }
  })
  return { rows }
}
