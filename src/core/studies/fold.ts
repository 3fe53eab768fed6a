/** Events → current judgements. The order in which events arrived never matters, only what they say. */
import { canonicalJson } from '../../shared/canonical-json.ts'
import type { Answer, JudgementEvent, Timing } from '../../shared/study-types.ts'

export interface Judgement {
  readonly eventId: string
  readonly trialId: string
  readonly criterion: string
  readonly answer: Answer
  readonly timing: Timing | null
  readonly seq: number
  /** Confirms of this trial and criterion that were taken back or replaced before this one. */
  readonly changes: number
  /** Taken back after the alt-text was shown. */
  readonly changedAfterReveal: boolean
}

/** Order of what one rater did, whatever the order of arrival. */
export const byTime = (a: JudgementEvent, b: JudgementEvent): number =>
  a.seq - b.seq || compare(a.tWall, b.tWall) || compare(a.id, b.id)
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** One event an id: of two with other words the one with the smaller checksum, whichever came first. */
export function settle(events: readonly JudgementEvent[]): {
  readonly events: readonly JudgementEvent[]
  readonly conflicts: number
} {
  const kept = new Map<string, JudgementEvent>()
  const conflicts = new Set<string>()
  for (const event of events) {
    const other = kept.get(event.id)
    if (other && other.checksum !== event.checksum) conflicts.add(event.id)
    if (!other || event.checksum < other.checksum) kept.set(event.id, event)
  }
  return { events: [...kept.values()].sort(byTime), conflicts: conflicts.size }
}

export const judgementKey = (trialId: string, criterion: string): string =>
  `${trialId}/${criterion}`

/** Questions of one rater with two answers that differ, none taken back: given in two places; the last one counts. */
export function answeredTwice(events: readonly JudgementEvent[]): number {
  const undone = new Set(events.map(({ kind, payload }) => kind === 'undo' && payload.target))
  const said = new Map<string, Set<string>>()
  for (const { id, kind, trialId, criterion, payload } of settle(events).events) {
    if (kind !== 'confirm' || !payload.answer || undone.has(id)) continue
    const key = judgementKey(trialId, criterion)
    said.set(key, (said.get(key) ?? new Set()).add(canonicalJson(payload.answer)))
  }
  return [...said.values()].filter(({ size }) => size > 1).length
}

/** The current judgement of a trial and criterion is the last confirm that was not taken back. */
export function foldEvents(events: readonly JudgementEvent[]): ReadonlyMap<string, Judgement> {
  const { events: settled } = settle(events)
  const undone = new Map<string, JudgementEvent>()
  const revealed = new Map<string, number>()
  for (const event of settled) {
    if (event.kind === 'undo' && event.payload.target) undone.set(event.payload.target, event)
    if (event.kind === 'reveal' && !revealed.has(event.trialId))
      revealed.set(event.trialId, event.seq)
  }
  const current = new Map<string, Judgement>()
  const earlier = new Map<string, { changes: number; afterReveal: boolean }>()
  for (const event of settled) {
    const { answer, timing } = event.payload
    if (event.kind !== 'confirm' || !answer) continue
    const key = judgementKey(event.trialId, event.criterion)
    const before = earlier.get(key) ?? { changes: 0, afterReveal: false }
    const undo = undone.get(event.id)
    if (undo) {
      const shown = revealed.get(event.trialId)
      const late = shown !== undefined && event.seq < shown && undo.seq > shown
      earlier.set(key, {
        changes: before.changes + 1,
        afterReveal: before.afterReveal || late,
      })
      continue
    }
    earlier.set(key, { ...before, changes: before.changes + 1 })
    current.set(key, {
      eventId: event.id,
      trialId: event.trialId,
      criterion: event.criterion,
      answer,
      timing: timing ?? null,
      seq: event.seq,
      changes: before.changes,
      changedAfterReveal: before.afterReveal,
    })
  }
  return current
}
