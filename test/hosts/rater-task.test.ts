/** Task files: whoever reads their source learns no system, no rater, no picture's name, and no alt-text too early. */
import { expect, test } from 'vitest'
import { fileBackend, taskState } from '../../src/renderer/rate/file-backend.ts'
import { taskFileHtml } from '../../src/server/rater-task-file.ts'
import type { TaskFile } from '../../src/shared/contract/studies.ts'
import type { NewEvent } from '../../src/shared/study-types.ts'
import { openBench, seededRandom } from '../support/builders.ts'
import { captionOf, eventOf, nextEvent, planStudy, SYSTEMS } from '../support/studies.ts'

const ALT = 'CANARY-alt: a goldfinch on a thistle'

const page = (text: string, type: string) => ({ type, body: new TextEncoder().encode(text) })
const PAGES = new Map([
  ['/rate.js', page('run()', 'text/javascript')],
  ['/rate.css', page('p{}', 'text/css')],
  ['/icon.svg', page('<svg id="sign"/>', 'image/svg+xml')],
])

async function taskWith(reveal: 'always' | 'staged' | 'never') {
  const bench = await openBench()
  const imported = [0, 1, 2, 3].flatMap((n) =>
    SYSTEMS.map((system, s) => ({
      image: `CANARY-file-${n}.png`,
      system,
      caption: captionOf(`${n}`, s),
      altText: ALT,
      scores: { 'CANARY-score': s },
    })),
  )
  const studyId = await planStudy(bench.client, 4, { imported, reveal })
  const { task } = await bench.client.call('studies.task', { studyId, rater: 0 })
  const { images } = await bench.client.call('images.list', {})
  const pictures = Object.fromEntries(task.trials.map(({ trialId }) => [trialId, 'data:,x']))
  const html = taskFileHtml(PAGES, task, pictures)
  return { bench, studyId, task, html, imageIds: images.map(({ id }) => id) }
}

/** A text as it could stand in a source: plain, encoded in base64 at any offset, in hexadecimal, percent-coded. */
const disguises = (text: string): readonly string[] => [
  text,
  ...[0, 1, 2].map((offset) =>
    Buffer.from(text.slice(offset))
      .toString('base64')
      .slice(0, 4 * Math.floor((text.length - offset) / 3)),
  ),
  Buffer.from(text).toString('hex'),
  encodeURIComponent(text),
  [...text].reverse().join(''),
]

test('staged: nothing in the source unblinds, in any plain coding', async () => {
  const { html, task, imageIds } = await taskWith('staged')
  expect(html).toContain('A drawing number')
  const words = ['CANARY', 'goldfinch', 'thistle', ...SYSTEMS, 'CANARY-Ada', ...imageIds]
  expect(words.flatMap(disguises).filter((one) => html.includes(one))).toEqual([])
  for (const word of ['wrong-image', 'planted', 'duplicate', 'repeatOf', 'systems', 'seed'])
    expect(html).not.toContain(word)
  // All seals of the same words look different.
  expect(new Set(task.trials.map(({ sealed }) => sealed)).size).toBe(task.trials.length)
})

test('the icon is in the file, and nothing is asked for where it lies', async () => {
  const { html } = await taskWith('never')
  expect(html).toContain(
    '<link rel="icon" href="data:image/svg+xml,%3Csvg%20id%3D%22sign%22%2F%3E">',
  )
})

test('never: the alt-text is not in the file at all; always: it is, in plain', async () => {
  const never = await taskWith('never')
  expect(never.task.trials.every(({ sealed, altText }) => !sealed && altText === null)).toBe(true)
  const always = await taskWith('always')
  expect(always.html).toContain(ALT)
})

function memory() {
  const kept = new Map<string, string>()
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  }
}

test('staged: the page shows the alt-text after the reveal, and the answers come home', async () => {
  const { bench, task } = await taskWith('staged')
  const backend = fileBackend(task as TaskFile, {}, memory())
  const captionFor = (trialId: string, slot: number) =>
    task.trials.find((one) => one.trialId === trialId)?.cards.find((card) => card.slot === slot)
      ?.text
  const random = seededRandom(2)
  const sent: NewEvent[] = []
  let state = await backend.state()
  for (let event = nextEvent(state, random); event; event = nextEvent(state, random)) {
    const shown = state.trial?.altText ?? null
    const revealed = sent.some(
      ({ kind, trialId }) => kind === 'reveal' && trialId === state.trial?.trialId,
    )
    expect(shown).toBe(revealed ? ALT : null)
    sent.push(event)
    state = await backend.submit([event])
  }
  const ended = taskState(task, sent)
  expect([ended.trial, ended.guess]).toEqual([null, null])
  // After the closing question, guesses: the same ones as a page of the server asks.
  const about = { trialId: ended.undo!.trialId }
  sent.push(eventOf(ended, 'note', { recognised: 'unsure' }, about))
  state = await backend.submit(sent.slice(-1))
  expect(state.guess?.left).toBe(task.guesses.length)
  for (let left = task.guesses.length; left > 0; left--) {
    const { trialId, like, cards } = state.guess!
    expect(cards.map(({ text }) => text)).toContain(captionFor(trialId, cards[0]!.slot))
    expect(like.text).toBe(captionFor(like.trialId, like.slot))
    const guess = { like: { trialId: like.trialId, slot: like.slot }, slot: 1 }
    sent.push(eventOf(state, 'guess', { guess }, { trialId }))
    state = await backend.submit(sent.slice(-1))
  }
  expect(state.guess).toBeNull()
  const done = await bench.client.call('studies.import', { text: backend.answers?.() ?? '' })
  expect(done).toMatchObject({ added: sent.length, refused: [] })
})
