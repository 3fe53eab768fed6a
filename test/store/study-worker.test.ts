/** Reports in another thread: the same bytes as in this one, progress on the way, nothing left after a cancel. */
import { describe, expect, test } from 'vitest'
import type { StudyJob } from '../../src/core/studies/study-work.ts'
import { createStudyWorker, jobTools, runHere } from '../../src/workbench/study-runner.ts'
import { collect, openBench } from '../support/builders.ts'
import { simulateStudy } from '../support/simulated-study.ts'
import { planStudy } from '../support/studies.ts'
import { question } from '../pure/studies/report-builders.ts'

const job = (what: StudyJob['what'], resamples = 1000): StudyJob => ({
  ...simulateStudy({
    images: 40,
    raters: 6,
    perItem: 3,
    criteria: [question('q', 'ranking')],
    strengths: [0.5, 0, -0.5],
    tie: 0.2,
    seed: 9,
  }),
  what,
  log: [],
  resamples,
  raterModels: true,
  appVersion: '0',
})

const watching = (progress: (fraction: number) => void = () => {}) => ({
  signal: new AbortController().signal,
  progress,
})

describe('the thread', () => {
  test.each(['report', 'anonymous'] as const)('%s: the same bytes as here', async (what) => {
    const told: number[] = []
    const here = await runHere(job(what), await jobTools(what), watching())
    const there = await createStudyWorker().run(
      job(what),
      watching((fraction) => told.push(fraction)),
    )
    expect(JSON.stringify(there)).toBe(JSON.stringify(here))
    expect(there.files === null).toBe(what === 'report')
    expect(told.length).toBeGreaterThan(5)
    expect(told).toEqual(told.toSorted((a, b) => a - b))
  })

  test('a cancel ends it at once, with the word for it', async () => {
    const stop = new AbortController()
    const work = createStudyWorker().run(job('report', 100_000), {
      signal: stop.signal,
      progress: () => stop.abort(),
    })
    await expect(work).rejects.toMatchObject({ code: 'cancelled' })
  })

  test('what fails there fails here, in the same words', async () => {
    const broken = { ...job('report'), study: { ...job('report').study, protocol: undefined } }
    const work = createStudyWorker().run(broken as unknown as StudyJob, watching())
    await expect(work).rejects.toMatchObject({ name: 'RealignError' })
  })
})

test('a workbench answers others while a report is made, and the report is the one of a plain call', async () => {
  const bench = await openBench()
  const studyId = await planStudy(bench.client, 2)
  const { studyId: large, ...plan } = await imported(bench.client)
  expect(plan.refused).toEqual([])
  const input = { studyId: large, resamples: 1000 }
  const work = bench.client.run('studies.analyse', input)
  const first = await work.next()
  expect(first.value).toMatchObject({ kind: 'progress' })
  const { protocol } = await bench.client.call('studies.get', { studyId })
  expect(protocol.id).toBe(studyId)
  const { output } = await collect(work)
  const again = await bench.client.call('studies.report', input)
  expect(JSON.stringify(output.report)).toBe(JSON.stringify(again.report))
  expect(output.report.counts.judgements).toBe(120)
  expect(output.report.unblindedAfter).toBe('120 of 120 judgements')
})

/** A simulated study, by way of its own export. */
async function imported(client: Awaited<ReturnType<typeof openBench>>['client']) {
  const { toStudyFile } = await import('../../src/core/studies/export/study-file.ts')
  const { hexId } = await import('../pure/studies/report-builders.ts')
  const { study, events } = job('report')
  // Real plans have opaque ids.
  const opaque = {
    ...study,
    plan: {
      ...study.plan,
      assignments: study.plan.assignments.map((one) => ({ ...one, id: hexId(one.id) })),
    },
  }
  const own = events.map((event) => ({ ...event, trialId: hexId(event.trialId) }))
  const text = toStudyFile(opaque, own, [])
  return client.call('studies.import', { text })
}
