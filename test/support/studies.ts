/** Studies over fake pictures and imported captions, and raters that answer them by a seed. */
import { randomUUID } from 'node:crypto'
import type { Client, Input } from '../../src/shared/contract.ts'
import type { Answer, Criterion, NewEvent, RateState } from '../../src/shared/study-types.ts'
import { addPictures, seededRandom, type TestBench } from './builders.ts'

export const SYSTEMS = ['CANARY-alpha', 'CANARY-beta', 'CANARY-gamma'] as const

/** Captions that differ by system without naming it. */
export const captionOf = (image: string, system: number): string =>
  `${['A drawing', 'This picture shows a view', 'One can see something'][system] ?? ''} number ${image.replace(/\D/g, '')} in ${['ink', 'chalk', 'oil'][system] ?? ''}.`

/** `images` pictures named as canaries, one caption a system, one study over them. */
export async function planStudy(
  client: Client,
  images: number,
  more: Partial<Input<'studies.plan'>> = {},
): Promise<string> {
  const names = Array.from({ length: images }, (_, i) => `CANARY-file-${i}.png`)
  await addPictures(client, names)
  const imported = names.flatMap((image) =>
    SYSTEMS.map((system, s) => ({
      image,
      system,
      caption: captionOf(image, s),
      altText: 'a thing',
    })),
  )
  const { studyId } = await client.call('studies.plan', {
    name: 'CANARY-study',
    imported,
    raters: ['CANARY-Ada', 'CANARY-Ben'],
    seed: 3,
    repeatShare: 0,
    ...more,
  })
  if (studyId === null) throw new Error('a dry run')
  return studyId
}

/** Any whole answer to a question. */
export function anyAnswer(criterion: Criterion, cards: number, random: () => number): Answer {
  const slots = Array.from({ length: cards }, (_, slot) => slot + 1).sort(() => random() - 0.5)
  switch (criterion.format) {
    case 'ranking':
      return random() < 0.2
        ? { format: 'ranking', order: [slots.slice(0, 2), ...slots.slice(2).map((s) => [s])] }
        : { format: 'ranking', order: slots.map((s) => [s]) }
    case 'best':
      return { format: 'best', slots: slots.slice(0, 1) }
    case 'best-worst':
      return { format: 'best-worst', best: slots[0] ?? 1, worst: slots[1] ?? 2 }
    case 'pair':
      return { format: 'pair', value: Math.floor(random() * 3) - 1, identical: false }
    case 'rubric':
      return { format: 'rubric', values: slots.map(() => 1 + Math.floor(random() * 5)) }
    case 'flags':
      return {
        format: 'flags',
        values: slots.map(() => criterion.labels.map(() => random() < 0.5)),
      }
  }
}

export function eventOf(
  state: RateState,
  kind: NewEvent['kind'],
  payload: NewEvent['payload'],
  about: { readonly trialId: string; readonly criterion?: string },
): NewEvent {
  return {
    id: randomUUID(),
    trialId: about.trialId,
    criterion: about.criterion ?? '',
    seq: state.nextSeq,
    kind,
    payload,
    tMonoMs: 1234.5,
    tWall: '2026-01-01T00:00:00.000Z',
    appVersion: '0',
  }
}

/** The next thing a diligent rater sends, or null when all is done. */
export function nextEvent(state: RateState, random: () => number): NewEvent | null {
  const { trial } = state
  if (!trial) return null
  if (trial.canReveal) return eventOf(state, 'reveal', {}, trial)
  const criterion = state.criteria.find(({ id }) => id === trial.criterion)
  if (!criterion) throw new Error('a question that is not in the study')
  const answer = anyAnswer(criterion, trial.cards.length, random)
  return eventOf(state, 'confirm', { answer }, trial)
}

/** Rates to the end (or `most` events) and answers with everything that was sent. */
/** What a diligent rater sends after the last item: the closing answer, then guesses, always the first card. */
export function closingEvent(state: RateState): NewEvent | null {
  const { guess, undo } = state
  if (guess) {
    const like = { trialId: guess.like.trialId, slot: guess.like.slot }
    return eventOf(state, 'guess', { guess: { like, slot: 1 } }, guess)
  }
  if (state.trial || state.closed || !undo) return null
  return eventOf(state, 'note', { recognised: 'unsure' }, undo)
}

export async function rate(bench: TestBench, studyId: string, rater: number, most = Infinity) {
  const { token } = await bench.client.call('studies.invite', { studyId, rater })
  const client = bench.workbench.clientAs('rater')
  const random = seededRandom(rater + 1)
  const sent: NewEvent[] = []
  let state: RateState = await client.call('rate.state', { token })
  while (sent.length < most) {
    const event = nextEvent(state, random)
    if (!event) break
    sent.push(event)
    state = await client.call('rate.submit', { token, events: [event] })
  }
  return { token, client, sent, state }
}

/** The report as bytes. */
export const reportText = async (client: Client, studyId: string) =>
  JSON.stringify((await client.call('studies.report', { studyId, resamples: 200 })).report)
