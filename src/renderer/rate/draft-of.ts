/** A whole answer as the presses that give it, so that it can be said in the words of the page. */
import type { Answer, Criterion } from '../../shared/study-types.ts'
import type { Draft, Press } from './draft.ts'

const values = (digits: readonly number[]): readonly Press[] =>
  digits.map((value) => ({ kind: 'value', value }))

const places = (buckets: readonly (readonly number[])[]): readonly Press[] =>
  buckets.flatMap((bucket) =>
    bucket.map((slot, at): Press => ({ kind: 'card', slot, tie: at > 0 })),
  )

function pressesOf(answer: Answer, { labels }: Criterion): readonly Press[] {
  switch (answer.format) {
    case 'ranking':
      return places(answer.order)
    case 'best':
      return places([answer.slots])
    case 'best-worst':
      return places([[answer.best], [answer.worst]])
    case 'pair':
      return values([answer.identical ? labels.length + 1 : answer.value + (labels.length + 1) / 2])
    case 'rubric':
      return values(answer.values)
    case 'flags':
      return values(answer.values.flat().map((one) => (one === null ? 3 : one ? 1 : 2)))
    case 'cannot-judge':
      return []
  }
}

export const draftOf = (answer: Answer, criterion: Criterion): Draft => ({
  presses: pressesOf(answer, criterion),
  spans: answer.format === 'flags' ? (answer.spans ?? []) : [],
})
