/** Rounds of annotation in a workspace: dealt, written, swapped, looked back at, scored, counted. */
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { openDatabase } from '../../src/store/database.ts'
import { migrate } from '../../src/store/migrate.ts'
import { STEPS } from '../../src/store/migrations/list.ts'
import { createStore } from '../../src/store/open-store.ts'
import { addAltTexts, beginAnnotation, writeNext } from '../support/annotations.ts'
import { addPictures, collect, openBench, temporaryFolder } from '../support/builders.ts'
import { FAKE_CAPTIONER } from '../support/fake-engine.ts'
import { someImage } from './rows.ts'

const places = { annotator: null, show: 'open' as const, after: -1, limit: 200 }

describe('rounds of annotation', () => {
  test('begin with the alt-text of every image and open round 2', async () => {
    const { client } = await openBench()
    const { annotationId, imageIds } = await beginAnnotation(client)
    const { annotations, guideline } = await client.call('annotations.list', {})
    expect(annotations).toMatchObject([{ id: annotationId, images: 4, openRound: 2, done: 0 }])
    expect(guideline.openings).toContain('a photo of')
    const item = await client.call('annotations.item', {
      annotationId,
      imageId: imageIds[1] ?? '',
    })
    expect(item).toMatchObject({
      altText: 'red fox in snow',
      start: 'red fox in snow',
      previous: 'red fox in snow',
      round: 2,
      place: 1,
    })
  })

  test('an image is in the list of one annotator, and of the other a round later', async () => {
    const { client } = await openBench()
    const { annotationId, imageIds } = await beginAnnotation(client)
    const all = await client.call('annotations.places', { annotationId, ...places })
    expect(all.places.map(({ imageId }) => imageId)).toEqual(imageIds)
    const first = new Map(all.places.map(({ imageId, annotator }) => [imageId, annotator]))
    expect([...first.values()].toSorted()).toEqual(['Ada', 'Ada', 'Ben', 'Ben'])
    for (const imageId of imageIds) await writeNext(client, annotationId, imageId, 'A photo of it.')
    expect((await client.call('annotations.places', { annotationId, ...places })).total).toBe(0)
    const next = await client.call('annotations.openRound', { annotationId })
    expect(next).toMatchObject({ openRound: 3, done: 0 })
    const then = await client.call('annotations.places', { annotationId, ...places })
    for (const { imageId, annotator, round } of then.places) {
      expect(round).toBe(3)
      expect(annotator).not.toBe(first.get(imageId))
    }
  })

  test('two windows that open the same round open it once', async () => {
    const { client } = await openBench()
    const { annotationId } = await beginAnnotation(client)
    const open = (round: number) => client.call('annotations.openRound', { annotationId, round })
    expect((await open(3)).openRound).toBe(3)
    expect((await open(3)).openRound).toBe(3)
    await expect(open(5)).rejects.toMatchObject({ code: 'bad-input' })
    expect((await open(4)).openRound).toBe(4)
  })

  test('review tells what a text would be', async () => {
    const { client } = await openBench()
    const { annotationId, imageIds } = await beginAnnotation(client)
    const review = await client.call('annotations.review', {
      annotationId,
      imageId: imageIds[0] ?? '',
      round: 2,
      text: 'This image shows a bird. Overall, the image gives an impression of peace.',
      score: true,
    })
    expect(review.lint.map(({ rule }) => rule)).toEqual(['opening', 'feeling', 'alt-text-unused'])
    expect(review.concepts).toMatchObject([{ carried: false }])
    expect(review.clip).toMatchObject({ now: expect.any(Number), previous: expect.any(Number) })
    const said = review.pieces.filter(({ state }) => state !== 'gone').map(({ text }) => text)
    expect(said.join('')).toMatch(/^This image shows a bird/)
  })
})

