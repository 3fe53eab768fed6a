/** Studies in a workspace: planned, rated, merged in any order, exported, imported, withdrawn. */
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { shuffled } from '../../src/core/studies/statistics/mulberry32.ts'
import type { NewEvent, RateState } from '../../src/shared/study-types.ts'
import {
  addPictures,
  collect,
  fakePicture,
  openBench,
  seededRandom,
  temporaryFolder,
} from '../support/builders.ts'
import { FAKE_CAPTIONER } from '../support/fake-engine.ts'
import { eventOf, nextEvent, planStudy, rate, reportText, SYSTEMS } from '../support/studies.ts'

describe('a study', () => {
  test('planned with hidden items and a balance; dry run keeps nothing', async () => {
    const { client } = await openBench()
    const studyId = await planStudy(client, 25)
    const { protocol, progress } = await client.call('studies.get', { studyId })
    expect(protocol.systems.map(({ name }) => name)).toEqual([...SYSTEMS])
    // 25 images and 2 + 1 + 1 hidden ones; two raters see them all.
    expect(progress.raters.map(({ total }) => total)).toEqual([29, 29])
    const { studies } = await client.call('studies.list', {})
    expect(studies).toHaveLength(1)
  })

  test('systems are captioners under an alt-text condition: newest cells of the workspace', async () => {
    const { client } = await openBench()
    const imageIds = await addPictures(client, ['one', 'two'])
    await collect(
      client.run('comparisons.run', {
        imageIds,
        conditions: [
          { altKind: 'empty', text: '' },
          { altKind: 'class-name', text: 'a bird' },
        ],
      }),
    )
    const plan = await client.call('studies.plan', {
      name: 'from cells',
      systems: [
        { name: 'unaided', altKind: 'empty' },
        { name: 'with class', altKind: 'class-name' },
      ],
      raters: ['Ada'],
      quality: { wrongImage: 0, plantedError: 0, duplicate: 0 },
      dryRun: true,
    })
    expect(plan).toMatchObject({ studyId: null, items: 2, systems: ['unaided', 'with class'] })
    expect((await client.call('studies.list', {})).studies).toEqual([])
  })

  test('the model view: the square that the one captioner of all cards read, asked for as it was read', async () => {
    const { client, engine, workbench } = await openBench()
    const imageIds = await addPictures(client, ['one', 'two'])
    const conditions = [
      { altKind: 'empty' as const, text: '' },
      { altKind: 'class-name' as const, text: 'a bird' },
    ]
    const asked: unknown[] = []
    engine.asSeen = (captionerId, bytes, resize) => {
      asked.push([captionerId, resize])
      return Promise.resolve(bytes.slice(0, 4))
    }
    const settings = { resize: 'centre-crop' as const }
    await collect(
      client.run('comparisons.run', { imageIds: imageIds.slice(0, 1), conditions, settings }),
    )
    // The other picture was read in two ways: there is no one view of it.
    await collect(
      client.run('comparisons.run', {
        imageIds: imageIds.slice(1),
        conditions: conditions.slice(0, 1),
        settings,
      }),
    )
    await collect(
      client.run('comparisons.run', {
        imageIds: imageIds.slice(1),
        conditions: conditions.slice(1),
      }),
    )
    const { studyId } = await client.call('studies.plan', {
      name: 'seen',
      systems: conditions.map(({ altKind }) => ({ name: altKind, altKind })),
      raters: ['Ada'],
      quality: { wrongImage: 0, plantedError: 0, duplicate: 0 },
      repeatShare: 0,
    })
    const { task, pictures } = await client.call('studies.task', { studyId: studyId!, rater: 0 })
    const of = (imageId: string | undefined) => {
      const { key } = pictures.find((one) => one.size === 'full' && one.imageId === imageId)!
      return task.trials.find(({ trialId }) => trialId === key)!
    }
    const [one, two] = imageIds.map(of)
    expect([one?.modelView, two?.modelView]).toEqual([true, false])
    expect(pictures.filter(({ size }) => size === 'seen')).toEqual([
      {
        key: `${one?.trialId}/model`,
        imageId: imageIds[0],
        size: 'seen',
        captionerId: FAKE_CAPTIONER.id,
        resize: 'centre-crop',
      },
    ])
    const { token } = await client.call('studies.invite', { studyId: studyId!, rater: 0 })
    const rater = workbench.clientAs('rater')
    const state = await rater.call('rate.state', { token })
    expect(state.trial?.modelView).toBe(state.trial?.trialId === one?.trialId)
    const view = 'model' as const
    const seen = await rater.call('rate.picture', { token, trialId: one!.trialId, view })
    expect(seen).toMatchObject({ type: 'image/png', bytes: fakePicture('one').slice(0, 4) })
    expect(asked).toEqual([[FAKE_CAPTIONER.id, 'centre-crop']])
    await expect(
      rater.call('rate.picture', { token, trialId: two!.trialId, view }),
    ).rejects.toMatchObject({ code: 'not-found' })
    // An export keeps it, and the study that is read from it has it.
    const level = 'full' as const
    const { files } = await client.call('studies.export', { studyId: studyId!, level })
    const target = await openBench()
    const text = files.find(({ name }) => name === 'study.jsonl')!.text
    await target.client.call('studies.import', { text })
    const read = await target.client.call('studies.task', { studyId: studyId!, rater: 0 })
    expect(read.pictures).toEqual(pictures)
  })

  test('rated to the end, with staged reveal; the same report again', async () => {
    const bench = await openBench()
    const studyId = await planStudy(bench.client, 6)
    const { state, sent } = await rate(bench, studyId, 0)
    expect(state).toMatchObject({ trial: null, done: 6, total: 6 })
    expect(sent.filter(({ kind }) => kind === 'reveal')).toHaveLength(6) // once an item
    const once = await reportText(bench.client, studyId)
    expect(await reportText(bench.client, studyId)).toBe(once)
    expect(JSON.parse(once)).toMatchObject({ counts: { judgements: 18, raters: 2 } })
  })

  test('undo goes back over items, without limit, to the same item and order', async () => {
    const bench = await openBench()
    const studyId = await planStudy(bench.client, 5)
    const { token, client } = await rate(bench, studyId, 0, 0)
    const seen: RateState[] = [await client.call('rate.state', { token })]
    const random = seededRandom(5)
    for (let step = 0; step < 12; step++) {
      const state = seen.at(-1)!
      seen.push(await client.call('rate.submit', { token, events: [nextEvent(state, random)!] }))
    }
    let state = seen.at(-1)!
    while (state.undo) {
      const events = [eventOf(state, 'undo', { target: state.undo.id }, state.undo)]
      state = await client.call('rate.submit', { token, events })
    }
    expect(state.done).toBe(0)
    expect(state.trial?.trialId).toBe(seen[0]?.trial?.trialId)
    expect(state.trial?.cards).toEqual(seen[0]?.trial?.cards)
  })

  test('a session of seeded answers, undos and replays over the wire: nothing lost, nothing doubled', async () => {
    const bench = await openBench()
    const studyId = await planStudy(bench.client, 8, { template: 'best-worst' })
    const { token, client } = await rate(bench, studyId, 0, 0)
    const random = seededRandom(77)
    const model: NewEvent[] = []
    const all = new Set<string>()
    let state: RateState = await client.call('rate.state', { token })
    for (let step = 0; step < 200; step++) {
      const undo = state.undo && random() < 0.4
      const event = undo
        ? eventOf(state, 'undo', { target: state.undo!.id }, state.undo!)
        : nextEvent(state, random)
      if (!event) break
      all.add(event.id)
      if (undo) model.pop()
      else model.push(event)
      // The answer was lost on the way: the page sends the same event again, and again.
      const events = random() < 0.3 ? [event, event] : [event]
      state = await client.call('rate.submit', { token, events })
      if (random() < 0.5) state = await client.call('rate.submit', { token, events })
      expect(state.undo?.id).toBe(model.at(-1)?.id)
      expect(state.done).toBe(model.length)
    }
    const { progress } = await bench.client.call('studies.get', { studyId })
    expect(progress.events).toBe(all.size)
  })

  test('a new link closes the older one; a withdrawn rater has none', async () => {
    const bench = await openBench()
    const studyId = await planStudy(bench.client, 3)
    const first = await rate(bench, studyId, 0, 2)
    await rate(bench, studyId, 0, 1)
    const old = first.client.call('rate.state', { token: first.token })
    await expect(old).rejects.toMatchObject({ code: 'forbidden' })
    const other = await rate(bench, studyId, 1, 1)
    const foreign = { ...first.sent[0]!, id: crypto.randomUUID() }
    await expect(
      other.client.call('rate.submit', { token: other.token, events: [foreign] }),
    ).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('the alt-text cannot be had before the hidden questions are answered', async () => {
    const bench = await openBench()
    const studyId = await planStudy(bench.client, 3)
    const { token, client, state } = await rate(bench, studyId, 0, 0)
    expect(state.trial?.altText).toBeNull()
    const events = [eventOf(state, 'reveal', {}, state.trial!)]
    await expect(client.call('rate.submit', { token, events })).rejects.toMatchObject({
      code: 'bad-input',
    })
  })
})

describe('answers from elsewhere', () => {
  test('files with overlap and conflicts merge to the same report in any order', async () => {
    const source = await openBench()
    const studyId = await planStudy(source.client, 6)
    const plan = (
      await source.client.call('studies.export', { studyId, level: 'full', resamples: 100 })
    ).files.find(({ name }) => name === 'study.jsonl')!.text
    const { sent } = await rate(source, studyId, 0)
    const other = await rate(source, studyId, 1)
    // The same rater answered on two machines: common events, one id with other words, later changes.
    const changed = sent.map((event) =>
      event.payload.answer
        ? {
            ...event,
            payload: { answer: { format: 'cannot-judge' as const, reason: 'other machine' } },
          }
        : event,
    )
    const file = (events: readonly NewEvent[]) =>
      JSON.stringify({ format: 'realign-answers-1', studyId, events }, null, 2)
    const files = [
      file(sent.slice(0, 16)),
      file([...sent.slice(8, 12), ...changed.slice(12, 20)]),
      file(other.sent),
    ]
    const reports = new Set<string>()
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 0, 2],
      [1, 2, 0, 1, 0],
    ]) {
      const { client } = await openBench()
      await client.call('studies.import', { text: plan })
      for (const at of order) await client.call('studies.import', { text: files[at] ?? '' })
      const again = await client.call('studies.import', { text: files[1] ?? '' })
      expect(again.added).toBe(0)
      expect(again.conflicts).toBeGreaterThan(0)
      reports.add(await reportText(client, studyId))
    }
    expect(reports.size).toBe(1)
  })

  test('one rater on two devices: the later answer counts, and it is said how often', async () => {
    const bench = await openBench()
    const studyId = await planStudy(bench.client, 3, { reveal: 'never' })
    const { state } = await rate(bench, studyId, 0, 0)
    const ranked = (...slots: number[]) => ({
      answer: { format: 'ranking' as const, order: slots.map((slot) => [slot]) },
    })
    const [early, late] = [ranked(1, 2, 3), ranked(3, 2, 1)].map((payload, at) => ({
      ...eventOf(state, 'confirm', payload, state.trial!),
      tWall: `2026-01-0${at + 1}T00:00:00.000Z`,
    }))
    const file = (...events: NewEvent[]) =>
      JSON.stringify({ format: 'realign-answers-1', studyId, events })
    const first = await bench.client.call('studies.import', { text: file(late!) })
    expect(first).toMatchObject({ added: 1, twice: 0 })
    const second = await bench.client.call('studies.import', { text: file(early!) })
    expect(second).toMatchObject({ added: 1, twice: 1, conflicts: 0 })
    const { report } = await bench.client.call('studies.report', { studyId, resamples: 100 })
    expect(report.counts).toMatchObject({ judgements: 1, answeredTwice: 1 })
  })

  test('an export read into an empty workspace gives the same report, byte for byte', async () => {
    const bench = await openBench()
    const studyId = await planStudy(bench.client, 6)
    await rate(bench, studyId, 0)
    await rate(bench, studyId, 1, 9)
    const input = { studyId, level: 'full' as const, resamples: 200 }
    const { files } = await bench.client.call('studies.export', input)
    const text = files.find(({ name }) => name === 'study.jsonl')!.text
    const target = await openBench()
    const read = await target.client.call('studies.import', { text })
    expect(read).toMatchObject({ created: true, refused: [] })
    expect(await reportText(target.client, studyId)).toBe(await reportText(bench.client, studyId))
    const again = await target.client.call('studies.export', input)
    expect(again.files).toEqual(files)
  })

  test('an anonymous export names no rater, no clock, no file and no image', async () => {
    const bench = await openBench()
    const studyId = await planStudy(bench.client, 6)
    const { sent, token } = await rate(bench, studyId, 0)
    const { files, tables } = await bench.client.call('studies.export', {
      studyId,
      level: 'anonymous',
      resamples: 100,
    })
    const everything = JSON.stringify([files, tables])
    const { images } = await bench.client.call('images.list', {})
    for (const canary of [
      'CANARY-Ada',
      'CANARY-Ben',
      'CANARY-file',
      token,
      sent[0]!.tWall,
      ...images.map(({ id }) => id),
    ])
      expect(everything).not.toContain(canary)
    expect(everything).toContain('CANARY-alpha')
    const target = await openBench()
    const text = files.find(({ name }) => name === 'study.jsonl')!.text
    expect(await target.client.call('studies.import', { text })).toMatchObject({ refused: [] })
  })

  test('withdrawn answers leave reports and later exports; a tombstone stays', async () => {
    const bench = await openBench()
    const studyId = await planStudy(bench.client, 4)
    const gone = await rate(bench, studyId, 0)
    await rate(bench, studyId, 1)
    await bench.client.call('studies.withdraw', { studyId, rater: 0, note: '' })
    const { report: after } = await bench.client.call('studies.report', { studyId, resamples: 100 })
    expect(after.counts).toMatchObject({ raters: 1, withdrawnRaters: 1, judgements: 12 })
    const { files } = await bench.client.call('studies.export', {
      studyId,
      level: 'full',
      resamples: 100,
    })
    const text = files.find(({ name }) => name === 'study.jsonl')!.text
    for (const { id } of gone.sent) expect(text).not.toContain(id)
    expect(text).toContain('"withdrawn"')
  })

  test.each([
    ['not JSON', '{'],
    ['another JSON', '{"a":1}'],
    ['answers to nothing', '{"format":"realign-answers-1","studyId":"x","events":[]}'],
  ])('%s is refused in words', async (_name, text) => {
    const { client } = await openBench()
    await expect(client.call('studies.import', { text })).rejects.toMatchObject({
      hint: expect.any(String) as string,
    })
  })
})

