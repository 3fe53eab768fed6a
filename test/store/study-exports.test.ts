/** What leaves a study and who is in it: withdrawals, anonymous exports and their key, SQLite, late raters. */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { NewEvent } from '../../src/shared/study-types.ts'
import { question } from '../pure/studies/report-builders.ts'
import { openBench, temporaryFolder } from '../support/builders.ts'
import { closingEvent, eventOf, planStudy, rate, reportText } from '../support/studies.ts'

const binaryText = ({ bytes }: { readonly bytes: Uint8Array }): string =>
  Buffer.from(bytes).toString('latin1')

test('who withdrew gets no new link and no task, counts nowhere, and is not in the key', async () => {
  const bench = await openBench()
  const studyId = await planStudy(bench.client, 4)
  const gone = await rate(bench, studyId, 0)
  await rate(bench, studyId, 1, 3) // two answers and the reveal
  const before = await bench.client.call('studies.key', { studyId })
  expect(before.rows.map(({ name }) => name).sort()).toEqual(['CANARY-Ada', 'CANARY-Ben'])
  await bench.client.call('studies.withdraw', { studyId, rater: 0, note: '' })
  const refused = { code: 'bad-input', message: 'This rater has withdrawn' }
  for (const name of ['studies.invite', 'studies.task'] as const)
    await expect(bench.client.call(name, { studyId, rater: 0 })).rejects.toMatchObject(refused)
  await expect(gone.client.call('rate.state', { token: gone.token })).rejects.toMatchObject({
    code: 'forbidden',
  })
  const { progress } = await bench.client.call('studies.get', { studyId })
  expect(progress.events).toBe(3)
  expect(progress.raters[0]).toMatchObject({ done: 0, withdrawn: true })
  const after = await bench.client.call('studies.key', { studyId })
  expect(after.rows).toEqual(before.rows.filter(({ rater }) => rater !== 0))
  // Answers that come late from a file are kept and count for nothing.
  const again = gone.sent.map((event) => ({ ...event, id: crypto.randomUUID() }))
  const text = JSON.stringify({ format: 'realign-answers-1', studyId, events: again })
  await bench.client.call('studies.import', { text })
  const { report: told } = await bench.client.call('studies.report', { studyId, resamples: 100 })
  expect(told.counts).toMatchObject({ raters: 1, withdrawnRaters: 1, judgements: 2 })
  for (const level of ['full', 'anonymous'] as const) {
    const input = { studyId, level, resamples: 100 }
    const { files, tables } = await bench.client.call('studies.export', input)
    const everything = JSON.stringify([files, tables])
    for (const { id } of [...gone.sent, ...again]) expect(everything).not.toContain(id)
    const judgements = tables.find(({ name }) => name === 'judgements')?.rows ?? []
    expect(new Set(judgements.map((row) => row[1])).size).toBe(1)
  }
})

test('an anonymous export: other ids, its key apart, a warning when a profile stands alone', async () => {
  const bench = await openBench()
  const studyId = await planStudy(bench.client, 4, {
    raters: ['Ada', 'Ben', 'Cy', 'Di'].map((name) => `CANARY-${name}`),
    ratersPerItem: 4,
  })
  const { sent } = await rate(bench, studyId, 0, 2)
  for (const rater of [1, 2, 3]) {
    const { client, token, state } = await rate(bench, studyId, rater)
    let now = state
    for (let event = closingEvent(now); event && rater === 1; event = closingEvent(now)) {
      now = await client.call('rate.submit', { token, events: [event] })
      sent.push(event)
    }
  }
  const input = { studyId, level: 'anonymous' as const, resamples: 100 }
  const { files, tables, binaries, warnings } = await bench.client.call('studies.export', input)
  const everything = JSON.stringify([files, tables])
  for (const { id, trialId } of sent)
    for (const known of [id, trialId]) expect(everything).not.toContain(known)
  const { rows } = await bench.client.call('studies.key', { studyId })
  expect(rows.map(({ label }) => label)).toEqual(['R01', 'R02', 'R03', 'R04'])
  for (const { name } of rows) expect(everything).not.toContain(name)
  // Ada alone stopped early.
  const label = rows.find(({ name }) => name === 'CANARY-Ada')?.label ?? ''
  expect(warnings).toHaveLength(1)
  expect(warnings[0]).toContain(`Only ${label} fits "4 items planned, 1 of them answered"`)
  const [database] = binaries
  expect(Buffer.from(database?.bytes ?? []).includes('CANARY-Ada')).toBe(false)
  expect(tables.find(({ name }) => name === 'recognition')?.rows).toEqual([
    [0, 1, 0, 2, expect.any(Number), expect.any(Number), expect.any(Number), expect.any(Number)],
  ])
  // The same study counted from its own anonymous export.
  const target = await openBench()
  const text = files.find(({ name }) => name === 'study.jsonl')!.text
  const read = await target.client.call('studies.import', { text })
  const told = await target.client.call('studies.report', {
    studyId: read.studyId,
    resamples: 100,
  })
  const own = JSON.parse(files.find(({ name }) => name === 'report.json')!.text) as {
    criteria: unknown
    recognition: unknown
  }
  expect(told.report.recognition).toEqual(own.recognition)
  expect(JSON.parse(JSON.stringify(told.report.criteria))).toEqual(own.criteria)
})

