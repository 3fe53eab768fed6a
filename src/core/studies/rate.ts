/** What a rater may do: see the next item, answer, take back. Everything is looked up by the token alone. */
import { sortAnswers, type Sorted } from '../../shared/behind.ts'
import type { Output, Parsed } from '../../shared/contract.ts'
import { RealignError } from '../../shared/errors.ts'
import { openGuess } from '../../shared/open-guess.ts'
import type { Guess, NewEvent, RateState, Trial } from '../../shared/study-types.ts'
import type { Deps } from '../deps.ts'
import { picture } from '../images/picture.ts'
import { checkAnswer } from './answers.ts'
import { criteriaInOrder, deskOf, type Desk } from './desk.ts'
import { guessesFor, judgeGuess } from './guesses.ts'
import { planIndex } from './plan-index.ts'
import type { Assignment, StudyItem } from './plan-types.ts'
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

export const cardsOf = (item: StudyItem, { order }: Assignment): Trial['cards'] =>
  order.map((card, slot) => ({ slot: slot + 1, text: item.cards[card]?.text ?? '' }))

function toTrial({ study, plan, standing, openOf }: Desk, assignment: Assignment): Trial | null {
  const item = plan.items.get(assignment.itemId)
  const next = openOf(assignment.id)[0]
  if (!item || !next) return null
  const { reveal } = study.protocol
  const seen = reveal === 'always' || (reveal === 'staged' && standing.isRevealed(assignment.id))
  const answered = standing.answered(assignment.id)
  return {
    trialId: assignment.id,
    altText: seen ? item.altText : null,
    cards: cardsOf(item, assignment),
    answered: criteriaInOrder(study.protocol)
      .map(({ id }) => id)
      .filter((id) => answered.has(id)),
    criterion: next.id,
    canReveal: reveal === 'staged' && !seen && next.altText === 'shown',
    note: standing.noteOn(assignment.id),
    modelView: item.seenBy !== undefined,
  }
}

function cardsAt({ plan }: Desk, trialId: string): Trial['cards'] {
  const assignment = plan.assignments.get(trialId)
  const item = assignment && plan.items.get(assignment.itemId)
  return item ? cardsOf(item, assignment) : []
}

const toGuess = (desk: Desk): Guess | null =>
  openGuess(guessesFor(desk.study, desk.rater), desk.standing.hasGuessed, (trialId) =>
    cardsAt(desk, trialId),
  )

function stateOf(desk: Desk, behind: Sorted['behind'] = []): RateState {
  const { protocol } = desk.study
  const { title, instructions, consent } = protocol
  const [now, next] = desk.next(2)
  const last = desk.standing.last()
  const closed = desk.standing.isClosed()
  return {
    title,
    instructions,
    consent,
    criteria: [...criteriaInOrder(protocol)],
    done: desk.done(),
    total: desk.trials.length,
    trial: now ? toTrial(desk, now) : null,
    nextTrialId: next?.id ?? null,
    undo: last && { id: last.id, trialId: last.trialId },
    nextSeq: desk.standing.nextSeq(),
    closed,
    guess: !now && closed ? toGuess(desk) : null,
    behind: behind.map((one) => ({ ...one, cards: cardsAt(desk, one.event.trialId) })),
  }
}

const seatedAt = (deps: Deps, token: string): Desk => {
  const { study, rater } = seatOf(deps, token)
  return deskOf(deps.store.studies, study, rater)
}

export const rateState = (deps: Deps, token: string): RateState => stateOf(seatedAt(deps, token))

/** Whether this event fits the study; the same rule for the live page and for answer files. */
export function checkEvent(study: StoredStudy, event: NewEvent): void {
  const { guess } = event.payload
  if (guess) judgeGuess(study.plan, event.trialId, guess)
  if (event.kind === 'guess' && !guess)
    throw new RealignError('bad-input', 'This guess names no card')
  if (event.kind !== 'confirm') return
  const assignment = planIndex(study.plan).assignments.get(event.trialId)
  const criterion = study.protocol.criteria.find(({ id }) => id === event.criterion)
  if (!assignment || !criterion || !event.payload.answer)
    throw new RealignError('bad-input', 'This answer is not about a question of the study')
  checkAnswer(criterion, assignment.order.length, event.payload.answer)
}

/**
 * As much work for the thousandth answer as for the first: nothing that was read is read again. An answer to a
 * question that was answered elsewhere meanwhile is not kept and comes back as `behind`.
 */
export function rateSubmit(deps: Deps, token: string, events: readonly NewEvent[]): RateState {
  const desk = seatedAt(deps, token)
  const { study, rater, plan, standing } = desk
  for (const event of events) {
    if (plan.assignments.get(event.trialId)?.rater !== rater)
      throw new RealignError('forbidden', 'This is not your item')
    checkEvent(study, event)
    if (event.kind !== 'reveal' || standing.has(event.id)) continue
    const answered = standing.answeredWith(event.trialId, events)
    if (study.protocol.criteria.some((one) => one.altText === 'hidden' && !answered.has(one.id)))
      throw new RealignError('bad-input', 'Answer the earlier questions first')
  }
  const { kept, behind } = sortAnswers(events, standing.has, standing.answerTo)
  deps.store.studies.append(study.protocol.id, kept)
  desk.catchUp()
  return stateOf(desk, behind)
}

type PictureOf = Output<'studies.task'>['pictures'][number]

/** What to ask for: the picture as people see it, or as the captioner read it. */
export const pictureOf = (
  { imageId, seenBy }: StudyItem,
  view: 'full' | 'model',
): Omit<PictureOf, 'key'> =>
  view === 'model' && seenBy
    ? { imageId, size: 'seen', ...seenBy }
    : { imageId, size: 'full', resize: 'bundle' }

/** The picture of one of the rater's own items; which image it is, the id does not tell. */
export async function ratePicture(
  deps: Deps,
  { token, trialId, view }: Parsed<'rate.picture'>,
  signal: AbortSignal,
): Promise<{ type: string; bytes: Uint8Array<ArrayBuffer> }> {
  const { study, rater } = seatOf(deps, token)
  const plan = planIndex(study.plan)
  const assignment = plan.assignments.get(trialId)
  const item = assignment?.rater === rater && plan.items.get(assignment.itemId)
  if (!item) throw new RealignError('forbidden', 'This is not your item')
  if (view === 'model' && !item.seenBy)
    throw new RealignError('not-found', 'This picture has no model view')
  const { type, bytes } = await picture(deps, pictureOf(item, view), signal)
  // A memory of its own, so that the type of what crosses is plain.
  return { type, bytes: new Uint8Array(bytes) }
}
