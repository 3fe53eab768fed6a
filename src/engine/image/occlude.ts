/** Pictures with something taken away, as the model would read them. Pure: normalised planes in, planes out. */

import { RealignError } from '../../shared/errors.ts'

/** What stands in for the picture: itself, the mean image, or itself under one patch of mean colour. */
export type ImageView =
  'own' | 'mean' | { readonly kind: 'occluded'; readonly grid: number; readonly cell: number }

/** The key of a view of an image, unique among all views of all images. */
export function viewKey(imageId: string, view: ImageView): string {
  if (view === 'own') return imageId
  return view === 'mean' ? 'mean' : `${imageId} ${view.grid} ${view.cell}`
}

/**
 * Planes [3, size, size] with cell `cell` (row by row) of a grid x grid raster at the normalisation mean,
 * which is 0 in every channel. Patches meet without gaps whatever the size.
 */
export function occlude(
  planes: Float32Array,
  size: number,
  { grid, cell }: Exclude<ImageView, string>,
): Float32Array {
  const copy = planes.slice()
  const edge = (n: number): number => Math.round((n * size) / grid)
  const [row, column] = [Math.floor(cell / grid), cell % grid]
  for (let channel = 0; channel < 3; channel++)
    for (let y = edge(row); y < edge(row + 1); y++) {
      const line = channel * size * size + y * size
      copy.fill(0, line + edge(column), line + edge(column + 1))
    }
  return copy
}

/** @throws RealignError bad-input when the grid has no such patch at this size */
export function checkPatch({ grid, cell }: Exclude<ImageView, string>, size: number): void {
  const whole = Number.isSafeInteger(grid) && Number.isSafeInteger(cell)
  if (whole && grid >= 1 && grid <= size && cell >= 0 && cell < grid * grid) return
  throw new RealignError('bad-input', `There is no patch ${cell} in a grid of ${grid}`, {
    hint: `A grid has 1 to ${size} cells a side, counted row by row from 0.`,
  })
}
