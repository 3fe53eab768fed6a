/** Runs that caption several images at the same time: what is heard, kept and listed is as if they came one by one. */
import { describe, expect, test } from 'vitest'
import type { ErrorCode } from '../../src/shared/errors.ts'
import type { ComparisonEvent } from '../../src/shared/contract/comparisons.ts'
import { addPictures, collect, comparing, openBench } from '../support/builders.ts'

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
const TEXTS = ['', 'a bird', 'conch']

/** A workbench whose engine decodes the captions of about three images together. */
async function sideBySide(ends: ReadonlyMap<string, ErrorCode> = new Map()) {
  const bench = await openBench({ fake: { rowsTogether: 7, ends } })
  return { ...bench, images: await addPictures(bench.client, NAMES) }
}

/** What stays of the events: who is heard, in which order, with which words. */
const kept = (events: readonly ComparisonEvent[]) =>
  events.flatMap((event): unknown[] => {
    if (event.kind === 'image') return [[event.kind, event.imageId, event.index, event.fraction]]
    if (event.kind === 'saved' || event.kind === 'scored')
      return [
        [event.kind, event.cell.imageId, event.cell.caption, event.condition, event.cell.seed],
      ]
    return event.kind === 'failed' ? [[event.kind, event.imageId, event.code]] : []
  })

async function untilCancelled(
  work: AsyncGenerator<ComparisonEvent, unknown>,
  abort: () => boolean,
) {
  for await (const _event of work) if (abort()) break
}

describe('images captioned at the same time', () => {
  test('are heard one after another in the order asked, each with its captions and scores', async () => {
    const request = (images: readonly string[]) => comparing(images, TEXTS, { score: true })
    const one = await openBench()
    const alone = await collect(
      one.client.run('comparisons.run', request(await addPictures(one.client, NAMES))),
    )
    const { client, engine, images } = await sideBySide()
    const together = await collect(client.run('comparisons.run', request(images)))
    expect(one.engine.mostAtOnce()).toBe(1)
    expect(engine.mostAtOnce()).toBeGreaterThan(2)
    expect(kept(together.events)).toEqual(kept(alone.events))
    expect(together.output).toEqual({ ...alone.output, runId: together.output.runId })
  })

  test('are listed image by image in the order asked', async () => {
    const { client, images } = await sideBySide()
    const { output } = await collect(client.run('comparisons.run', comparing(images, TEXTS)))
    const { cellIds } = await client.call('dataset.list', { runId: output.runId })
    const places = cellIds.map((cellId) => ({ cellId, altKind: 'free' as const, other: null }))
    const { rows } = await client.call('dataset.rows', { places })
    expect(rows.map(({ imageId }) => imageId)).toEqual(
      images.flatMap((image) => TEXTS.map(() => image)),
    )
  })

  test('tell their words while they are listened to', async () => {
    const { client, images } = await sideBySide()
    const { events } = await collect(client.run('comparisons.run', comparing(images, TEXTS)))
    let heard = ''
    for (const event of events) {
      if (event.kind === 'image') heard = event.imageId
      if (event.kind === 'token') expect(event.imageId).toBe(heard)
    }
    expect(events.find((event) => event.kind === 'token')).toMatchObject({ imageId: images[0] })
  })

  test('reuse what is there, and caption only the rest', async () => {
    const { client, engine, images } = await sideBySide()
    await collect(client.run('comparisons.run', comparing(images.slice(2, 6), TEXTS)))
    const { output } = await collect(client.run('comparisons.run', comparing(images, TEXTS)))
    expect(output).toMatchObject({ cells: 24, reused: 12, failed: 0 })
    expect(engine.captioned()).toBe(24)
  })

  test('an image is captioned alone as before', async () => {
    const { client, engine, images } = await sideBySide()
    await collect(client.run('comparisons.run', comparing(images.slice(0, 1), TEXTS)))
    expect(engine.mostAtOnce()).toBe(1)
  })
})

