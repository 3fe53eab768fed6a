/** Reports of studies in a thread of their own, so that every host goes on answering while one is made. */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import {
  studyJob,
  type StudyJob,
  type StudyJobResult,
  type StudyJobTools,
  type StudyWorker,
  type Watching,
} from '../core/studies/study-work.ts'
import { fromWire, RealignError, throwIfAborted } from '../shared/errors.ts'
import type { FromWorker, ToWorker } from './study-worker.ts'

export const sha256 = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex')

/** Judgements times resamples that are done before a thread has started. */
const SMALL = 100_000
/** What reading a judgement takes, in resamples of it. */
const READING = 50
/** Copying more at once would be felt by whoever else is served. */
const PIECE = 100

/** Beside this file as source, beside the main script when built. */
function workerFile(): string | undefined {
  const here = import.meta.dirname
  return ['study-worker.ts', 'study-worker.js', path.join('..', 'study-worker.js')]
    .map((name) => path.join(here, name))
    .find((file) => existsSync(file))
}

const soon = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** In this thread, with a breath between steps. */
export async function runHere(
  job: StudyJob,
  tools: StudyJobTools,
  { signal, progress }: Watching,
): Promise<StudyJobResult> {
  const steps = studyJob(job, tools)
  for (;;) {
    throwIfAborted(signal)
    const step = steps.next()
    if (step.done) return step.value
    progress(step.value)
    await soon()
  }
}

/** Resolves with null when the thread could not even start. */
function runThere(file: string, job: StudyJob, { signal, progress }: Watching) {
  return new Promise<StudyJobResult | null>((resolve, reject) => {
    const worker = new Worker(file, { execArgv: [] })
    let ready = false
    const end = (finish: () => void): void => {
      signal.removeEventListener('abort', cancel)
      void worker.terminate()
      finish()
    }
    const cancel = (): void =>
      end(() => reject(new RealignError('cancelled', 'The report was cancelled')))
    signal.addEventListener('abort', cancel, { once: true })
    const send = async (): Promise<void> => {
      const { events, ...head } = job
      for (let at = 0; at < events.length && !signal.aborted; at += PIECE) {
        const piece: ToWorker = { kind: 'events', events: events.slice(at, at + PIECE) }
        worker.postMessage(piece)
        await soon()
      }
      const start: ToWorker = { kind: 'start', job: head }
      worker.postMessage(start)
    }
    worker.on('message', (message: FromWorker) => {
      if (message.kind === 'ready') {
        ready = true
        send().catch((error: unknown) => end(() => reject(error as Error)))
      } else if (message.kind === 'progress') progress(message.fraction)
      else if (message.kind === 'done') end(() => resolve(message.result))
      else end(() => reject(fromWire(message.error)))
    })
    worker.once('error', (error) => end(() => (ready ? reject(error) : resolve(null))))
    worker.once('exit', () =>
      end(() =>
        ready
          ? reject(new RealignError('host-gone', 'The report ended before it was done'))
          : resolve(null),
      ),
    )
  })
}

/** The store's library is loaded only where a file is made. */
export async function jobTools(what: StudyJob['what']): Promise<StudyJobTools> {
  if (what === 'full' || what === 'anonymous')
    return { sha256, ...(await import('../store/sqlite-file.ts')) }
  const sqlite = () => {
    throw new RealignError('bug', 'A report makes no file')
  }
  return { sha256, sqlite }
}

export function createStudyWorker(): StudyWorker {
  return {
    async run(job, watching) {
      throwIfAborted(watching.signal)
      const file = workerFile()
      const small = job.events.length * Math.max(READING, job.resamples) <= SMALL
      const there = small || file === undefined ? null : await runThere(file, job, watching)
      return there ?? runHere(job, await jobTools(job.what), watching)
    },
  }
}
