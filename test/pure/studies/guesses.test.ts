/** Guesses after the session: what is asked, what is right, and what the report says of it. */
import { describe, expect, test } from 'vitest'
import { GUESSES, guessesFor, judgeGuess } from '../../../src/core/studies/guesses.ts'
import { planIndex } from '../../../src/core/studies/plan-index.ts'
import { recognition } from '../../../src/core/studies/report/recognition.ts'
import type { JudgementEvent } from '../../../src/shared/study-types.ts'
import { confirm, handStudy, question } from './report-builders.ts'

const made = (images: number, systems = ['A', 'B', 'C']) =>
  handStudy({ images, raters: 2, systems, criteria: [question('best')], seed: 5 })

/** Cards stand in the order of the systems: slot 1 is system 0. */
const guess = (trialId: string, like: { trialId: string; slot: number }, slot: number) => ({
  ...confirm(trialId, '', { format: 'best', slots: [1] }),
  kind: 'guess' as const,
  payload: { guess: { like, slot } } satisfies JudgementEvent['payload'],
})

describe('questions', () => {
  test('each of two items of the rater, no item twice, every system in turn, the same when asked again', () => {
    const study = made(20)
    const { plan } = study
    for (const rater of [0, 1]) {
      const asked = guessesFor(study, rater)
      expect(asked).toHaveLength(GUESSES)
      expect(guessesFor(structuredClone(study), rater)).toEqual(asked)
      const trials = asked.flatMap(({ trialId, like }) => [trialId, like.trialId])
      expect(new Set(trials).size).toBe(2 * GUESSES)
      const own = new Set(
        planIndex(plan)
          .trialsOf(rater)
          .map(({ id }) => id),
      )
      expect(trials.filter((id) => !own.has(id))).toEqual([])
      expect(asked.map(({ like }) => like.slot).sort()).toEqual([1, 1, 2, 2, 3, 3])
    }
    expect(guessesFor(study, 0)).not.toEqual(guessesFor(study, 1))
  })

  test('few items: fewer questions; one item or strange raters: none', () => {
    expect(guessesFor(made(5), 0)).toHaveLength(2)
    expect(guessesFor(made(1), 0)).toEqual([])
    expect(guessesFor(made(5), 7)).toEqual([])
  })

  test('a card of two systems is never what is looked for; it may be what is found', () => {
    const study = made(2)
    const { plan } = study
    const items = plan.items.map((item) => ({
      ...item,
      cards: [
        { text: 'the same', systems: [0, 1] },
        { text: 'another', systems: [2] },
      ],
    }))
    const assignments = plan.assignments.map((one) => ({ ...one, order: [0, 1] }))
    const merged = { ...plan, items, assignments }
    for (const rater of [0, 1])
      expect(guessesFor({ ...study, plan: merged }, rater).map(({ like }) => like.slot)).toEqual([
        2,
      ])
    const [asked] = guessesFor({ ...study, plan: merged }, 0)
    const judged = judgeGuess(merged, asked!.trialId, { like: asked!.like, slot: 2 })
    expect(judged).toEqual({ right: true, chance: 1 / 2 })
    expect(() =>
      judgeGuess(merged, asked!.trialId, { like: { ...asked!.like, slot: 1 }, slot: 2 }),
    ).toThrow('There is no such card')
  })

  test('items that test the raters, and repeats, are not asked about', () => {
    const study = made(6)
    const { plan } = study
    const items = plan.items.map((item, n) =>
      n < 4 ? { ...item, kind: 'duplicate' as const } : item,
    )
    const [asked, ...more] = guessesFor({ ...study, plan: { ...plan, items } }, 0)
    expect(more).toEqual([])
    const { assignments } = planIndex(plan)
    const both = [asked!.trialId, asked!.like.trialId].map((id) => assignments.get(id)?.itemId)
    expect(both.sort()).toEqual(['i0004', 'i0005'])
    const repeats = plan.assignments.map((one) => ({ ...one, repeatOf: 'x' }))
    expect(guessesFor({ ...study, plan: { ...plan, assignments: repeats } }, 0)).toEqual([])
  })
})

describe('answers', () => {
  test('of another rater, of the same item, of no card: refused', () => {
    const { plan } = made(6)
    const [mine, other] = [0, 1].map((rater) => planIndex(plan).trialsOf(rater))
    const [a, b] = [mine![0]!.id, mine![1]!.id]
    const refused = (trialId: string, like: string, slot: number) =>
      expect(() => judgeGuess(plan, trialId, { like: { trialId: like, slot: 1 }, slot })).toThrow()
    refused(a, a, 1)
    refused(a, other![1]!.id, 1)
    refused(a, b, 4)
    refused('nobody', b, 1)
    expect(judgeGuess(plan, a, { like: { trialId: b, slot: 2 }, slot: 2 }).right).toBe(true)
    expect(judgeGuess(plan, a, { like: { trialId: b, slot: 2 }, slot: 3 }).right).toBe(false)
  })

  test('the report: share of right ones against chance, the last guess on an item counts', () => {
    const study = made(20)
    const { plan } = study
    const asked = guessesFor(study, 0)
    const events = [
      guess(asked[0]!.trialId, asked[0]!.like, (asked[0]!.like.slot % 3) + 1),
      ...asked.map(({ trialId, like }, n) =>
        guess(trialId, like, n < 5 ? like.slot : 1 + (like.slot % 3)),
      ),
    ]
    const said = recognition(plan, events)
    // 5 of 6; Wilson interval computed by hand from its formula with z = 1.959964.
    expect(said).toMatchObject({ yes: 0, no: 0, unsure: 0 })
    expect(said?.guesses).toMatchObject({ n: 6, chance: expect.closeTo(1 / 3, 12) })
    expect(said?.guesses?.value).toBeCloseTo(5 / 6, 12)
    expect(said?.guesses?.low).toBeCloseTo(0.4365, 3)
    expect(said?.guesses?.high).toBeCloseTo(0.9699, 3)
    expect(recognition(plan, [])).toBeNull()
  })
})
