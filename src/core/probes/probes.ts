/** Probe packs at work: plan them, run them, hold their rates against thresholds. */
import type { Output, Parsed, TaskEvent } from '../../shared/contract.ts'
import type { PackProblem, ProbePack } from '../../shared/contract/probes.ts'
import { RealignError } from '../../shared/errors.ts'
import { canonicalJson } from '../../shared/canonical-json.ts'
import { GenerationSettings } from '../../shared/types.ts'
import { asRun } from '../comparisons/as-run.ts'
import { runRows } from '../comparisons/run-rows.ts'
import type { Deps } from '../deps.ts'
import { proposeForCells } from '../grounding/marks.ts'
import { profileRows, profiledCells } from '../grounding/profile.ts'
import { chooseBundle } from '../models/choose-bundle.ts'
import { scorerFor } from '../models/scorer-in-use.ts'
import { planProbes } from './plan-probes.ts'
import { readPack, type ReadPack } from './read-pack.ts'

const BOOTSTRAP = { seed: 7, resamples: 2000 }

const packSha256 = ({ sha256 }: Deps, pack: ProbePack): string =>
  sha256(new TextEncoder().encode(canonicalJson(pack)))

export function planPack(
  deps: Deps,
  { pack, imageIds }: Parsed<'probes.plan'>,
): Output<'probes.plan'> {
  const reading = readPack(pack)
  if (!reading.ok)
    return { problems: [...reading.problems], skipped: [], rows: [], packSha256: null }
  const { rows, problems, skipped } = planProbes(deps, reading.read, imageIds)
  return {
    problems: [...problems],
    skipped: [...skipped],
    rows: rows.map(({ imageId, conditions }) => ({ imageId, conditions: [...conditions] })),
    packSha256: packSha256(deps, reading.read.pack),
  }
}

const words = ({ path, message }: PackProblem): string =>
  path.length === 0 ? message : `${path.join('.')}: ${message}`

/** Fails with 'bad-input' that names the place in the pack. */
function open(content: unknown): ReadPack {
  const reading = readPack(content)
  if (reading.ok) return reading.read
  throw refusal(reading.problems)
}

const refusal = (problems: readonly PackProblem[]): RealignError =>
  new RealignError('bad-input', `Probe pack: ${problems.map(words).join('; ').slice(0, 2000)}`, {
    hint: 'Give the images their classes, mend the pack, or write "missing: skip" into it.',
  })

export async function* runProbes(
  deps: Deps,
  request: Parsed<'probes.run'>,
  signal: AbortSignal,
): AsyncGenerator<TaskEvent<'probes.run'>, Output<'probes.run'>> {
  const { clock } = deps
  const read = open(request.pack)
  const { pack } = read
  const { rows, problems } = planProbes(deps, read, request.imageIds)
  if (problems.length > 0) throw refusal(problems)
  const bundles = await deps.engine.bundles()
  const captioner = chooseBundle(bundles, 'captioner', request.captionerId)
  const settings = GenerationSettings.parse(pack.settings)
  const scorer = scorerFor(deps, bundles, request.score)
  const { seed, samples } = pack
  const work = async function* (runId: string) {
    const startedMs = clock.elapsedMs()
    const job = { runId, rows, captioner, scorer, settings, seed, samples }
    const tally = yield* runRows(deps, job, signal)
    const seconds = (clock.elapsedMs() - startedMs) / 1000
    if (request.marks) await proposeAll(deps, runId, signal)
    const made = tally.cells - tally.reused
    const captionsPerSecond = made > 0 && seconds > 0 ? made / seconds : null
    return { ...tally, captionsPerSecond, ...(await judge(deps, runId, pack)) }
  }
  const kept = { ...request, pack, packSha256: packSha256(deps, pack), probes: true }
  return yield* asRun(deps, { request: kept, work }, signal)
}

async function proposeAll(deps: Deps, runId: string, signal: AbortSignal): Promise<void> {
  const { runs } = deps.store
  for (const imageId of runs.imagesOf(runId)) {
    const cellIds = [...new Set(runs.cellsOf(runId, imageId).map(({ cell }) => cell.id))]
    const work = proposeForCells(deps, { cellIds, again: false }, signal)
    while (!(await work.next()).done);
  }
}

/** A rate that nothing could show fails its threshold: a gate that measured nothing must not open. */
async function judge(deps: Deps, runId: string, pack: ProbePack) {
  const cells = profiledCells(deps, runId).filter(({ shows }) => shows !== null)
  const rows = await profileRows(deps, cells, { by: 'kind', ...BOOTSTRAP })
  const thresholds = pack.thresholds.map(({ rate, kind, min = null, max = null }) => {
    const found = rows.find(({ value }) => value === kind)?.[rate]
    const { value = null, n = 0 } = found ?? {}
    const passed =
      value !== null && (min === null || value >= min) && (max === null || value <= max)
    return { rate, kind, min, max, value, n, passed }
  })
  return { rows, thresholds }
}
