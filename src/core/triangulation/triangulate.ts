/** Score, references, marks and people on one list of captions, sorted by how far two of them disagree. */
import type { Output, Parsed, TaskEvent } from '../../shared/contract.ts'
import type { TriangulationMeasure as Measure } from '../../shared/contract/triangulation.ts'
import { createBreather } from '../../shared/breather.ts'
import type { Deps } from '../deps.ts'
import { findRun } from '../publish/selection.ts'
import { countIn, imagesIn, type Captions } from './captions.ts'
import { disagreements } from './disagreement.ts'
import { triangulated } from './kept.ts'
import { placesAt } from './places.ts'

type Event = TaskEvent<'triangulation.run'>

/** The score, and the best that there is to hold it against: people, then references, then marks. */
function pairOf(measures: readonly Measure[]): Output<'triangulation.run'>['by'] {
  const [first = 'clip', second = 'words'] = measures
  return [first, second]
}

/** Captions that disagree in this direction, the furthest first; equal ones stay in their order. */
function sorted(values: Float64Array, direction: Parsed<'triangulation.run'>['direction']) {
  const sign = direction === 'down' ? -1 : 1
  const weight = (at: number): number => {
    const value = values[at] as number
    return direction === 'both' ? Math.abs(value) : sign * value
  }
  const order: number[] = []
  for (let at = 0; at < values.length; at++) if (weight(at) > 0) order.push(at)
  return order.sort((a, b) => weight(b) - weight(a) || a - b)
}

/** Which image each caption is of. */
function imageOfEach(captions: Captions): Uint32Array {
  const images = new Uint32Array(captions.cellIds.length)
  for (let image = 0; image < imagesIn(captions); image++)
    images.fill(image, captions.starts[image], captions.starts[image + 1])
  return images
}

const ROWS_AT_ONCE = 250

export async function* triangulate(
  deps: Deps,
  input: Parsed<'triangulation.run'>,
  signal: AbortSignal,
): AsyncGenerator<Event, Output<'triangulation.run'>> {
  const runId = input.runId === undefined ? null : findRun(deps.store, input.runId)
  const { told, ...made } = yield* triangulated(deps, { ...input, runId }, signal)
  const { columns, measures, agreements, cellIds, kinds } = made
  const by = input.by ?? pairOf(measures)
  const breathe = createBreather(signal, deps.clock.elapsedMs)
  const columnOf = (name: Measure) =>
    columns.get(name) ?? new Float64Array(cellIds.length).fill(Number.NaN)
  const work = disagreements(made, columnOf(by[0]), columnOf(by[1]))
  let step = work.next()
  for (; !step.done; step = work.next()) await breathe()
  const values = step.value
  const order = sorted(values, input.direction).slice(0, input.limit)
  const imageOf = imageOfEach(made)
  for (let from = 0; from < order.length; from += ROWS_AT_ONCE) {
    const captions = order.slice(from, from + ROWS_AT_ONCE).map((at) => ({
      cellId: cellIds[at] as string,
      altKind: kinds[at] as (typeof kinds)[number],
      disagreement: values[at] as number,
      measures: placesAt(made, { image: imageOf[at] as number, at }, measures),
    }))
    yield { kind: 'captions', captions }
    await breathe()
  }
  const counted = (sign: number) =>
    values.reduce((count, value) => count + Number(value * sign > 0), 0)
  return {
    ...told,
    by,
    captions: cellIds.length,
    images: imagesIn(made),
    disagreeing: { up: counted(1), down: counted(-1) },
    measures: measures.map((measure) => ({ measure, captions: countIn(columnOf(measure)) })),
    agreements: [...agreements],
  }
}
