/** What stands of a rater's events, event by event, is what folding all of them says; and no event is read twice. */
import { describe, expect, test } from 'vitest'
import { deskOf } from '../../../src/core/studies/desk.ts'
import { foldEvents, judgementKey } from '../../../src/core/studies/fold.ts'
import { createStanding } from '../../../src/core/studies/standing.ts'
import { mulberry32, shuffled } from '../../../src/core/studies/statistics/mulberry32.ts'
import type { StudyStore } from '../../../src/core/studies/study-store.ts'
import type { Answer, JudgementEvent } from '../../../src/shared/study-types.ts'
import { simulateStudy } from '../../support/simulated-study.ts'
import { confirm, hexId, question } from './report-builders.ts'

const best = (slot: number): Answer => ({ format: 'best', slots: [slot] })
const TRIALS = ['a', 'b', 'c', 'd'].map(hexId)

/** Answers, undos, reveals and notes, some of them sent twice, some under a known id in other words. */
function session(random: () => number): JudgementEvent[] {
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T
  const events: JudgementEvent[] = []
  for (let seq = 0; seq < 30; seq++) {
    const trial = pick(TRIALS)
    const base = confirm(trial, pick(['p', 'q']), best(1 + Math.floor(random() * 5)), { seq })
    const dice = random()
    const old = events.length > 0 ? pick(events) : base
    if (dice < 0.2) events.push({ ...base, kind: 'undo', payload: { target: old.id } })
    else if (dice < 0.3) events.push({ ...base, kind: 'reveal', criterion: '', payload: {} })
    else if (dice < 0.4) events.push({ ...base, kind: 'note', payload: { text: `note ${seq}` } })
    else if (dice < 0.5) events.push({ ...base, id: old.id, seq: old.seq })
    else events.push(base)
  }
  return events
}

describe('standing', () => {
  test('1,000 seeded sessions in any order and any pieces: what folding says, and it told of every change', () => {
    for (let seed = 0; seed < 1000; seed++) {
      const random = mulberry32(seed)
      const events = session(random)
      const arrived = shuffled([...events, ...events.filter(() => random() < 0.3)], random)
      const told = new Map<string, number>()
      const standing = createStanding((trial) => told.set(trial, standing.answered(trial).size))
      while (arrived.length > 0) standing.add(arrived.splice(0, 1 + Math.floor(random() * 6)))
      const folded = foldEvents(events)
      for (const trial of TRIALS) {
        const expected = ['p', 'q'].filter((one) => folded.has(judgementKey(trial, one)))
        expect([...standing.answered(trial)].sort()).toEqual(expected)
        expect(told.get(trial) ?? 0).toBe(expected.length)
      }
      const last = [...folded.values()].sort((a, b) => a.seq - b.seq).at(-1)
      expect(standing.last()?.seq ?? -1).toBeGreaterThanOrEqual(last?.seq ?? -1)
      expect(standing.last() === null).toBe(folded.size === 0)
      expect(standing.nextSeq()).toBe(1 + Math.max(...events.map(({ seq }) => seq)))
    }
  })

  test('the last note is the one that counts; the closing one is no note on an item', () => {
    const [a = ''] = TRIALS
    const note = (text: string, seq: number, more: object = {}): JudgementEvent => ({
      ...confirm(a, '', best(1), { seq }),
      kind: 'note',
      payload: { text, ...more },
    })
    const standing = createStanding()
    standing.add([note('second', 5), note('first', 2)])
    expect([standing.noteOn(a), standing.isClosed()]).toEqual(['second', false])
    standing.add([note('it begins alike', 9, { recognised: 'yes' })])
    expect([standing.noteOn(a), standing.isClosed()]).toEqual(['second', true])
    standing.add([note('', 12)])
    expect(standing.noteOn(a)).toBe('')
  })

  test('an answer with others on the way: taken back there, it is open', () => {
    const [a = ''] = TRIALS
    const first = confirm(a, 'p', best(1), { seq: 1 })
    const second = confirm(a, 'q', best(1), { seq: 2 })
    const back: JudgementEvent = {
      ...first,
      id: second.id,
      kind: 'undo',
      payload: { target: first.id },
    }
    const standing = createStanding()
    standing.add([first])
    expect([...standing.answeredWith(a, [second])]).toEqual(['p', 'q'])
    expect([...standing.answeredWith(a, [back])]).toEqual([])
    expect([...standing.answered(a)]).toEqual(['p'])
  })
})

test('a desk reads every event once, however often it is asked, and sees what others wrote', () => {
  const { study, events } = simulateStudy({
    images: 30,
    raters: 1,
    perItem: 1,
    criteria: [question('q')],
    strengths: [1, 0],
    seed: 2,
  })
  const written: JudgementEvent[] = []
  let read = 0
  const store = {
    eventsOfRater(_study: string, _rater: number, after: number) {
      const fresh = written.slice(after)
      read += fresh.length
      return { events: fresh, last: written.length }
    },
  } as Partial<StudyStore> as StudyStore
  for (const [n, event] of events.entries()) {
    const desk = deskOf(store, study, 0)
    expect(desk.done()).toBe(n)
    expect(desk.next(2).map(({ id }) => id)).toEqual(
      desk.trials.slice(n, n + 2).map(({ id }) => id),
    )
    written.push(event)
  }
  expect(deskOf(store, study, 0).next(1)).toEqual([])
  expect(read).toBe(events.length)
  const [third] = events.slice(2)
  written.push({
    ...(third as JudgementEvent),
    id: crypto.randomUUID(),
    seq: 99,
    kind: 'undo',
    payload: { target: third?.id as string },
  })
  expect(
    deskOf(store, study, 0)
      .next(2)
      .map(({ id }) => id),
  ).toEqual([third?.trialId])
  expect(deskOf(store, study, 0).done()).toBe(events.length - 1)
})
