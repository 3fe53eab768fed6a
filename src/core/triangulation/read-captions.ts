/** Every caption of a run or workspace with what is measured of it, read in pieces. */
import type { Output, Parsed, TaskEvent } from '../../shared/contract.ts'
import type { TriangulationMeasure as Measure } from '../../shared/contract/triangulation.ts'
import { createBreather } from '../../shared/breather.ts'
import type { Deps } from '../deps.ts'
import { countsOf } from '../grounding/profile.ts'
import { corpusScores } from '../metrics/reference-scores.ts'
import { bundleNames } from '../publish/bundle-names.ts'
import { wordsIn } from '../publish/means.ts'
import { measureBy, METRICS, referencesBy } from '../publish/references.ts'
import type { Captions } from './captions.ts'
import { readPeople } from './people.ts'
import type { MeasuredCaption } from './triangulation-store.ts'

type Asked = Pick<Parsed<'triangulation.run'>, 'references' | 'people'> & {
  /** In full; null: all of the workspace. */
  readonly runId: string | null
}
export type Progress = TaskEvent<'triangulation.run'> & { readonly kind: 'progress' }

export interface ReadCaptions extends Captions {
  readonly told: Pick<
    Output<'triangulation.run'>,
    'scorerId' | 'otherScorers' | 'unmarked' | 'studies' | 'blind'
  >
}

/** Captions in one reading of the file. */
const AT_ONCE = 200

const phase = (name: Progress['phase'], from: number, to: number) => (share: number) =>
  ({ kind: 'progress', phase: name, fraction: from + (to - from) * share }) as const
const STEPS = {
  captions: phase('captions', 0, 0.1),
  references: phase('references', 0.1, 0.5),
  judgements: phase('judgements', 0.5, 0.6),
  intervals: phase('intervals', 0.6, 1),
}
export const intervalsDone = STEPS.intervals

/** Captions of one image stand together, images as they are first met. */
async function* allRows(
  { store }: Pick<Deps, 'store'>,
  runId: string | null,
  breathe: () => Promise<void>,
): AsyncGenerator<Progress, readonly MeasuredCaption[]> {
  const images = new Map<string, MeasuredCaption[]>()
  const cells = store.counts().cells
  let read = 0
  for (let after: number | null = 0; after !== null;) {
    const page = store.triangulation.captions({ runId, after, limit: AT_ONCE })
    for (const row of page.rows) {
      const image = images.get(row.imageId)
      if (image) image.push(row)
      else images.set(row.imageId, [row])
    }
    read += page.rows.length
    after = page.next
    yield STEPS.captions(Math.min(1, read / Math.max(1, cells)))
    await breathe()
  }
  return [...images.values()].flat()
}

/** The scorer of most of them: scores of two scorers have no common scale. */
function scorerOf(rows: readonly MeasuredCaption[]) {
  const counts = new Map<string, { id: string | null; n: number }>()
  let scored = 0
  for (const { scorerSha256, scorerId } of rows) {
    if (scorerSha256 === null) continue
    scored++
    const count = counts.get(scorerSha256) ?? { id: scorerId, n: 0 }
    counts.set(scorerSha256, { ...count, n: count.n + 1 })
  }
  const [most] = [...counts].sort(([, a], [, b]) => b.n - a.n)
  return {
    sha256: most?.[0] ?? null,
    told: { scorerId: most?.[1].id ?? null, otherScorers: scored - (most?.[1].n ?? 0) },
  }
}

type Put = (measure: Measure, at: number, value: number | null) => void

function createColumns(count: number) {
  const columns = new Map<Measure, Float64Array>()
  const put: Put = (measure, at, value) => {
    const column = columns.get(measure) ?? new Float64Array(count).fill(Number.NaN)
    columns.set(measure, column)
    column[at] = value ?? Number.NaN
  }
  return { columns, put }
}

