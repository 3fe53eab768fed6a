/** A task file: items and pictures are in the page, answers in the browser's own storage until they are saved. */
import { sortAnswers, type Sorted } from '../../shared/behind.ts'
import { modelViewOf, type TaskAnswers, type TaskFile } from '../../shared/contract/studies.ts'
import { openGuess } from '../../shared/open-guess.ts'
import { openSealed } from '../../shared/sealed-text.ts'
import { NewEvent, type Guess, type RateState, type Trial } from '../../shared/study-types.ts'
import type { RateBackend } from './backend.ts'
import type { Kept } from './storage.ts'
import { keptPictures } from './pictures.ts'

type Store = Pick<Kept, 'getItem' | 'setItem'>

function read(store: Store, key: string): NewEvent[] {
  try {
    return NewEvent.array().parse(JSON.parse(store.getItem(key) ?? '[]'))
  } catch {
    return [] // nothing there yet, or not ours
  }
}

/** The last confirm of a trial and criterion that was not taken back, as the analysis counts it. */
function standing(events: readonly NewEvent[]): readonly NewEvent[] {
  const undone = new Set(events.map((event) => event.kind === 'undo' && event.payload.target))
  return [...events]
    .sort((a, b) => a.seq - b.seq)
    .filter((event) => event.kind === 'confirm' && !undone.has(event.id))
}

/** The rater's last words about this item. */
const noteOn = (trialId: string, events: readonly NewEvent[]): string =>
  events
    .filter((one) => one.kind === 'note' && one.trialId === trialId && !one.payload.recognised)
    .reduce((text, { payload }) => payload.text ?? text, '')

/** Staged studies keep it under seal, so that nobody reads it in the source before it is shown. */
const altTextOf = ({ altText, sealed, trialId }: TaskFile['trials'][number]): string | null =>
  sealed === null ? altText : openSealed(sealed, trialId)

const cardsAt = ({ trials }: TaskFile, trialId: string): Trial['cards'] =>
  (trials.find((one) => one.trialId === trialId)?.cards ?? []).map((card) => ({ ...card }))

function guessOf(task: TaskFile, events: readonly NewEvent[]): Guess | null {
  const made = new Set(events.map((one) => one.kind === 'guess' && one.trialId))
  return openGuess(
    task.guesses,
    (trialId) => made.has(trialId),
    (trialId) => cardsAt(task, trialId),
  )
}

export function taskState(
  task: TaskFile,
  events: readonly NewEvent[],
  behind: Sorted['behind'] = [],
): RateState {
  const confirmed = standing(events)
  const last = confirmed.at(-1)
  const answered = new Set(confirmed.map((event) => `${event.trialId}/${event.criterion}`))
  const open = (trialId: string) =>
    task.criteria.filter(({ id }) => !answered.has(`${trialId}/${id}`))
  const left = task.trials.filter(({ trialId }) => open(trialId).length > 0)
  const [now] = left
  const criterion = now && open(now.trialId)[0]
  const closed = events.some(({ payload }) => payload.recognised !== undefined)
  const revealed = events.some((event) => event.kind === 'reveal' && event.trialId === now?.trialId)
  const seen = task.reveal === 'always' || (task.reveal === 'staged' && revealed)
  return {
    title: task.title,
    instructions: task.instructions,
    consent: task.consent,
    criteria: [...task.criteria],
    done: task.trials.length - left.length,
    total: task.trials.length,
    trial:
      now && criterion
        ? {
            trialId: now.trialId,
            altText: seen ? altTextOf(now) : null,
            cards: cardsAt(task, now.trialId),
            answered: task.criteria
              .map(({ id }) => id)
              .filter((id) => answered.has(`${now.trialId}/${id}`)),
            criterion: criterion.id,
            canReveal: task.reveal === 'staged' && !seen && criterion.altText === 'shown',
            note: noteOn(now.trialId, events),
            modelView: now.modelView,
          }
        : null,
    nextTrialId: left[1]?.trialId ?? null,
    undo: last ? { id: last.id, trialId: last.trialId } : null,
    nextSeq: events.reduce((most, { seq }) => Math.max(most, seq + 1), 0),
    closed,
    guess: !now && closed ? guessOf(task, events) : null,
    behind: behind.map((one) => ({ ...one, cards: cardsAt(task, one.event.trialId) })),
  }
}

export function fileBackend(
  whole: TaskFile,
  pictures: Readonly<Record<string, string>>,
  store: Store,
): RateBackend {
  // Written without the model's square where the captioner was gone by then.
  const hasView = ({ trialId }: { trialId: string }) => pictures[modelViewOf(trialId)] !== undefined
  const trials = whole.trials.map((one) => ({ ...one, modelView: one.modelView && hasView(one) }))
  const task = { ...whole, trials }
  const key = `realign-task-${task.studyId}-${task.trials[0]?.trialId ?? ''}`
  const state = () => Promise.resolve(taskState(task, read(store, key)))
  return {
    seat: key,
    state,
    submit(events) {
      const before = read(store, key)
      const known = new Set(before.map(({ id }) => id))
      const confirmed = standing(before)
      const { kept, behind } = sortAnswers(
        events.filter(({ id }) => !known.has(id)),
        (id) => known.has(id),
        (trialId, criterion) =>
          confirmed.findLast((one) => one.trialId === trialId && one.criterion === criterion),
      )
      const after = [...before, ...kept]
      store.setItem(key, JSON.stringify(after))
      return Promise.resolve(taskState(task, after, behind))
    },
    ...keptPictures((trialId, view) => {
      const url = pictures[view === 'model' ? modelViewOf(trialId) : trialId]
      return url === undefined
        ? Promise.reject(new Error('The file holds no such picture'))
        : Promise.resolve(url)
    }),
    answers: () =>
      `${JSON.stringify({
        format: 'realign-answers-1',
        studyId: task.studyId,
        events: read(store, key),
      } satisfies TaskAnswers)}\n`,
  }
}