describe('what is refused when beginning', () => {
  const annotators = ['Ada', 'Ben']

  test('swapping with one annotator, two of one name, an image that is not here', async () => {
    const { client } = await openBench()
    const imageIds = await addAltTexts(client, ['an owl'])
    const begin = (more: object) =>
      client.call('annotations.create', { name: 'x', imageIds, annotators, ...more })
    await expect(begin({ annotators: ['Ada'] })).rejects.toMatchObject({ code: 'bad-input' })
    await expect(begin({ annotators: ['Ada', ' Ada'] })).rejects.toMatchObject({
      code: 'bad-input',
    })
    await expect(begin({ imageIds: ['f'.repeat(64)] })).rejects.toMatchObject({
      code: 'not-found',
    })
    expect((await client.call('annotations.list', {})).annotations).toEqual([])
    await expect(begin({ annotators: ['Ada'], swap: false })).resolves.toMatchObject({
      openRound: 2,
    })
  })

  test('captions to start from that an image does not have; the newest is taken where it has', async () => {
    const { client } = await openBench()
    const [one = '', two = ''] = await addPictures(client, ['one', 'two'])
    const conditions = [{ altKind: 'empty' as const, text: '' }]
    const run = (seed: number) =>
      collect(client.run('comparisons.run', { imageIds: [one], conditions, seed, score: false }))
    await run(1)
    await run(2)
    const start = {
      from: 'captions' as const,
      captionerId: FAKE_CAPTIONER.id,
      altKind: 'empty' as const,
    }
    const begin = (imageIds: string[]) =>
      client.call('annotations.create', { name: 'x', imageIds, annotators, start })
    await expect(begin([one, two])).rejects.toMatchObject({
      code: 'bad-input',
      message: 'two has no caption to start from',
    })
    const { id } = await begin([one, one])
    const { cells } = await client.call('cells.list', { imageId: one })
    const item = await client.call('annotations.item', { annotationId: id, imageId: one })
    expect(item.start).toBe(cells.at(-1)?.caption)
    expect((await client.call('annotations.get', { annotationId: id })).images).toBe(1)
  })
})

describe('a rewrite', () => {
  async function begun() {
    const { client } = await openBench()
    const { annotationId, imageIds } = await beginAnnotation(client)
    const imageId = imageIds[0] ?? ''
    const { annotator } = await client.call('annotations.item', { annotationId, imageId })
    const [first, other] = annotator === 'Ada' ? ['Ada', 'Ben'] : ['Ben', 'Ada']
    const rewrite = (
      round: number,
      annotator: string,
      versions: number,
      text = `A photo ${round}.`,
    ) =>
      client.call('annotations.rewrite', {
        ...{ annotationId, imageId, round, annotator, versions, text },
      })
    return { client, annotationId, imageId, first, other, rewrite }
  }

  test('of two windows, the second is told of the first and nothing of it is written', async () => {
    const { rewrite, first, client, annotationId, imageId } = await begun()
    await rewrite(2, first, 0, 'A photo of an owl.')
    await expect(rewrite(2, first, 0, 'Mine.')).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining(`${first} has written`),
      hint: expect.stringContaining('Look at the newest text first'),
    })
    const { versions } = await client.call('annotations.item', { annotationId, imageId })
    expect(versions.map(({ text }) => text)).toEqual(['A photo of an owl.'])
    await expect(rewrite(2, first, 1, 'Mine.')).resolves.toMatchObject({ round: null })
  })

  test('of a written round counts until the next round is written, and then no more', async () => {
    const { rewrite, first, other, client, annotationId } = await begun()
    await rewrite(2, first, 0, 'One.')
    await rewrite(2, other, 1, 'Two.')
    await client.call('annotations.openRound', { annotationId })
    const item = await rewrite(2, first, 2, 'Three.')
    expect(item).toMatchObject({ round: 3, annotator: other, previous: 'Three.' })
    await expect(rewrite(3, first, 3)).rejects.toMatchObject({
      message: `${first} wrote round 2 of this image`,
    })
    await rewrite(3, other, 3)
    await expect(rewrite(2, other, 4)).rejects.toMatchObject({ code: 'bad-input' })
    await expect(rewrite(3, first, 4)).rejects.toMatchObject({ code: 'bad-input' })
    await rewrite(3, other, 4)
  })

  test('is refused by nobody known, of a round that is not open, before an earlier one', async () => {
    const { rewrite, first, client, annotationId } = await begun()
    await expect(rewrite(2, 'Eve', 0)).rejects.toMatchObject({
      hint: 'Its annotators are Ada, Ben.',
    })
    await expect(rewrite(3, first, 0)).rejects.toMatchObject({
      message: 'Round 3 is not open yet',
    })
    await client.call('annotations.openRound', { annotationId })
    await expect(rewrite(3, first, 0)).rejects.toMatchObject({
      message: 'This image lacks round 2',
    })
    await expect(rewrite(2, first, 0, '  \n ')).rejects.toMatchObject({ code: 'bad-input' })
  })

  test('keeps every word as written; what cannot be kept is replaced and said', async () => {
    const { rewrite, first, client, annotationId, imageId } = await begun()
    const text = '"; DROP TABLE rewrites; --\u202e\u0000<b>\u{1f989}'
    expect((await rewrite(2, first, 0, text)).versions[0]).toMatchObject({ text, note: '' })
    const { versions } = await rewrite(2, first, 1, 'a \ud800 b')
    expect(versions[1]).toMatchObject({
      text: 'a \ufffd b',
      note: expect.stringContaining('lone surrogates'),
    })
    const { places: done } = await client.call('annotations.places', {
      ...{ annotationId, ...places, show: 'done' as const },
    })
    expect(done).toMatchObject([{ imageId, text: 'a \ufffd b', round: null }])
  })
})

