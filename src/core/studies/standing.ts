/** What stands of one rater's events, kept up event by event: the same as folding all of them, in any order. */
import type { JudgementEvent, NewEvent } from '../../shared/study-types.ts'
import { byTime } from './fold.ts'

export interface Standing {
  /** Events that were met before change nothing. */
  add(events: readonly JudgementEvent[]): void
  has(eventId: string): boolean
  /** Criteria of this item with an answer that was not taken back. */
  answered(trialId: string): ReadonlySet<string>
  /** The confirm of this question that stands; the last one where several do. */
  answerTo(trialId: string, criterion: string): JudgementEvent | undefined
  /** The same as it would be with these as well. */
  answeredWith(trialId: string, events: readonly NewEvent[]): ReadonlySet<string>
  isRevealed(trialId: string): boolean
  /** The rater's last words about this item; '' when there are none. */
  noteOn(trialId: string): string
  /** Has the rater said whether a system was recognised? */
  isClosed(): boolean
  /** Has the rater guessed whose a card of this item is? */
  hasGuessed(trialId: string): boolean
  /** What `undo` would take back: the last confirm that still stands. */
  last(): JudgementEvent | null
  /** One more than any number that was used. */
  nextSeq(): number
}

/** `onAnswered`: of which items the answers may have changed. */
export function createStanding(onAnswered: (trialId: string) => void = () => {}): Standing {
  /** One an id; of two with other words the one with the smaller checksum, whichever came first. */
  const kept = new Map<string, JudgementEvent>()
  let nextSeq = 0
  let undone = new Set<string>()
  let revealed = new Set<string>()
  let confirms: JudgementEvent[] = []
  let byTrial = new Map<string, Set<JudgementEvent>>()
  let notes = new Map<string, JudgementEvent>()
  let closed = false
  let guessed = new Set<string>()

  function place(confirm: JudgementEvent): void {
    let at = confirms.length
    while (at > 0 && byTime(confirms[at - 1] as JudgementEvent, confirm) > 0) at--
    confirms.splice(at, 0, confirm)
    const own = byTrial.get(confirm.trialId)
    if (own) own.add(confirm)
    else byTrial.set(confirm.trialId, new Set([confirm]))
    onAnswered(confirm.trialId)
  }

  function take(confirm: JudgementEvent): void {
    const at = confirms.lastIndexOf(confirm)
    if (at < 0) return
    confirms.splice(at, 1)
    byTrial.get(confirm.trialId)?.delete(confirm)
    onAnswered(confirm.trialId)
  }

  function apply(event: JudgementEvent): void {
    const { kind, payload, trialId } = event
    if (kind === 'confirm' && !undone.has(event.id)) place(event)
    if (kind === 'reveal') revealed.add(trialId)
    if (kind === 'guess') guessed.add(trialId)
    if (kind === 'undo' && payload.target) {
      undone.add(payload.target)
      const target = kept.get(payload.target)
      if (target) take(target)
    }
    if (kind === 'note' && payload.recognised) closed = true
    else if (kind === 'note') {
      const before = notes.get(trialId)
      if (!before || byTime(before, event) < 0) notes.set(trialId, event)
    }
  }

  /** Other words under a known id won: everything that followed from the first ones is done again. */
  function rebuild(): void {
    const touched = [...byTrial.keys()]
    undone = new Set()
    revealed = new Set()
    confirms = []
    byTrial = new Map()
    notes = new Map()
    closed = false
    guessed = new Set()
    for (const event of kept.values()) apply(event)
    touched.forEach(onAnswered)
  }

  const criteria = (events: Iterable<NewEvent>): ReadonlySet<string> => {
    const out = new Set<string>()
    for (const { criterion, payload } of events) if (payload.answer) out.add(criterion)
    return out
  }

  return {
    add(events) {
      for (const event of events) {
        nextSeq = Math.max(nextSeq, event.seq + 1)
        const before = kept.get(event.id)
        if (before && before.checksum <= event.checksum) continue
        kept.set(event.id, event)
        if (before) rebuild()
        else apply(event)
      }
    },
    has: (eventId) => kept.has(eventId),
    answered: (trialId) => criteria(byTrial.get(trialId) ?? []),
    answerTo: (trialId, criterion) =>
      [...(byTrial.get(trialId) ?? [])]
        .filter((one) => one.criterion === criterion)
        .sort(byTime)
        .at(-1),
    answeredWith(trialId, events) {
      const gone = new Set(events.map(({ payload }) => payload.target))
      const own = events.filter(
        (one) => one.kind === 'confirm' && one.trialId === trialId && !undone.has(one.id),
      )
      const all = [...(byTrial.get(trialId) ?? []), ...own]
      return criteria(all.filter(({ id }) => !gone.has(id)))
    },
    isRevealed: (trialId) => revealed.has(trialId),
    noteOn: (trialId) => notes.get(trialId)?.payload.text ?? '',
    isClosed: () => closed,
    hasGuessed: (trialId) => guessed.has(trialId),
    last: () => confirms.at(-1) ?? null,
    nextSeq: () => nextSeq,
  }
}
