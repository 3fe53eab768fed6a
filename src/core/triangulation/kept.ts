/** What a triangulation read and drew, kept until something is written into the workspace. */
import type { Parsed } from '../../shared/contract.ts'
import type { MeasureAgreement, TriangulationMeasure } from '../../shared/contract/triangulation.ts'
import { createBreather } from '../../shared/breather.ts'
import type { Deps } from '../deps.ts'
import { createResampler, type Later } from '../studies/statistics/resampler.ts'
import type { Store } from '../store-port.ts'
import { agreementLater } from './agreement.ts'
import { measuresIn, type Captions } from './captions.ts'
import { intervalsDone, readCaptions, type Progress, type ReadCaptions } from './read-captions.ts'

export interface Triangulated extends ReadCaptions {
  readonly measures: readonly TriangulationMeasure[]
  readonly agreements: readonly MeasureAgreement[]
}

type Asked = Pick<Parsed<'triangulation.run'>, 'references' | 'people' | 'seed' | 'resamples'> & {
  readonly runId: string | null
}

/** The last one of each workspace. */
const last = new WeakMap<Store, { readonly key: string; readonly made: Triangulated }>()

async function* agreementsOf(
  captions: Captions,
  options: { readonly seed: number; readonly resamples: number },
  breathe: () => Promise<void>,
): AsyncGenerator<Progress, readonly MeasureAgreement[]> {
  const measures = measuresIn(captions)
  const resampler = createResampler(options)
  const later: Later<MeasureAgreement>[] = []
  for (const [index, a] of measures.entries())
    for (const b of measures.slice(index + 1)) {
      const counting = agreementLater(captions, { a, b }, resampler)
      let step = counting.next()
      for (; !step.done; step = counting.next()) await breathe()
      later.push(step.value)
    }
  for (const fraction of resampler.run()) {
    yield intervalsDone(fraction)
    await breathe()
  }
  return later.map((tell) => tell())
}

export async function* triangulated(
  deps: Deps,
  asked: Asked,
  signal: AbortSignal,
): AsyncGenerator<Progress, Triangulated> {
  const { runId, references, people, seed, resamples } = asked
  const revision = deps.store.revision()
  const key = JSON.stringify([revision, runId, references, people, seed, resamples])
  const kept = last.get(deps.store)
  if (kept?.key === key) return kept.made
  const captions = yield* readCaptions(deps, asked, signal)
  const breathe = createBreather(signal, deps.clock.elapsedMs)
  const agreements = yield* agreementsOf(captions, { seed, resamples }, breathe)
  const made = { ...captions, measures: measuresIn(captions), agreements }
  last.set(deps.store, { key, made })
  return made
}
