/** Running comparisons: the rows being written, batched to one state write a frame. */
import { create } from 'zustand'
import type { Input } from '../../shared/contract.ts'
import type { Condition, ComparisonEvent } from '../../shared/contract/comparisons.ts'
import type { Cell, GenerationSettings } from '../../shared/types.ts'
import { client } from '../api.ts'
import type { LiveCell } from '../sheet/sheet-model.ts'
import { putCell, select, useComparison } from './comparison.ts'
import { chosenCaptioner, settingsFor, useSettings } from './settings.ts'
import { refreshStatus, useStatus } from './status.ts'
import { failure, note, showError } from './toasts.ts'

export interface Asked {
  readonly imageId: string
  readonly conditions: readonly Condition[]
  readonly captionerId: string
  readonly settings: GenerationSettings
  readonly seed: number
  /** The token to force, of the caption to leave; the conditions are then that caption's own. */
  readonly branch?: Pick<Input<'cells.branch'>, 'cellId' | 'token' | 'tokenId'>
}

interface RunsState {
  readonly live: readonly LiveCell[]
  /** Cells on disk that wait for their score. */
  readonly scoring: readonly string[]
}

export const useRuns = create<RunsState>(() => ({ live: [], scoring: [] }))

const running = new Map<number, AbortController>()
let lastRun = 0
let patches: ReadonlyMap<string, Partial<LiveCell>> = new Map()

function flush(): void {
  const waiting = patches
  patches = new Map()
  useRuns.setState(({ live }) => ({
    live: live.map((one) => ({ ...one, ...waiting.get(one.key) })),
  }))
}

function patch(key: string, change: Partial<LiveCell>): void {
  if (patches.size === 0) requestAnimationFrame(flush)
  patches = new Map(patches).set(key, { ...patches.get(key), ...change })
}

/** Tokens a second of each row, counted from its first token. */
function paceOf(started: Map<string, number>, key: string, tokens: number): number | null {
  const now = performance.now()
  const first = started.get(key)
  if (first === undefined) started.set(key, now)
  return first === undefined || now - first < 200 ? null : ((tokens - 1) * 1000) / (now - first)
}

function finish(key: string, cell: Cell): void {
  useRuns.setState(({ live, scoring }) => ({
    live: live.filter((one) => one.key !== key),
    scoring: cell.score ? scoring : [...scoring, cell.id],
  }))
  putCell(cell)
  if (useComparison.getState().selected === key) select(cell.id)
}

const scored = (cellIds: readonly string[]) =>
  useRuns.setState(({ scoring }) => ({ scoring: scoring.filter((id) => !cellIds.includes(id)) }))

const compare = (
  { imageId, conditions, captionerId, settings, seed }: Asked,
  signal: AbortSignal,
) =>
  client.run(
    'comparisons.run',
    { imageIds: [imageId], conditions: [...conditions], captionerId, settings, seed },
    { signal },
  )

/** Follows one run to its end; `keys` names the live row of each condition. */
async function follow(asked: Asked, keys: readonly string[], signal: AbortSignal): Promise<void> {
  const started = new Map<string, number>()
  const mine: string[] = []
  const onEvent = (event: ComparisonEvent): void => {
    const key = 'condition' in event ? keys[event.condition] : undefined
    const all = (change: Partial<LiveCell>) => keys.forEach((one) => patch(one, change))
    if (event.kind === 'queued')
      all({ phase: 'queued', note: `place ${event.position} in the queue` })
    else if (event.kind === 'loading')
      all({ phase: 'loading', note: event.phase, fraction: event.fraction })
    else if (event.kind === 'encoding') all({ phase: 'encoding', note: '', fraction: null })
    else if (event.kind === 'token' && key)
      patch(key, {
        phase: 'captioning',
        text: event.text,
        tokens: event.tokens,
        tokensPerSecond: paceOf(started, key, event.tokens),
      })
    else if (event.kind === 'saved' && key) {
      mine.push(event.cell.id)
      finish(key, event.cell)
    } else if (event.kind === 'scored') {
      putCell(event.cell)
      scored([event.cell.id])
    } else if (event.kind === 'failed')
      failure(
        event.stage === 'score' ? 'No score for these captions' : 'No caption',
        `${event.message} ${event.hint ?? ''}`,
      )
  }
  const { conditions, branch } = asked
  try {
    const work = branch ? client.run('cells.branch', branch, { signal }) : compare(asked, signal)
    let step = await work.next()
    for (; !step.done; step = await work.next()) onEvent(step.value)
    if (step.value.reused > 0 && step.value.reused === conditions.length)
      note(
        'Already in this workspace',
        `The same cell is never computed twice.${branch ? '' : ' S samples again.'}`,
      )
  } finally {
    scored(mine)
  }
}

