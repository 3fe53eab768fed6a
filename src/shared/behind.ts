/** Answers of a page that was behind: their question has got another one. None replaces the other unasked. */
import { canonicalJson } from './canonical-json.ts'
import type { Answer, NewEvent } from './study-types.ts'

export interface Sorted {
  /** To be kept as they are. */
  readonly kept: readonly NewEvent[]
  /** To be kept only once the rater has said which one counts. */
  readonly behind: readonly {
    readonly event: NewEvent
    readonly stands: { readonly id: string; readonly answer: Answer }
  }[]
}

/** `answerTo`: the confirm of this item and question that stands so far. An answer that says the same is not asked about. */
export function sortAnswers(
  events: readonly NewEvent[],
  isKnown: (eventId: string) => boolean,
  answerTo: (trialId: string, criterion: string) => NewEvent | undefined,
): Sorted {
  const kept: NewEvent[] = []
  const behind: Sorted['behind'][number][] = []
  const undone = new Set<string>()
  const fresh = new Map<string, NewEvent>()
  const met = new Set<string>()
  for (const event of events) {
    const { kind, trialId, criterion, payload } = event
    if (met.has(event.id)) continue
    met.add(event.id)
    if (payload.target !== undefined && kind === 'undo') undone.add(payload.target)
    if (kind === 'confirm' && payload.answer && !isKnown(event.id)) {
      const key = `${trialId}/${criterion}`
      const stands = [fresh.get(key), answerTo(trialId, criterion)].find(
        (one) => one && !undone.has(one.id),
      )
      const answer = stands?.payload.answer
      if (stands && answer) {
        if (canonicalJson(answer) !== canonicalJson(payload.answer))
          behind.push({ event, stands: { id: stands.id, answer } })
        continue
      }
      fresh.set(key, event)
    }
    kept.push(event)
  }
  return { kept, behind }
}
