/** The captions of a triangulation, image by image, with a column of numbers for every measure. */
import { TRIANGULATION_MEASURES } from '../../shared/contract/triangulation.ts'
import type { TriangulationMeasure as Measure } from '../../shared/contract/triangulation.ts'
import type { AltKind } from '../../shared/types.ts'

/** Not a number where the caption has none of this measure. More is first: `erroneous` is kept as minus its count. */
export type Column = Float64Array

export interface Captions {
  readonly cellIds: readonly string[]
  readonly kinds: readonly AltKind[]
  /** Image i has the captions from starts[i] up to starts[i + 1]. */
  readonly starts: readonly number[]
  readonly columns: ReadonlyMap<Measure, Column>
}

export const imagesIn = ({ starts }: Pick<Captions, 'starts'>): number => starts.length - 1

/** Places of the captions of one image that have all these measures. */
export function thoseWith(
  { starts }: Pick<Captions, 'starts'>,
  image: number,
  columns: readonly Column[],
): readonly number[] {
  const found: number[] = []
  const end = starts[image + 1] as number
  for (let at = starts[image] as number; at < end; at++)
    if (columns.every((column) => !Number.isNaN(column[at]))) found.push(at)
  return found
}

export const countIn = (column: Column): number =>
  column.reduce((count, value) => count + Number(!Number.isNaN(value)), 0)

/** In their one order, those that some caption has. */
export const measuresIn = ({ columns }: Pick<Captions, 'columns'>): readonly Measure[] =>
  TRIANGULATION_MEASURES.filter((name) => columns.get(name)?.some((value) => !Number.isNaN(value)))

/** As a person counts it. */
export const told = (measure: Measure, value: number): number =>
  measure === 'erroneous' ? 0 - value : value