test('an image that lacks an earlier round is asked for that one first', async () => {
  const { client } = await openBench()
  const { annotationId, imageIds } = await beginAnnotation(client)
  const [one = '', two = ''] = imageIds
  await writeNext(client, annotationId, one, 'A photo of an owl.')
  await client.call('annotations.openRound', { annotationId })
  const { places: open } = await client.call('annotations.places', { annotationId, ...places })
  expect(open.map(({ round }) => round)).toEqual([3, 2, 2, 2])
  await writeNext(client, annotationId, two, 'A photo of a fox.')
  const item = await client.call('annotations.item', { annotationId, imageId: two })
  expect(item).toMatchObject({ round: 3, previous: 'A photo of a fox.' })
  const page = await client.call('annotations.places', {
    ...{ annotationId, ...places, annotator: 'Ada', limit: 1 },
  })
  expect(page.places).toHaveLength(1)
  const rest = await client.call('annotations.places', {
    ...{ annotationId, ...places, annotator: 'Ada', after: page.places[0]?.place ?? 0 },
  })
  expect(rest.places).toHaveLength(page.total - 1)
})

test('an image that leaves the library in the midst keeps its texts and is written on', async () => {
  const { client } = await openBench()
  const { annotationId, imageIds } = await beginAnnotation(client)
  const [one = ''] = imageIds
  await writeNext(client, annotationId, one, 'A photo of an owl.')
  await client.call('images.remove', { imageIds: [one] })
  await client.call('annotations.openRound', { annotationId })
  const item = await writeNext(client, annotationId, one, 'A photo of a great grey owl.')
  expect(item.versions).toHaveLength(2)
  const { output } = await collect(client.run('annotations.score', { annotationId }))
  expect(output.failed).toBe(0)
  const { rounds } = await client.call('annotations.figures', { annotationId })
  expect(rounds.map(({ images }) => images)).toEqual([4, 1, 1])
})

test('a file of the version before is brought up to date, and annotated', async () => {
  const file = path.join(temporaryFolder(), 'old.realign')
  const old = openDatabase(file)
  const before = STEPS.slice(
    0,
    STEPS.findIndex(({ name }) => name === '0070-annotations'),
  )
  await migrate(old, before)
  createStore(old, []).images.add(someImage(1))
  old.close()
  const { client, workbench } = await openBench({ workspaceFile: file })
  const status = await client.call('app.status', {})
  expect(JSON.stringify(status)).toContain('brought up to date')
  const { id } = await client.call('annotations.create', {
    ...{ name: 'x', imageIds: [someImage(1).id], annotators: ['Ada', 'Ben'] },
  })
  await writeNext(client, id, someImage(1).id, 'A photo.')
  await workbench.close()
  const again = await openBench({ workspaceFile: file })
  const { annotations } = await again.client.call('annotations.list', {})
  expect(annotations).toMatchObject([{ id, done: 1 }])
})