/** Counts of the marks that stand. Returns how many captions have none yet. */
async function putMarks(
  deps: Deps,
  rows: readonly MeasuredCaption[],
  { put, breathe }: { readonly put: Put; readonly breathe: () => Promise<void> },
): Promise<number> {
  let unmarked = 0
  for (const [at, row] of rows.entries()) {
    const counts = countsOf(deps, row)
    await breathe()
    if (!counts) {
      unmarked++
      continue
    }
    put('carried', at, counts.carried)
    put('rejected', at, counts.rejected)
    put('erroneous', at, 0 - counts.erroneous)
  }
  return unmarked
}

/** Of one caption BLEU-4 is nearly always 0 but for what keeps it from dividing by nothing: it orders nothing. */
const ASKED = new Set<string>(['npF1', 'cider', 'meteor', 'rougeL', 'bleu1'])
const isAsked = (name: (typeof METRICS)[number]): name is Measure & (typeof METRICS)[number] =>
  ASKED.has(name)

/** Figures that differ further on differ by rounding, or by BLEU's small number: they are ties. */
const toTies = (value: number): number => Math.round(value * 1e6) / 1e6

/** The figures of Table 1, of each caption alone. Fails with 'not-found' where nobody named wrote of any image. */
async function* putReferences(
  deps: Deps,
  rows: readonly MeasuredCaption[],
  about: {
    readonly references: readonly string[]
    readonly put: Put
    readonly breathe: () => Promise<void>
  },
): AsyncGenerator<Progress> {
  const { references, put, breathe } = about
  const names = await bundleNames(deps)
  const found = referencesBy(deps.store, references, new Set(names.keys()))
  if (!found) return
  const texts = new Map<string, readonly string[]>()
  for (const { imageId } of rows)
    if (!texts.has(imageId)) {
      texts.set(imageId, found.of(imageId))
      await breathe()
    }
  const measure = await measureBy(found.by, texts, breathe)
  for (const [at, { imageId, captionerId, caption }] of rows.entries()) {
    const item = measure.item(imageId, captionerId, caption)
    const scores = item && corpusScores([item.scores])
    if (scores) for (const name of METRICS.filter(isAsked)) put(name, at, toTies(scores[name]))
    if (at % 100 === 0) yield STEPS.references(at / rows.length)
    await breathe()
  }
}

function startsOf(rows: readonly MeasuredCaption[]): readonly number[] {
  const starts = rows.flatMap(({ imageId }, at) => (rows[at - 1]?.imageId === imageId ? [] : [at]))
  return [...starts, rows.length]
}

export async function* readCaptions(
  deps: Deps,
  { runId, references, people: asked }: Asked,
  signal: AbortSignal,
): AsyncGenerator<Progress, ReadCaptions> {
  const breathe = createBreather(signal, deps.clock.elapsedMs)
  const rows = yield* allRows(deps, runId, breathe)
  const { columns, put } = createColumns(rows.length)
  const scorer = scorerOf(rows)
  for (const [at, { caption, clip, scorerSha256 }] of rows.entries()) {
    put('words', at, wordsIn(caption))
    if (clip !== null && scorerSha256 === scorer.sha256) put('clip', at, clip)
    await breathe()
  }
  const unmarked = await putMarks(deps, rows, { put, breathe })
  if (references.length > 0) yield* putReferences(deps, rows, { references, put, breathe })
  yield STEPS.judgements(0)
  const images = new Set(rows.map(({ imageId }) => imageId))
  const { winShare, studies, blind } = await readPeople(deps, { people: asked, images }, signal)
  for (const [at, { imageId, caption }] of rows.entries()) {
    const share = winShare(imageId, caption)
    if (share !== null) put('people', at, share)
    await breathe()
  }
  return {
    cellIds: rows.map(({ cellId }) => cellId),
    kinds: rows.map(({ altKind }) => altKind),
    starts: startsOf(rows),
    columns,
    told: { ...scorer.told, unmarked, studies, blind },
  }
}
