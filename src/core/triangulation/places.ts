/** Which place a caption has among the captions of its image, by each measure. */
import type { MeasuredPlace, TriangulationMeasure } from '../../shared/contract/triangulation.ts'
import { told, type Captions } from './captions.ts'

/** As in sports: after two firsts comes a third. Only captions of the image that have the measure count. */
export function placesAt(
  { columns, starts }: Pick<Captions, 'columns' | 'starts'>,
  { image, at }: { readonly image: number; readonly at: number },
  measures: readonly TriangulationMeasure[],
): MeasuredPlace[] {
  return measures.flatMap((measure): MeasuredPlace[] => {
    const column = columns.get(measure)
    const own = column?.[at] ?? Number.NaN
    if (!column || Number.isNaN(own)) return []
    let [place, of, sharing] = [1, 0, 0]
    for (const value of column.subarray(starts[image], starts[image + 1])) {
      if (Number.isNaN(value)) continue
      of++
      if (value > own) place++
      if (value === own) sharing++
    }
    return [{ measure, value: told(measure, own), place, of, sharing }]
  })
}
