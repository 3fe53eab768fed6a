/** Judgements from events: undo, conflicts, and any order of arrival. */
import { describe, expect, test } from 'vitest'
import { checkAnswer, firstSlots, placesOf, relationOf } from '../../../src/core/studies/answers.ts'
import { answeredTwice, foldEvents, judgementKey, settle } from '../../../src/core/studies/fold.ts'
import { mulberry32, shuffled } from '../../../src/core/studies/statistics/mulberry32.ts'
import type { Answer, JudgementEvent } from '../../../src/shared/study-types.ts'
import { confirm, hexId, question } from './report-builders.ts'

const best = (slot: number): Answer => ({ format: 'best', slots: [slot] })
const undo = (target: JudgementEvent, seq: number): JudgementEvent => ({
  ...confirm(target.trialId, '', best(1), { seq }),
  kind: 'undo',
  payload: { target: target.id },
})

describe('folding', () => {
  test('the last confirm that was not taken back stands', () => {
    const [a, b] = [confirm('t', 'q', best(1), { seq: 1 }), confirm('t', 'q', best(2), { seq: 2 })]
    const key = judgementKey('t', 'q')
    expect(foldEvents([a, b]).get(key)?.answer).toEqual(best(2))
    expect(foldEvents([a, b, undo(b, 3)]).get(key)?.answer).toEqual(best(1))
    expect(foldEvents([a, b, undo(b, 3), undo(a, 4)]).has(key)).toBe(false)
  })

  test('two answers of one rater that stand are counted, unless they say the same', () => {
    const [a, b] = [confirm('t', 'q', best(1), { seq: 1 }), confirm('t', 'q', best(2), { seq: 1 })]
    const same = confirm('u', 'q', best(1), { seq: 2 })
    expect(answeredTwice([a, same, { ...same, id: crypto.randomUUID() }])).toBe(0)
    expect(answeredTwice([b, a, same])).toBe(1)
    expect(answeredTwice([a, b, undo(b, 3)])).toBe(0)
  })

  test('taking an answer back after the alt-text was shown is told', () => {
    const first = confirm('t', 'q', best(1), { seq: 1 })
    const reveal: JudgementEvent = { ...confirm('t', '', best(1), { seq: 2 }), kind: 'reveal' }
    const again = confirm('t', 'q', best(2), { seq: 4 })
    const events = [first, reveal, undo(first, 3), again]
    expect(foldEvents(events).get(judgementKey('t', 'q'))).toMatchObject({
      changes: 1,
      changedAfterReveal: true,
    })
  })

  test('1,000 seeded sequences of answers and undos: the state equals a model, in any order of arrival', () => {
    for (let seed = 0; seed < 1000; seed++) {
      const random = mulberry32(seed)
      const events: JudgementEvent[] = []
      const model: { trial: string; event: JudgementEvent }[] = []
      for (let step = 0; step < 30; step++) {
        const last = model.at(-1)
        if (last && random() < 0.3) {
          events.push(undo(last.event, step))
          model.pop()
        } else {
          const trial = hexId(String(Math.floor(random() * 4)))
          const event = confirm(trial, 'q', best(1 + Math.floor(random() * 5)), { seq: step })
          events.push(event)
          model.push({ trial, event })
        }
      }
      const expected = new Map(
        model.map(({ trial, event }) => [judgementKey(trial, 'q'), event.id]),
      )
      // Replays: half of the events arrive twice.
      const arrived = shuffled([...events, ...events.filter(() => random() < 0.5)], random)
      const folded = foldEvents(arrived)
      expect(new Map([...folded].map(([key, one]) => [key, one.eventId]))).toEqual(expected)
      expect(settle(arrived).events).toHaveLength(events.length)
    }
  })

  test('two events of one id with other words settle the same whichever came first', () => {
    const a = confirm('t', 'q', best(1), { seq: 1 })
    const b = { ...a, payload: { answer: best(2) }, checksum: hexId('other') + hexId('more') }
    const one = foldEvents([a, b]).get(judgementKey('t', 'q'))
    expect(foldEvents([b, a]).get(judgementKey('t', 'q'))).toEqual(one)
    expect(settle([a, b]).conflicts).toBe(1)
  })
})

describe('answers', () => {
  test.each<[Answer, (number | null)[] | null, number[] | null]>([
    [{ format: 'ranking', order: [[3], [1, 4], [5], [2]] }, [2.5, 5, 1, 2.5, 4], [2]],
    [{ format: 'best', slots: [2, 4] }, null, [1, 3]],
    [{ format: 'best-worst', best: 5, worst: 1 }, null, [4]],
    [{ format: 'rubric', values: [3, 5, 5, 1, 2] }, [3, 1.5, 1.5, 5, 4], [1, 2]],
    [{ format: 'cannot-judge', reason: '' }, null, null],
  ])('%j', (answer, places, first) => {
    expect(placesOf(answer, 5)).toEqual(places)
    expect(firstSlots(answer, 5)).toEqual(first)
  })

  test('a pair is above or below by the sign of its level', () => {
    const relation = relationOf({ format: 'pair', value: -2, identical: false })
    expect([relation?.(0, 1), relation?.(1, 0)]).toEqual([1, -1])
    expect(firstSlots({ format: 'pair', value: 1, identical: false }, 2)).toEqual([1])
    expect(firstSlots({ format: 'pair', value: 0, identical: true }, 2)).toEqual([0, 1])
  })

  test.each<[string, Answer]>([
    ['ranking', { format: 'ranking', order: [[1], [2]] }],
    ['ranking', { format: 'ranking', order: [[1], [2], [2]] }],
    ['ranking', { format: 'ranking', order: [[1], [2], [4]] }],
    ['best', { format: 'best', slots: [4] }],
    ['best-worst', { format: 'best-worst', best: 1, worst: 1 }],
    ['ranking', { format: 'best', slots: [1] }],
  ])('refused for %s of 3 cards: %j', (format, answer) => {
    const criterion = question('q', format as 'best')
    expect(() => checkAnswer(criterion, 3, answer)).toThrow()
  })
})