test('an anonymous export says that the study was unblinded early, after which share of the judgements, and not when', async () => {
  const bench = await openBench()
  const studyId = await planStudy(bench.client, 4)
  await rate(bench, studyId, 0, 3)
  await bench.client.call('studies.report', { studyId, resamples: 100 })
  await rate(bench, studyId, 1)
  const { unblinded } = (await bench.client.call('studies.get', { studyId })).progress
  const input = { studyId, level: 'anonymous' as const, resamples: 100 }
  const { files } = await bench.client.call('studies.export', input)
  const textOf = (wanted: string) => files.find(({ name }) => name === wanted)?.text ?? ''
  const line = textOf('study.jsonl')
    .split('\n')
    .find((one) => one.includes('"unblinded"'))
  expect(JSON.parse(line ?? 'null')).toEqual({
    kind: 'unblinded',
    at: '',
    after: expect.stringMatching(/^[1-9] of \d+ judgements$/) as string,
  })
  expect(textOf('report.html')).toMatch(/first named after [1-9] of \d+ judgements/)
  expect(JSON.stringify(files)).not.toContain(unblinded[0])
  // Whoever reads it back reads the same of it.
  const target = await openBench()
  const read = await target.client.call('studies.import', { text: textOf('study.jsonl') })
  const { report } = await target.client.call('studies.report', {
    studyId: read.studyId,
    resamples: 100,
  })
  const own = JSON.parse(textOf('report.json')) as { methods: string }
  expect(report.methods).toBe(own.methods)
})

test('what else a note of the unblinding says, of a file of others, stays out of the anonymous export', async () => {
  const bench = await openBench()
  const studyId = await planStudy(bench.client, 4)
  await rate(bench, studyId, 0, 3)
  const full = await bench.client.call('studies.export', { studyId, level: 'full', resamples: 100 })
  const text = (full.files.find(({ name }) => name === 'study.jsonl')?.text ?? '').replace(
    /"after":"[^"]*"/,
    '"after":"CANARY-Eve looked on Monday"',
  )
  const target = await openBench()
  await target.client.call('studies.import', { text })
  const input = { studyId, level: 'anonymous' as const, resamples: 100 }
  const { files } = await target.client.call('studies.export', input)
  const told = files.find(({ name }) => name === 'study.jsonl')?.text ?? ''
  expect(told).toContain('"unblinded"')
  expect(JSON.stringify(files)).not.toMatch(/CANARY-Eve/)
})

test('the SQLite file holds the tables of the export', async () => {
  const bench = await openBench()
  const studyId = await planStudy(bench.client, 4)
  await rate(bench, studyId, 0)
  const input = { studyId, level: 'full' as const, resamples: 100 }
  const { binaries, tables } = await bench.client.call('studies.export', input)
  expect(binaries.map(({ name }) => name)).toEqual(['study.sqlite'])
  const file = path.join(temporaryFolder(), 'study.sqlite')
  writeFileSync(file, binaries[0]?.bytes ?? new Uint8Array())
  const { openDatabase } = await import('../../src/store/database.ts')
  const database = openDatabase(file, { readonly: true })
  const count = (name: string) =>
    database.get<{ n: number }>({
      compile: () => ({ sql: `SELECT count(*) AS n FROM "${name}"`, parameters: [] }) as never,
    })?.n
  expect(tables.map(({ name }) => [name, count(name)])).toEqual(
    tables.map(({ name, rows }) => [name, rows.length]),
  )
  expect(database.pragma('integrity_check')).toBe('ok')
  database.close()
})

test('late raters join a running study, rate it, and come home with its export', async () => {
  const bench = await openBench()
  const studyId = await planStudy(bench.client, 6)
  await rate(bench, studyId, 0)
  const { raters } = await bench.client.call('studies.addRaters', {
    studyId,
    names: ['CANARY-Cy', 'CANARY-Di'],
  })
  expect(raters).toEqual([
    { rater: 2, name: 'CANARY-Cy', total: 6 },
    { rater: 3, name: 'CANARY-Di', total: 6 },
  ])
  await expect(
    bench.client.call('studies.addRaters', { studyId, names: ['CANARY-Cy'] }),
  ).rejects.toMatchObject({ code: 'bad-input' })
  const { state } = await rate(bench, studyId, 2)
  expect(state.done).toBe(6)
  const { report: told } = await bench.client.call('studies.report', { studyId, resamples: 200 })
  expect(told).toMatchObject({ lateRaters: [2, 3], counts: { raters: 4, judgements: 36 } })
  const input = { studyId, level: 'full' as const, resamples: 200 }
  const { files } = await bench.client.call('studies.export', input)
  const text = files.find(({ name }) => name === 'study.jsonl')!.text
  const target = await openBench()
  expect(await target.client.call('studies.import', { text })).toMatchObject({ refused: [] })
  expect(await reportText(target.client, studyId)).toBe(await reportText(bench.client, studyId))
  expect((await target.client.call('studies.export', input)).files).toEqual(files)
})

