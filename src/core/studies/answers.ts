/** What an answer says about the cards: is it complete, who is above whom, who is first. Slots here count from 0. */
import { RealignError } from '../../shared/errors.ts'
import type { Answer, Criterion } from '../../shared/study-types.ts'

const bad = (message: string) =>
  new RealignError('bad-input', message, { hint: 'Answer the question again.' })

/** Fails with 'bad-input' unless the answer is complete and allowed for `cards` cards. */
export function checkAnswer(criterion: Criterion, cards: number, answer: Answer): void {
  if (answer.format === 'cannot-judge') {
    if (!criterion.cannotJudge) throw bad('This question must be answered')
    return
  }
  if (answer.format !== criterion.format)
    throw bad(`This question takes a ${criterion.format}, not a ${answer.format}`)
  switch (answer.format) {
    case 'ranking': {
      const slots = answer.order.flat()
      if (slots.length !== cards || new Set(slots).size !== cards || Math.max(...slots) > cards)
        throw bad('Every card needs exactly one place')
      if (!criterion.ties && answer.order.length !== cards) throw bad('Ties are not allowed here')
      return
    }
    case 'best':
      if (new Set(answer.slots).size !== answer.slots.length || Math.max(...answer.slots) > cards)
        throw bad('There is no such card')
      if (!criterion.ties && answer.slots.length > 1) throw bad('Ties are not allowed here')
      return
    case 'best-worst':
      if (answer.best === answer.worst) throw bad('Best and worst are the same card')
      if (Math.max(answer.best, answer.worst) > cards) throw bad('There is no such card')
      return
    case 'pair': {
      const most = criterion.labels.length === 5 ? 2 : 1
      if (cards !== 2) throw bad('A pair has two cards')
      if (Math.abs(answer.value) > most) throw bad('There is no such level')
      if (answer.identical && (answer.value !== 0 || !criterion.nearlyIdentical))
        throw bad('Nearly identical captions are a tie')
      if (!criterion.ties && answer.value === 0) throw bad('Ties are not allowed here')
      return
    }
    case 'rubric':
      if (answer.values.length !== cards) throw bad('Every card needs a mark')
      if (Math.max(...answer.values) > criterion.labels.length) throw bad('There is no such mark')
      return
    case 'flags':
      if (answer.values.length !== cards) throw bad('Every card needs its answers')
      if (answer.values.some((row) => row.length !== criterion.labels.length))
        throw bad('Every question needs an answer for every card')
      for (const { slot, label, start, end } of answer.spans ?? [])
        if (answer.values[slot - 1]?.[label] !== true || start >= end)
          throw bad('Words are marked only where the answer is yes')
  }
}

/** 1 = i above j, 0 = same place, -1 = below, null = the answer does not say. */
export type Relation = (i: number, j: number) => 1 | 0 | -1 | null

const sign = (value: number): 1 | 0 | -1 => (value > 0 ? 1 : value < 0 ? -1 : 0)

/** Null for answers that order nothing (flags, cannot judge). */
export function relationOf(answer: Answer): Relation | null {
  switch (answer.format) {
    case 'ranking': {
      const place = new Map(answer.order.flatMap((bucket, b) => bucket.map((s) => [s - 1, b])))
      return (i, j) => sign((place.get(j) ?? 0) - (place.get(i) ?? 0))
    }
    case 'best': {
      const best = new Set(answer.slots.map((slot) => slot - 1))
      return (i, j) => {
        if (best.has(i)) return best.has(j) ? 0 : 1
        return best.has(j) ? -1 : null
      }
    }
    case 'best-worst': {
      const level = (slot: number) =>
        slot === answer.best - 1 ? 2 : slot === answer.worst - 1 ? 0 : 1
      return (i, j) => (level(i) === 1 && level(j) === 1 ? null : sign(level(i) - level(j)))
    }
    case 'pair':
      return (i, j) => (i === j ? 0 : sign((i === 0 ? -1 : 1) * answer.value))
    case 'rubric':
      return (i, j) => sign((answer.values[i] ?? 0) - (answer.values[j] ?? 0))
    case 'flags':
    case 'cannot-judge':
      return null
  }
}

/** Slots that nothing is above; null when the answer orders nothing. */
export function firstSlots(answer: Answer, cards: number): number[] | null {
  const relation = relationOf(answer)
  if (!relation) return null
  const slots = Array.from({ length: cards }, (_, slot) => slot)
  if (answer.format === 'best-worst') return [answer.best - 1]
  return slots.filter((i) => slots.every((j) => i === j || (relation(i, j) ?? 1) >= 0))
}

/** Mean places 1..k (1 = best), null when the answer leaves some pair open. */
export function placesOf(answer: Answer, cards: number): number[] | null {
  const relation = relationOf(answer)
  if (!relation || answer.format === 'best' || answer.format === 'best-worst') return null
  const slots = Array.from({ length: cards }, (_, slot) => slot)
  return slots.map((i) =>
    slots.reduce((place, j) => {
      if (i === j) return place
      const seen = relation(i, j)
      return place + (seen === -1 ? 1 : seen === 0 ? 0.5 : 0)
    }, 1),
  )
}