/** A stored cell names the rule itself, so a running one must, or it would stand in a column of its own. */
export function resolveResize(
  captionerId: string,
  settings: GenerationSettings,
): GenerationSettings {
  const rule = useStatus.getState().bundles.find(({ id }) => id === captionerId)?.resize
  const known = rule === 'squash' || rule === 'centre-crop' ? rule : 'bundle'
  return settings.resize === 'bundle' ? { ...settings, resize: known } : settings
}

/** Starts captions of one image; rows appear at once and fill as tokens come. */
export async function startRun(asked: Asked): Promise<void> {
  const run = ++lastRun
  const abort = new AbortController()
  running.set(run, abort)
  const keys = asked.conditions.map((_, index) => `live ${run} ${index}`)
  const { imageId, captionerId } = asked
  const settings = resolveResize(captionerId, asked.settings)
  const live = asked.conditions.map(({ altKind, text }, index): LiveCell => ({
    ...{ key: keys[index] ?? '', imageId, altKind, altText: text, captionerId, settings },
    ...{ phase: 'queued', note: '', fraction: null, text: '', tokens: 0, tokensPerSecond: null },
    branches: asked.branch !== undefined,
  }))
  useRuns.setState((state) => ({ live: [...state.live, ...live] }))
  select(keys[0] ?? null)
  void refreshStatus()
  try {
    await follow(asked, keys, abort.signal)
  } catch (error) {
    showError(error)
  } finally {
    running.delete(run)
    useRuns.setState((state) => ({ live: state.live.filter((one) => !keys.includes(one.key)) }))
    const { selected, cells } = useComparison.getState()
    if (selected !== null && keys.includes(selected)) select(cells.at(-1)?.id ?? null)
    void refreshStatus()
  }
}

export const isRunning = (): boolean => running.size > 0

/** Esc: everything running stops between two tokens; finished captions stay. */
export function cancelRuns(): void {
  for (const abort of running.values()) abort.abort()
}

/** Captions the open image under these alt-texts with the settings of the moment. */
export function caption(conditions: readonly Condition[]): void {
  const { imageId } = useComparison.getState()
  const captionerId = chosenCaptioner()
  if (imageId === null || captionerId === null || conditions.length === 0) return
  const settings = settingsFor(captionerId)
  const { seed } = useSettings.getState()
  void startRun({ imageId, conditions, captionerId, settings, seed })
}

/** One more sample of a cell: the first seed from its own on that this place has not used. */
export function sampleAgain(cell: Cell, used: readonly number[]): void {
  let seed = cell.seed
  while (used.includes(seed)) seed++
  void startRun({
    imageId: cell.imageId,
    conditions: [{ altKind: cell.altKind, text: cell.altText }],
    captionerId: cell.captionerId,
    settings: cell.provenance.settings,
    seed,
  })
}

/** The same beginning, another token at this place, then drawn on: a caption of its own below the one it leaves. */
export function branchFrom(cell: Cell, token: number, tokenId: number): void {
  void startRun({
    imageId: cell.imageId,
    conditions: [{ altKind: cell.altKind, text: cell.altText }],
    captionerId: cell.captionerId,
    settings: cell.provenance.settings,
    seed: cell.seed,
    branch: { cellId: cell.id, token, tokenId },
  })
}