test('a workspace with the plan as it was learns of late raters from a later export', async () => {
  const bench = await openBench()
  const studyId = await planStudy(bench.client, 4)
  const exported = async () => {
    const input = { studyId, level: 'full' as const, resamples: 100 }
    const { files } = await bench.client.call('studies.export', input)
    return files.find(({ name }) => name === 'study.jsonl')!.text
  }
  const other = await openBench()
  await other.client.call('studies.import', { text: await exported() })
  await bench.client.call('studies.addRaters', { studyId, names: ['CANARY-Cy'] })
  await rate(bench, studyId, 2)
  const read = await other.client.call('studies.import', { text: await exported() })
  expect(read).toMatchObject({ created: false, refused: [], added: 16 })
  const { protocol } = await other.client.call('studies.get', { studyId })
  expect(protocol.raters).toEqual(['CANARY-Ada', 'CANARY-Ben', 'CANARY-Cy'])
  expect(await reportText(other.client, studyId)).toBe(await reportText(bench.client, studyId))
})

test('notes and the closing words: for the owner and the same rater, in no anonymous export, to no other rater', async () => {
  const bench = await openBench()
  const studyId = await planStudy(bench.client, 3)
  const [ada, ben] = [await rate(bench, studyId, 0, 1), await rate(bench, studyId, 1, 1)]
  const trialId = ada.state.trial!.trialId
  let now = ada.state
  const say = async (payload: NewEvent['payload'], kind: NewEvent['kind'] = 'note') => {
    const events = [eventOf(now, kind, payload, { trialId })]
    now = await ada.client.call('rate.submit', { token: ada.token, events })
    return now
  }
  expect(ada.state.trial).toMatchObject({ note: '' })
  const noted = await say({ text: 'CANARY-note' })
  expect(noted).toMatchObject({ closed: false, trial: { trialId, note: 'CANARY-note' } })
  await say({}, 'break')
  const closed = await say({ recognised: 'yes', text: 'CANARY-guess' })
  expect(closed).toMatchObject({ closed: true, trial: { note: 'CANARY-note' } })
  const other = await ben.client.call('rate.state', { token: ben.token })
  expect(other.closed).toBe(false)
  expect(JSON.stringify(other)).not.toMatch(/CANARY-(note|guess)/)
  const { report } = await bench.client.call('studies.report', { studyId, resamples: 100 })
  expect(report.recognition).toMatchObject({
    yes: 1,
    unsure: 0,
    no: 0,
    words: [{ rater: 0, text: 'CANARY-guess' }],
  })
  expect(report.methods).toContain('1 of 1 rater said they had recognised')
  // Neither of them is an answer.
  expect(report.counts.judgements).toBe(2)
  const made = async (level: 'full' | 'anonymous') => {
    const input = { studyId, level, resamples: 100 }
    const { files, tables, binaries } = await bench.client.call('studies.export', input)
    return { tables, all: [JSON.stringify([files, tables]), ...binaries.map(binaryText)].join() }
  }
  const full = await made('full')
  expect(full.tables.find(({ name }) => name === 'notes')?.rows.map((row) => row.slice(3))).toEqual(
    [
      [null, 'CANARY-note'],
      ['yes', 'CANARY-guess'],
    ],
  )
  const anonymous = await made('anonymous')
  expect(anonymous.all).not.toMatch(/CANARY-(note|guess)/)
  // That a system was recognised stays, because it bears on the result.
  expect(anonymous.all).toContain('1 of 1 rater said they had recognised')
})

test('words that a rater marked come out with the system that wrote them; only where the answer is yes', async () => {
  const bench = await openBench()
  const studyId = await planStudy(bench.client, 2, {
    criteria: [{ ...question('probe', 'flags'), labels: ['right', 'wrong'] }],
    quality: { wrongImage: 0, plantedError: 0, duplicate: 0 },
  })
  const { token, client, state } = await rate(bench, studyId, 0, 0)
  const { trialId, cards } = state.trial!
  const values = cards.map(() => [true, false])
  const send = (label: number) =>
    client.call('rate.submit', {
      token,
      events: [
        eventOf(
          state,
          'confirm',
          { answer: { format: 'flags', values, spans: [{ slot: 2, label, start: 2, end: 9 }] } },
          { trialId, criterion: 'probe' },
        ),
      ],
    })
  await expect(send(1)).rejects.toMatchObject({ code: 'bad-input' })
  await send(0)
  for (const level of ['full', 'anonymous'] as const) {
    const input = { studyId, level, resamples: 100 }
    const { tables } = await bench.client.call('studies.export', input)
    const rows = tables.find(({ name }) => name === 'spans')?.rows
    expect(rows).toHaveLength(1)
    expect(rows?.[0]?.[4]).toMatch(/^CANARY-(alpha|beta|gamma)$/)
    expect(rows?.[0]?.slice(5)).toEqual(['right', 2, 9, cards[1]?.text.slice(2, 9)])
  }
})
