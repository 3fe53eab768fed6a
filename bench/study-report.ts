/**
 * `npm run bench -- study [--images 5556] [--resamples 10000] [--out file]`: the report of a study with 50,000
 * judgements. CPU seconds beside the clock, for machines that are not quiet; `--out` keeps the bytes for comparing.
 */
import { writeFile } from 'node:fs/promises'
import { performance } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { studyReport } from '../src/core/studies/report/study-report.ts'
import type { Criterion } from '../src/shared/study-types.ts'
import { sha256, simulateStudy } from '../test/support/simulated-study.ts'

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
print(`${made.events.length} judgements, ${resamples} resamples`)
const [clock, cpu] = [performance.now(), process.cpuUsage()]
const report = studyReport({ ...made, log: [], resamples, appVersion: '0', sha256 })
const used = process.cpuUsage(cpu)
print(
  `report: ${((performance.now() - clock) / 1000).toFixed(1)} s on the clock, ${((used.user + used.system) / 1e6).toFixed(1)} s of CPU`,
)
const text = JSON.stringify(report)
print(`sha256 of the report ${sha256(new TextEncoder().encode(text)).slice(0, 16)}`)
if (values.out !== undefined) await writeFile(values.out, text)
