/** The other thread of study-runner.ts: gathers a job, does it, tells how far it is, and ends. */
import { parentPort } from 'node:worker_threads'
import { studyJob, type StudyJob, type StudyJobResult } from '../core/studies/study-work.ts'
import { toWire, type WireError } from '../shared/errors.ts'
import { jobTools } from './study-runner.ts'

export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'progress'; readonly fraction: number }
  | { readonly kind: 'done'; readonly result: StudyJobResult }
  | { readonly kind: 'failed'; readonly error: WireError }

export type ToWorker =
  | { readonly kind: 'events'; readonly events: StudyJob['events'] }
  | { readonly kind: 'start'; readonly job: Omit<StudyJob, 'events'> }

const port = parentPort
if (!port) throw new Error('study-worker.ts is started as a thread')
const tell = (message: FromWorker): void => port.postMessage(message)

async function work(job: StudyJob): Promise<void> {
  const steps = studyJob(job, await jobTools(job.what))
  let told = 0
  for (;;) {
    const step = steps.next()
    if (step.done) return tell({ kind: 'done', result: step.value })
    if (step.value - told < 0.01) continue
    told = step.value
    tell({ kind: 'progress', fraction: told })
  }
}

const events: StudyJob['events'][number][] = []
port.on('message', (message: ToWorker) => {
  if (message.kind === 'events') return void events.push(...message.events)
  work({ ...message.job, events }).catch((error: unknown) =>
    tell({ kind: 'failed', error: toWire(error) }),
  )
})
tell({ kind: 'ready' })
