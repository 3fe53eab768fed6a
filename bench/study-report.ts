/**
 * `npm run bench -- study [--images 5556] [--resamples 10000] [--out file]`: the report of a study with 50,000
 * judgements. CPU seconds beside the clock, for machines that are not quiet; `--out` keeps the bytes for comparing.
 */
import { writeFile } from 'node:fs/promises'
import { monitorEventLoopDelay, performance } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import type { StudyJob } from '../src/core/studies/study-work.ts'
import type { Criterion } from '../src/shared/study-types.ts'
import { createStudyWorker } from '../src/workbench/study-runner.ts'
import { sha256, simulateStudy } from '../test/support/simulated-study.ts'
import { goal } from './report.ts'

const { values } = parseArgs({
  allowPositionals: true,
  options: {
    images: { type: 'string', default: '5556' },
    raters: { type: 'string', default: '12' },
    resamples: { type: 'string', default: '10000' },
    out: { type: 'string' },
  },
})
const print = (line: string): void => void process.stdout.write(`${line}\n`)

const ranking = (id: string): Criterion => ({
  id,
  question: `Which is best by ${id}?`,
  definition: '',
  format: 'ranking',
  labels: [],
  altText: 'hidden',
  ties: true,
  cannotJudge: true,
  nearlyIdentical: false,
})

const made = simulateStudy({
  images: Number(values.images),
  raters: Number(values.raters),
  perItem: 3,
  criteria: ['alignment', 'specificity', 'alt-text'].map(ranking),
  strengths: [1.2, 0.7, 0, -0.1, -0.4],
  imageEffect: 0.8,
  tie: 0.25,
  seed: 20241017,
})
const resamples = Number(values.resamples)
print(`${made.events.length} judgements, ${resamples} resamples, on a thread of their own`)
const job: StudyJob = {
  ...made,
  what: 'report',
  log: [],
  resamples,
  raterModels: false,
  appVersion: '0',
}
const [clock, cpu] = [performance.now(), process.cpuUsage()]
const delay = monitorEventLoopDelay({ resolution: 1 })
delay.enable()
const { report } = await createStudyWorker().run(job, {
  signal: new AbortController().signal,
  progress: () => {},
})
delay.disable()
const used = process.cpuUsage(cpu)
const seconds = (performance.now() - clock) / 1000
print(`${((used.user + used.system) / 1e6).toFixed(1)} s of CPU`)
print(goal('report, seconds on the clock', seconds, '<=', 20))
print(goal('host meanwhile, event-loop delay p99, ms', delay.percentile(99) / 1e6, '<=', 16))
const text = JSON.stringify(report)
print(`sha256 of the report ${sha256(new TextEncoder().encode(text)).slice(0, 16)}`)
if (values.out !== undefined) await writeFile(values.out, text)
