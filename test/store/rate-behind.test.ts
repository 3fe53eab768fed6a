/** One rater, two pages: an answer given on the page that was behind replaces nothing before the rater says so. */
import { describe, expect, test } from 'vitest'
import { fileBackend } from '../../src/renderer/rate/file-backend.ts'
import { createOutbox } from '../../src/renderer/rate/outbox.ts'
import type { TaskFile } from '../../src/shared/contract/studies.ts'
import type { Answer, NewEvent, RateState } from '../../src/shared/study-types.ts'
import { openBench } from '../support/builders.ts'
import { eventOf, planStudy, rate } from '../support/studies.ts'

const ranked = (...slots: number[]): Answer => ({
  format: 'ranking',
  order: slots.map((slot) => [slot]),
})

const answerAt = (state: RateState, answer: Answer): NewEvent =>
  eventOf(state, 'confirm', { answer }, state.trial!)

function memory() {
  const kept = new Map<string, string>()
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
}

async function started() {
  const bench = await openBench()
  const studyId = await planStudy(bench.client, 3, { raters: ['Ada'] })
  const { token, client, state } = await rate(bench, studyId, 0, 0)
  const submit = (...events: NewEvent[]) => client.call('rate.submit', { token, events })
  return { bench, studyId, token, client, state, submit }
}

describe('an answer from a page that was behind', () => {
  test('is not kept and comes back beside the one that stands, with the newer state', async () => {
    const { state, submit, bench, studyId } = await started()
    const newer = answerAt(state, ranked(1, 2, 3))
    await submit(newer)
    const older = answerAt(state, ranked(3, 2, 1))
    const told = await submit(older)
    expect(told.behind).toEqual([
      {
        event: older,
        cards: state.trial!.cards,
        stands: { id: newer.id, answer: ranked(1, 2, 3) },
      },
    ])
    expect(told.trial?.criterion).not.toBe(state.trial?.criterion)
    expect(told.undo?.id).toBe(newer.id)
    expect((await bench.client.call('studies.get', { studyId })).progress.events).toBe(1)
    // The other one is the rater's word: it replaces, and everything stays in the log.
    const undo = eventOf(told, 'undo', { target: newer.id }, state.trial!)
    const again = { ...answerAt(state, ranked(3, 2, 1)), seq: told.nextSeq + 1 }
    const after = await submit(undo, again)
    expect(after).toMatchObject({ behind: [], undo: { id: again.id } })
    expect((await bench.client.call('studies.get', { studyId })).progress.events).toBe(3)
  })

  test('is nothing to ask about when it says the same, was sent before, or the other was taken back', async () => {
    const { state, submit } = await started()
    const first = answerAt(state, ranked(1, 2, 3))
    await submit(first)
    expect(await submit(first)).toMatchObject({ behind: [], undo: { id: first.id } })
    expect(await submit(answerAt(state, ranked(1, 2, 3)))).toMatchObject({
      behind: [],
      undo: { id: first.id },
    })
    const now = await submit(eventOf(state, 'undo', { target: first.id }, state.trial!))
    expect(now.undo).toBeNull()
    const other = answerAt(state, ranked(2, 1, 3))
    expect(await submit(other)).toMatchObject({ behind: [], undo: { id: other.id } })
  })

  test('in a task file as well; the answers that are saved hold the one that stands', async () => {
    const { bench, studyId } = await started()
    const { task } = await bench.client.call('studies.task', { studyId, rater: 0 })
    const backend = fileBackend(task as TaskFile, {}, memory())
    const state = await backend.state()
    const newer = answerAt(state, ranked(1, 2, 3))
    await backend.submit([newer])
    const told = await backend.submit([answerAt(state, ranked(3, 2, 1))])
    expect(told.behind).toMatchObject([{ stands: { id: newer.id }, cards: state.trial!.cards }])
    expect(JSON.parse(backend.answers?.() ?? '')).toMatchObject({ events: [{ id: newer.id }] })
  })

  test('stays in the outbox until it is settled, over a page that was closed', async () => {
    const { state, submit, client, token } = await started()
    const store = memory()
    const open = () =>
      createOutbox(
        {
          state: () => client.call('rate.state', { token }),
          submit: (events) => submit(...events),
          picture: () => Promise.resolve(''),
          ready: () => null,
        },
        store,
      )
    const newer = answerAt(state, ranked(1, 2, 3))
    await submit(newer)
    const older = answerAt(state, ranked(3, 2, 1))
    const quiet = () => {}
    expect((await open().send([older], quiet)).behind).toHaveLength(1)
    const reopened = await open().send([], quiet)
    expect(reopened.behind).toMatchObject([{ event: { id: older.id } }])
    const skip = eventOf(reopened, 'skip', older.payload, older)
    expect(await open().send([skip], quiet, older.id)).toMatchObject({
      behind: [],
      undo: { id: newer.id },
    })
    expect(store.kept.size).toBe(0)
    expect((await open().send([], quiet)).behind).toEqual([])
  })

  test('what another tab puts into the outbox meanwhile is not dropped with what was sent', async () => {
    const { state, client, token } = await started()
    const store = memory()
    const mine = answerAt(state, ranked(1, 2, 3))
    const theirs = eventOf(state, 'note', { text: 'dark' }, state.trial!)
    const outbox = createOutbox(
      {
        state: () => client.call('rate.state', { token }),
        submit: async (events) => {
          store.setItem('realign-outbox', JSON.stringify([...events, theirs]))
          return client.call('rate.submit', { token, events: [...events] })
        },
        picture: () => Promise.resolve(''),
        ready: () => null,
      },
      store,
    )
    await outbox.send([mine], () => {})
    expect(JSON.parse(store.getItem('realign-outbox') ?? '[]')).toEqual([theirs])
  })
})