describe('scores', () => {
  test('of every text once; an unreadable one costs its own; what comes later is scored later', async () => {
    const { client, engine } = await openBench()
    const { annotationId, imageIds } = await beginAnnotation(client)
    await writeNext(client, annotationId, imageIds[0] ?? '', 'A photo of an owl.')
    await writeNext(client, annotationId, imageIds[1] ?? '', 'unscorable')
    expect(await client.call('annotations.get', { annotationId })).toMatchObject({ unscored: 5 })
    const first = await collect(client.run('annotations.score', { annotationId }))
    // The scorer fails on an image as a whole: its start text goes with it.
    expect(first.output).toEqual({ scored: 3, failed: 2, problem: 'The scorer stopped' })
    expect(first.events.at(-1)).toMatchObject({ total: 5 })
    const scored = engine.log.filter((line) => line.startsWith('scored')).length
    const again = await collect(client.run('annotations.score', { annotationId }))
    expect(again.output).toMatchObject({ scored: 0, failed: 2 })
    expect(engine.log.filter((line) => line.startsWith('scored'))).toHaveLength(scored)
    const { rounds } = await client.call('annotations.figures', { annotationId })
    expect(rounds.map(({ clip }) => clip?.n)).toEqual([2, 1])
    expect(rounds[1]?.clipGain?.n).toBe(1)
  })

  test('a cancel keeps what was scored', async () => {
    const { client } = await openBench()
    const alts = Array.from({ length: 8 }, (_, index) => `bird ${index}`)
    const { annotationId } = await beginAnnotation(client, alts)
    const abort = new AbortController()
    const work = client.run('annotations.score', { annotationId }, { signal: abort.signal })
    const wait = async () => {
      for await (const { done } of work) if (done === 3) abort.abort()
    }
    await expect(wait()).rejects.toMatchObject({ code: 'cancelled' })
    const { unscored } = await client.call('annotations.get', { annotationId })
    expect(unscored).toBeLessThanOrEqual(5)
    const rest = await collect(client.run('annotations.score', { annotationId }))
    expect(rest.output.scored).toBe(unscored)
  })

  test('without a scorer there are none, and it is said', async () => {
    const { client } = await openBench({ fake: { bundles: [FAKE_CAPTIONER] } })
    const { annotationId, imageIds } = await beginAnnotation(client)
    expect(await client.call('annotations.get', { annotationId })).toMatchObject({
      ...{ scorerId: null, unscored: 0 },
    })
    await expect(collect(client.run('annotations.score', { annotationId }))).rejects.toMatchObject({
      code: 'model-missing',
    })
    const review = await client.call('annotations.review', {
      ...{ annotationId, imageId: imageIds[0] ?? '', round: 2, text: 'x', score: true },
    })
    expect(review.clip).toBeNull()
    const { notes } = await client.call('annotations.figures', { annotationId })
    expect(notes.join()).toContain('no scorer')
  })
})

describe('figures', () => {
  test('means of words and edits, by round and by annotator, with units named', async () => {
    const { client } = await openBench()
    const { annotationId, imageIds } = await beginAnnotation(client, ['an owl', 'a fox'])
    const [one = '', two = ''] = imageIds
    await writeNext(client, annotationId, one, 'A photo of an owl.', { seconds: 30 })
    await writeNext(client, annotationId, two, 'a fox', { seconds: 10 })
    const { rounds, annotators, notes, outlook } = await client.call('annotations.figures', {
      annotationId,
    })
    expect(rounds[0]).toMatchObject({
      ...{ round: 1, images: 2, editedChars: null, unchanged: null, medianSeconds: null },
      words: { value: 2, low: 2, high: 2, n: 2 },
    })
    // "an owl" to "A photo of an owl.": 11 letters before it and a stop after it.
    expect(rounds[1]).toMatchObject({
      words: { value: 3.5 },
      editedChars: { value: 6, n: 2 },
      editedWords: { value: 1.5 },
      unchanged: { value: 0.5 },
      medianSeconds: 20,
      lint: { opening: 0.5, length: 0.5 },
    })
    expect(annotators).toMatchObject([
      { annotator: 'Ada', round: 2, images: 1 },
      { annotator: 'Ben', round: 2, images: 1 },
    ])
    expect(outlook).toBeNull()
    expect(notes.join(' ')).toContain('characters (Unicode code points) and in words')
  })
})
