/** Running a probe pack over many images: what it would do, how far it is, what came of it. */
import { create } from 'zustand'
import type { Output } from '../../shared/contract.ts'
import type { ComparisonEvent } from '../../shared/contract/comparisons.ts'
import type { TextFile } from '../../shared/contract/probes.ts'
import { isCancelled } from '../../shared/errors.ts'
import { client } from '../api.ts'
import {
  changeQuery,
  chooseRun,
  followDataset,
  refreshRuns,
  reloadDataset,
  useDataset,
  type Listing,
} from './dataset.ts'
import { kindAt } from './dataset-rows.ts'
import { imageIdPages } from './library.ts'
import { beforeSending } from './send-away.ts'
import { chosenCaptioner, settingsFor, useSettings } from './settings.ts'
import { refreshStatus } from './status.ts'
import { failure, note, showError } from './toasts.ts'

export type Checked = Output<'probes.check'>
export type Result = Output<'probes.run'>

export interface ProbeProgress {
  readonly name: string
  readonly phase: string
  readonly done: number
  readonly images: number
  readonly captions: number
  readonly fraction: number | null
  readonly perSecond: number | null
  readonly secondsLeft: number | null
}

interface ProbeState {
  readonly progress: ProbeProgress | null
  readonly result: Result | null
  readonly failed: number
}

export const useProbes = create<ProbeState>(() => ({ progress: null, result: null, failed: 0 }))

let abort: AbortController | null = null
export const cancelProbes = (): void => abort?.abort()
export const closeResult = (): void => useProbes.setState({ result: null })

/** A pack as a person chose it; null files: the default pack. */
export interface ChosenPack {
  readonly file: TextFile | null
  /** What the pack names as its taxonomy. */
  readonly taxonomy: TextFile | null
}

export const checkPack = (
  { file, taxonomy }: ChosenPack,
  imageIds: readonly string[],
  signal: AbortSignal,
): Promise<Checked> =>
  client.call(
    'probes.check',
    { ...(file && { file }), ...(taxonomy && { taxonomy }), imageIds: [...imageIds] },
    { signal },
  )

/** Ids of every image of the workspace. */
export async function allImageIds(): Promise<readonly string[]> {
  const ids: string[] = []
  for await (const page of imageIdPages({ sort: 'name' })) ids.push(...page)
  return ids
}

function follow(name: string, images: number): (event: ComparisonEvent) => void {
  const started = performance.now()
  let made = 0
  let captions = 0
  const show = (change: Partial<ProbeProgress>) =>
    useProbes.setState(({ progress }) => ({ progress: progress && { ...progress, ...change } }))
  let shownRun = false
  return (event) => {
    if (event.kind === 'queued') show({ phase: `place ${event.position} in the queue` })
    else if (event.kind === 'loading') show({ phase: event.phase })
    else if (event.kind === 'image') {
      const { index, fraction, secondsLeft } = event
      show({ phase: 'captioning', done: index, images, fraction, secondsLeft })
      if (shownRun) return followDataset()
      shownRun = true
      void refreshRuns().then(([newest]) => newest && chooseRun(newest.id))
    } else if (event.kind === 'saved') {
      captions++
      if (!event.reused) made++
      const seconds = (performance.now() - started) / 1000
      show({ captions, perSecond: made > 0 && seconds > 1 ? made / seconds : null })
    } else if (event.kind === 'failed') useProbes.setState(({ failed }) => ({ failed: failed + 1 }))
  }
}

export interface ProbeRequest {
  readonly name: string
  readonly pack: unknown
  readonly imageIds: readonly string[]
  readonly captionerId: string | null
}

const REST_MS = 250
const MOST_LOOKS = 40

/** A host learns of a cancel a moment after the page does; only then is the run no longer running. */
async function runsAtRest(): Promise<void> {
  for (let look = 0; look < MOST_LOOKS; look++) {
    const [newest] = await refreshRuns()
    if (newest?.status !== 'running') return
    await new Promise((resolve) => setTimeout(resolve, REST_MS))
  }
}

/** One long run at a time: its progress above the table, which follows it. */
async function run<R>(
  about: { readonly name: string; readonly images: number; readonly goOn: string },
  work: (signal: AbortSignal) => AsyncGenerator<ComparisonEvent, R>,
): Promise<R | null> {
  if (abort) {
    note('A run is going on', 'Cancel it or wait for its end.')
    return null
  }
  abort = new AbortController()
  const { name, images } = about
  useProbes.setState({
    result: null,
    failed: 0,
    progress: {
      ...{ name, phase: 'starting', done: 0, images, captions: 0 },
      ...{ fraction: null, perSecond: null, secondsLeft: null },
    },
  })
  void refreshStatus()
  let result: R | null = null
  try {
    const onEvent = follow(name, images)
    const steps = work(abort.signal)
    let step = await steps.next()
    for (; !step.done; step = await steps.next()) onEvent(step.value)
    result = step.value
    const { failed } = useProbes.getState()
    if (failed > 0)
      failure('Some captions are missing', `${failed} images failed; go on to try them again.`)
  } catch (error) {
    if (isCancelled(error)) note('Cancelled', `Finished captions are kept; ${about.goOn}`)
    else showError(error)
  } finally {
    abort = null
    useProbes.setState({ progress: null })
    await runsAtRest()
    await reloadDataset(true)
    void refreshStatus()
  }
  return result
}

/** Finished cells are reused: the same request after a cancel goes on where it was. */
export async function runProbes(request: ProbeRequest): Promise<void> {
  const { name, pack, imageIds } = request
  const captionerId = request.captionerId ?? chosenCaptioner()
  const about = { name, images: imageIds.length, goOn: '“Go on” takes it up again.' }
  const result = await run(about, (signal) =>
    client.run(
      'probes.run',
      { pack, imageIds: [...imageIds], ...(captionerId !== null && { captionerId }) },
      { signal },
    ),
  )
  if (result) useProbes.setState({ result })
}

/** The listed images under their alt-texts again, as captions are made now; then both runs side by side. */
export async function recaption(list: Listing): Promise<void> {
  const before = useDataset.getState().query.runId
  const captionerId = chosenCaptioner()
  const settings = settingsFor(captionerId)
  const { seed } = useSettings.getState()
  const about = {
    name: 'The listed captions again',
    images: list.images,
    goOn: 'ask again and it goes on where it was.',
  }
  const places = list.cellIds.map((cellId, index) => ({ cellId, altKind: kindAt(list, index) }))
  const result = await run(about, (signal) =>
    client.run(
      'dataset.recaption',
      { places, settings, seed, ...(captionerId !== null && { captionerId }) },
      { signal },
    ),
  )
  if (!result) return
  if (result.cells > 0 && result.reused === result.cells)
    note(
      'Nothing new',
      'These captions are there already: choose another captioner, seed or sampling in Compare.',
    )
  if (before !== undefined) changeQuery({ runId: result.runId, against: before, change: 'all' })
}

/** Takes up a run that was cancelled, interrupted or had failures. */
export async function goOn(runId: string): Promise<void> {
  try {
    const { pack, imageIds, captionerId } = await client.call('runs.request', { runId })
    const run = useDataset.getState().runs.find(({ id }) => id === runId)
    const request = { name: run?.pack ?? 'pack', pack, imageIds, captionerId }
    // How many are still to be asked only the run itself finds out.
    const sending = { questions: null, pictures: imageIds.length }
    beforeSending(captionerId ?? chosenCaptioner(), sending, () => void runProbes(request))
  } catch (error) {
    showError(error)
  }
}
