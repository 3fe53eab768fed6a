/** Images of a run that are captioned at the same time: they work side by side and are heard one after another. */
import type { TaskEvent } from '../../shared/contract.ts'
import { toWire } from '../../shared/errors.ts'
import type { Deps } from '../deps.ts'
import { captionCells, type CellsJob } from './caption-image.ts'
import { shareTurn } from './share-turn.ts'

type Event = TaskEvent<'comparisons.run'>

/** Failures of the engine that say nothing of the image: whatever else was under way has failed with it. */
const SHARED_FATES = new Set(['engine-crashed', 'engine-timeout', 'out-of-memory'])
/** After so many of them images are captioned one by one. */
const MOST_SETBACKS = 3

export interface Flight {
  readonly index: number
  readonly job: CellsJob
  /** Not yet heard by anyone. */
  readonly said: Event[]
  /** It is the one that is listened to; of others only what is kept is noted. */
  heard: boolean
  state: 'working' | 'done' | 'failed'
  error: unknown
  /** Others worked at the same time. */
  company: boolean
  ended: Promise<void>
}

export interface SideBySide {
  /** The oldest one, or undefined when all are done. */
  readonly first: () => Flight | undefined
  /** Starts as many as there is room for. */
  readonly fill: () => void
  readonly drop: () => void
  /** True where it was started once more, alone, because nobody knows whose the failure was. */
  readonly triedAlone: (flight: Flight) => boolean
  /** Something was said, or one has ended. */
  readonly change: () => Promise<void>
  /** All of them, stopped. */
  readonly stop: () => Promise<readonly Flight[]>
}

export interface SideBySideJob {
  readonly count: number
  readonly jobOf: (index: number) => CellsJob
  /** Captions under way at the same time; 1: one image after another. */
  readonly rows: number
}

const isProgress = ({ kind }: Event): boolean =>
  kind === 'token' || kind === 'encoding' || kind === 'loading' || kind === 'queued'

export function sideBySide(
  deps: Deps,
  { count, jobOf, rows }: SideBySideJob,
  signal: AbortSignal,
): SideBySide {
  const inside: Deps = { ...deps, queue: shareTurn(deps.queue) }
  const ending = new AbortController()
  const either = AbortSignal.any([signal, ending.signal])
  const flights: Flight[] = []
  let room = rows
  let next = 0
  /** As many as there was room for have begun since the engine was entered. */
  let filled = false
  /** One of them failed with the engine: each is tried alone before others begin. */
  let careful = false
  let setbacks = 0
  let wake = (): void => {}

  const working = () => flights.filter(({ state }) => state === 'working')
  const codeOf = ({ state, error }: Flight): string | null =>
    state === 'failed' ? toWire(error).code : null
  const isNobodys = (flight: Flight): boolean =>
    flight.company && SHARED_FATES.has(codeOf(flight) ?? '')

  const follow = async (flight: Flight): Promise<void> => {
    try {
      for await (const event of captionCells(inside, flight.job, either)) {
        if (flight.heard || !isProgress(event)) flight.said.push(event)
        wake()
      }
      flight.state = 'done'
    } catch (error) {
      flight.error = error
      flight.state = 'failed'
    }
    wake()
  }

  const start = (flight: Flight): void => {
    flight.state = 'working'
    const all = working()
    for (const one of all) one.company ||= all.length > 1
    flight.ended = follow(flight)
  }

  /** Who waits for the engine gets it when those under way are done: until then nothing is added to them. */
  const hasRoom = (): boolean => {
    if (flights.length === 0) careful = false
    if (room === 1 || careful || flights.some(isNobodys)) return flights.length === 0
    const busy = working()
    if (busy.length === 0) filled = false
    const open = busy.reduce((sum, { job }) => sum + job.plan.length - job.placed.length, 0)
    if (open >= room || flights.length >= 2 * room) return false
    return !filled || deps.queue.waiting === 0
  }

  return {
    first: () => flights[0],
    fill() {
      while (next < count && hasRoom()) {
        const index = next++
        const flight: Flight = {
          ...{ index, job: jobOf(index), said: [], heard: false },
          ...{ state: 'working', error: null, company: false, ended: Promise.resolve() },
        }
        flights.push(flight)
        start(flight)
      }
      filled = true
    },
    drop: () => void flights.shift(),
    triedAlone(flight) {
      if (!isNobodys(flight)) return false
      if (working().length > 0) return true // when they are done
      if (!careful && (++setbacks === MOST_SETBACKS || codeOf(flight) === 'out-of-memory')) room = 1
      careful = true
      flight.company = false
      start(flight)
      return true
    },
    change: () => new Promise((resolve) => (wake = resolve)),
    async stop() {
      ending.abort()
      await Promise.all(flights.map(({ ended }) => ended))
      return flights
    },
  }
}