test('judgements cannot be changed or deleted, and a workspace opens with them again', async () => {
  const file = path.join(temporaryFolder(), 'study.realign')
  const first = await openBench({ workspaceFile: file })
  const studyId = await planStudy(first.client, 3)
  await rate(first, studyId, 0, 5)
  const before = await reportText(first.client, studyId)
  await first.workbench.close()
  const { openDatabase } = await import('../../src/store/database.ts')
  const database = openDatabase(file)
  for (const table of [
    'judgement_events',
    'studies',
    'study_items',
    'study_assignments',
    'study_log',
  ])
    expect(() => database.exec(`DELETE FROM ${table}`)).toThrow(/append-only/)
  database.close()
  const second = await openBench({ workspaceFile: file })
  expect(await reportText(second.client, studyId)).toBe(before)
})

test('orders of arrival do not matter for the state a rater comes back to', async () => {
  const bench = await openBench()
  const studyId = await planStudy(bench.client, 4)
  const { sent } = await rate(bench, studyId, 0, 7)
  const states = new Set<string>()
  for (let seed = 0; seed < 3; seed++) {
    const { client, workbench } = await openBench()
    const { files } = await bench.client.call('studies.export', {
      studyId,
      level: 'full',
      resamples: 100,
    })
    const lines = files
      .find(({ name }) => name === 'study.jsonl')!
      .text.trim()
      .split('\n')
    const plan = lines.filter((line) => !line.includes('"kind":"event"')).join('\n')
    await client.call('studies.import', { text: plan })
    const events = shuffled(sent, seededRandom(seed))
    await client.call('studies.import', {
      text: JSON.stringify({ format: 'realign-answers-1', studyId, events }),
    })
    const { token } = await client.call('studies.invite', { studyId, rater: 0 })
    states.add(JSON.stringify(await workbench.clientAs('rater').call('rate.state', { token })))
  }
  expect(states.size).toBe(1)
})
