/** What a rater may do: see the next item, answer, take back. Everything is looked up by the token alone. */
import { RealignError } from '../../shared/errors.ts'
import type {
  JudgementEvent,
  NewEvent,
  Protocol,
  RateState,
  Trial,
} from '../../shared/study-types.ts'
import type { Deps } from '../deps.ts'
import { picture } from '../images/picture.ts'
import { checkAnswer } from './answers.ts'
import { foldEvents, judgementKey, lastStanding, type Judgement } from './fold.ts'
import type { Assignment, Plan, StudyItem } from './plan-types.ts'
import type { StoredStudy } from './study-store.ts'

interface Seat {
  readonly study: StoredStudy
  readonly rater: number
}

/** Fails with 'forbidden' for every token that opens nothing; says no more than that. */
function seatOf(deps: Deps, token: string): Seat {
  const held = deps.store.studies.holderOf(deps.sha256(new TextEncoder().encode(token)))
  const study = held && deps.store.studies.get(held.studyId)
  if (!held || !study)
    throw new RealignError('forbidden', 'This link does not work any more', {
      hint: 'Ask the person who sent it for a new one.',
    })
  return { study, rater: held.rater }
}

export const trialsOf = (plan: Plan, rater: number): readonly Assignment[] =>
  plan.assignments.filter((one) => one.rater === rater).sort((a, b) => a.position - b.position)

/** Hidden criteria come first, so that an early look at the alt-text cannot colour them. */
export const criteriaInOrder = ({ criteria, reveal }: Protocol): Protocol['criteria'] =>
  reveal === 'staged'
    ? [...criteria].sort((a, b) => Number(a.altText === 'shown') - Number(b.altText === 'shown'))
    : criteria

export const cardsOf = (item: StudyItem, { order }: Assignment): Trial['cards'] =>
  order.map((card, slot) => ({ slot: slot + 1, text: item.cards[card]?.text ?? '' }))

interface View {
  readonly protocol: Protocol
  readonly items: ReadonlyMap<string, StudyItem>
  readonly current: ReadonlyMap<string, Judgement>
  readonly revealed: ReadonlySet<string>
}

const open = ({ protocol, current }: View, trialId: string) =>
  criteriaInOrder(protocol).filter(({ id }) => !current.has(judgementKey(trialId, id)))

function toTrial(view: View, assignment: Assignment): Trial | null {
  const item = view.items.get(assignment.itemId)
  const next = open(view, assignment.id)[0]
  if (!item || !next) return null
  const { reveal } = view.protocol
  const seen = reveal === 'always' || (reveal === 'staged' && view.revealed.has(assignment.id))
  return {
    trialId: assignment.id,
    altText: seen ? item.altText : null,
    cards: cardsOf(item, assignment),
    answered: criteriaInOrder(view.protocol)
      .map(({ id }) => id)
      .filter((id) => view.current.has(judgementKey(assignment.id, id))),
    criterion: next.id,
    canReveal: reveal === 'staged' && !seen && next.altText === 'shown',
  }
}

const viewOf = ({ study }: Seat, events: readonly JudgementEvent[]): View => ({
  protocol: study.protocol,
  items: new Map(study.plan.items.map((item) => [item.id, item])),
  current: foldEvents(events),
  revealed: new Set(events.filter(({ kind }) => kind === 'reveal').map(({ trialId }) => trialId)),
})

function stateOf(seat: Seat, events: readonly JudgementEvent[]): RateState {
  const view = viewOf(seat, events)
  const trials = trialsOf(seat.study.plan, seat.rater)
  const left = trials.filter(({ id }) => open(view, id).length > 0)
  const { title, instructions, consent } = seat.study.protocol
  const last = lastStanding(events)
  return {
    title,
    instructions,
    consent,
    criteria: [...criteriaInOrder(seat.study.protocol)],
    done: trials.length - left.length,
    total: trials.length,
    trial: left[0] ? toTrial(view, left[0]) : null,
    nextTrialId: left[1]?.id ?? null,
    undo: last && { id: last.id, trialId: last.trialId },
    nextSeq: events.reduce((most, { seq }) => Math.max(most, seq + 1), 0),
  }
}

export function rateState(deps: Deps, token: string): RateState {
  const seat = seatOf(deps, token)
  return stateOf(seat, deps.store.studies.eventsOfRater(seat.study.protocol.id, seat.rater))
}

/** Whether this event fits the study; the same rule for the live page and for answer files. */
export function checkEvent(study: StoredStudy, event: NewEvent): void {
  if (event.kind !== 'confirm') return
  const assignment = study.plan.assignments.find(({ id }) => id === event.trialId)
  const criterion = study.protocol.criteria.find(({ id }) => id === event.criterion)
  if (!assignment || !criterion || !event.payload.answer)
    throw new RealignError('bad-input', 'This answer is not about a question of the study')
  checkAnswer(criterion, assignment.order.length, event.payload.answer)
}

export function rateSubmit(deps: Deps, token: string, events: readonly NewEvent[]): RateState {
  const seat = seatOf(deps, token)
  const { study, rater } = seat
  const own = new Set(trialsOf(study.plan, rater).map(({ id }) => id))
  const before = deps.store.studies.eventsOfRater(study.protocol.id, rater)
  const known = new Set(before.map(({ id }) => id))
  let view: View | null = null
  for (const event of events) {
    if (!own.has(event.trialId)) throw new RealignError('forbidden', 'This is not your item')
    checkEvent(study, event)
    if (event.kind !== 'reveal' || known.has(event.id)) continue
    view ??= viewOf(seat, [...before, ...events.map((one) => ({ ...one, checksum: '' }))])
    if (open(view, event.trialId).some(({ altText }) => altText === 'hidden'))
      throw new RealignError('bad-input', 'Answer the earlier questions first')
  }
  deps.store.studies.append(study.protocol.id, events)
  return stateOf(seat, deps.store.studies.eventsOfRater(study.protocol.id, rater))
}

/** The picture of one of the rater's own items; which image it is, the id does not tell. */
export async function ratePicture(
  deps: Deps,
  { token, trialId }: { readonly token: string; readonly trialId: string },
  signal: AbortSignal,
): Promise<{ type: string; bytes: Uint8Array<ArrayBuffer> }> {
  const { study, rater } = seatOf(deps, token)
  const assignment = study.plan.assignments.find((one) => one.id === trialId && one.rater === rater)
  const item = study.plan.items.find(({ id }) => id === assignment?.itemId)
  if (!item) throw new RealignError('forbidden', 'This is not your item')
  const { type, bytes } = await picture(
    deps,
    { imageId: item.imageId, size: 'full', resize: 'bundle' },
    signal,
  )
  // A memory of its own, so that the type of what crosses is plain.
  return { type, bytes: new Uint8Array(bytes) }
}