describe('what fails beside others', () => {
  test('an image that is not there is reported in its place, the others are captioned', async () => {
    const { client, images } = await sideBySide()
    const gone = 'f'.repeat(64)
    const asked = images.toSpliced(2, 0, gone)
    const { events, output } = await collect(client.run('comparisons.run', comparing(asked, TEXTS)))
    expect(events.filter((event) => event.kind === 'image').map(({ imageId }) => imageId)).toEqual(
      asked,
    )
    const failed = events.findIndex((event) => event.kind === 'failed')
    expect(events[failed - 1]).toMatchObject({ kind: 'image', imageId: gone })
    expect(output).toMatchObject({ status: 'some-failed', cells: 24, failed: 1 })
  })

  test('when the engine ends, each image under way is tried alone: only the one that ends it fails', async () => {
    const ends = new Map<string, ErrorCode>()
    const { client, engine, images } = await sideBySide(ends)
    ends.set(images[3] ?? '', 'engine-crashed')
    const { events, output } = await collect(
      client.run('comparisons.run', comparing(images, TEXTS, { score: true, again: true })),
    )
    expect(events.filter((event) => event.kind === 'failed')).toMatchObject([
      { imageId: images[3], stage: 'caption', code: 'engine-crashed' },
    ])
    expect(output).toMatchObject({ status: 'some-failed', cells: 21, reused: 0, failed: 1 })
    expect(engine.captioned()).toBe(21) // what was finished before is not made twice
    for (const imageId of images.toSpliced(3, 1)) {
      const { cells } = await client.call('cells.list', { imageId })
      expect(cells.map(({ altText }) => altText)).toEqual(TEXTS)
      expect(cells.every(({ score }) => score !== null)).toBe(true)
    }
  })

  test('three engine deaths in a row end the run: it is not the images', async () => {
    const ends = new Map<string, ErrorCode>()
    const { client, images } = await sideBySide(ends)
    for (const image of images) ends.set(image, 'engine-crashed')
    const seen: ComparisonEvent[] = []
    const work = (async () => {
      for await (const event of client.run('comparisons.run', comparing(images, TEXTS)))
        seen.push(event)
    })()
    await expect(work).rejects.toMatchObject({ code: 'engine-crashed' })
    const heard = seen.flatMap((event) => (event.kind === 'image' ? [event.imageId] : []))
    expect(heard).toEqual(images.slice(0, 3))
    const { runs } = await client.call('runs.list', {})
    expect(runs[0]).toMatchObject({ status: 'failed' })
  })

  test('without memory for several, images are captioned one by one from then on', async () => {
    const ends = new Map<string, ErrorCode>()
    const { client, engine, images } = await sideBySide(ends)
    ends.set(images[0] ?? '', 'out-of-memory')
    const work = client.run('comparisons.run', comparing(images, TEXTS))
    let before = 0
    for await (const event of work)
      if (event.kind === 'failed') before = engine.log.filter((line) => line === 'stopped').length
    const stops = engine.log.filter((line) => line === 'stopped').length
    // Three under way and one tried alone; then each of the other seven has the engine to itself.
    expect([before, stops]).toEqual([4, 11])
    const later = engine.log.slice(engine.log.indexOf('stopped', 1)).join(' ')
    expect(later.match(/finished 0:0 .*?stopped/g)?.length).toBe(7)
  })
})

describe('a run of several at a time and whoever else asks', () => {
  test('a cancel keeps what is finished, as cells of the run', async () => {
    const { client, images } = await sideBySide()
    const abort = new AbortController()
    const { signal } = abort
    const work = client.run('comparisons.run', comparing(images, [...TEXTS, 'slow']), { signal })
    const wait = async () => {
      for await (const event of work)
        if (event.kind === 'token' && event.condition === 3) abort.abort()
    }
    await expect(wait()).rejects.toMatchObject({ code: 'cancelled' })
    const { runs } = await client.call('runs.list', {})
    const cells = (
      await Promise.all(images.map((imageId) => client.call('cells.list', { imageId })))
    ).flatMap((one) => one.cells)
    expect(cells.length).toBeGreaterThan(3)
    expect(runs[0]).toMatchObject({ status: 'cancelled', cells: cells.length })
  })

  test('walking away stops all of them and hands the engine on', async () => {
    const { client, engine, images } = await sideBySide()
    await untilCancelled(client.run('comparisons.run', comparing(images, TEXTS)), () => true)
    const made = engine.captioned()
    const [last = ''] = images.slice(-1)
    await collect(client.run('comparisons.run', comparing([last], ['an owl'])))
    expect(engine.captioned()).toBe(made + 1)
  })

  test('who asks meanwhile waits for the images under way, not for the run', async () => {
    const { client, engine } = await sideBySide()
    const many = await addPictures(
      client,
      Array.from({ length: 40 }, (_, at) => `many ${at}`),
    )
    const [own = ''] = await addPictures(client, ['own'])
    const order: string[] = []
    let other: Promise<unknown> | null = null
    const follow = async (images: readonly string[], texts: readonly string[]) => {
      for await (const event of client.run('comparisons.run', comparing(images, texts)))
        if (event.kind === 'saved') order.push(event.cell.imageId)
    }
    for await (const event of client.run('comparisons.run', comparing(many, TEXTS))) {
      if (event.kind !== 'saved') continue
      order.push(event.cell.imageId)
      if (order.length === 4) other = follow([own], ['an owl'])
    }
    await other
    const before = new Set(order.slice(0, order.indexOf(own)))
    expect(before.size).toBeLessThanOrEqual(8)
    expect(engine.mostAtOnce()).toBeGreaterThan(2)
  })
})
