/** The main job on a real store: what is saved, what is reused, what survives a fault. */
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ComparisonEvent } from '../../src/shared/contract/comparisons.ts'
import { addPictures, collect, comparing, openBench, temporaryFolder } from '../support/builders.ts'
import { FAKE_CAPTIONER, FAKE_SCORER } from '../support/fake-engine.ts'

const kindsOf = (events: readonly ComparisonEvent[]) => events.map((event) => event.kind)

describe('a comparison', () => {
  test('keeps every caption with what it takes to make it again', async () => {
    const { client } = await openBench()
    const [image = ''] = await addPictures(client, ['owl'])
    await collect(
      client.run('comparisons.run', comparing([image], ['', 'a bird'], { score: true })),
    )
    const { cells } = await client.call('cells.list', { imageId: image })
    expect(cells.map((cell) => [cell.altKind, cell.altText])).toEqual([
      ['empty', ''],
      ['free', 'a bird'],
    ])
    expect(cells[1]).toMatchObject({
      imageId: image,
      captionerId: FAKE_CAPTIONER.id,
      seed: 7,
      caption: expect.stringContaining('a bird'),
      logProb: expect.closeTo(cells[1]?.logProb ?? 0),
      score: { scorerId: FAKE_SCORER.id, sharesEncoder: true },
      provenance: {
        bundleSha256: FAKE_CAPTIONER.bundleSha256,
        settings: { temperature: 0.2, topP: 0.7, resize: 'squash' },
        appVersion: '0.0.0-test',
        altTokens: 2,
        notes: [],
      },
    })
    const { tokens } = await client.call('cells.tokens', { cellId: cells[1]?.id ?? '' })
    expect(tokens).toHaveLength(cells[1]?.tokenCount ?? 0)
    expect(tokens.reduce((sum, token) => sum + token.logProb, 0)).toBeCloseTo(
      cells[1]?.logProb ?? 0,
    )
    const { images } = await client.call('images.list', {})
    expect(images[0]?.captions).toBe(2)
  })

  test('never computes a finished cell twice, unless asked', async () => {
    const { client, engine } = await openBench()
    const [image = ''] = await addPictures(client, ['owl'])
    await collect(client.run('comparisons.run', comparing([image], ['', 'a bird'])))
    const second = await collect(
      client.run('comparisons.run', comparing([image], ['', 'a bird', 'a fish'])),
    )
    expect(second.output).toMatchObject({ cells: 3, reused: 2 })
    expect(engine.captioned()).toBe(3)
    const reused = second.events.filter((event) => event.kind === 'saved' && event.reused)
    expect(reused).toHaveLength(2)
    await collect(client.run('comparisons.run', comparing([image], [''], { again: true })))
    expect(engine.captioned()).toBe(4)
    const { cells } = await client.call('cells.list', { imageId: image })
    expect(cells.filter((cell) => cell.altText === '').map((cell) => cell.caption)).toEqual(
      Array(2).fill(cells[0]?.caption),
    )
  })

  test('another seed, setting or sample is another cell; another kind of the same words is not', async () => {
    const { client, engine } = await openBench()
    const [image = ''] = await addPictures(client, ['owl'])
    const run = (more: Parameters<typeof comparing>[2]) =>
      collect(client.run('comparisons.run', comparing([image], ['conch'], more)))
    await run({})
    await run({ seed: 8 })
    await run({ settings: { temperature: 0.3 } })
    await run({ samples: 3 })
    expect(engine.captioned()).toBe(5)
    const { events } = await run({ conditions: [{ altKind: 'class-name', text: 'conch' }] })
    expect(engine.captioned()).toBe(5)
    expect(events.find((event) => event.kind === 'saved')).toMatchObject({
      reused: true,
      cell: { altKind: 'class-name', altText: 'conch' },
    })
  })

  test('a reused cell without a score gets one without being captioned again', async () => {
    const { client, engine } = await openBench()
    const [image = ''] = await addPictures(client, ['owl'])
    await collect(client.run('comparisons.run', comparing([image], ['conch'])))
    const { events } = await collect(
      client.run('comparisons.run', comparing([image], ['conch'], { score: true })),
    )
    expect(kindsOf(events)).toEqual(['image', 'saved', 'scored'])
    await collect(client.run('comparisons.run', comparing([image], ['conch'], { score: true })))
    expect(engine.captioned()).toBe(1)
    expect(engine.log.filter((line) => line.startsWith('scored'))).toEqual(['scored 1'])
  })

  test('equal alt-texts in one request are computed once and shown twice', async () => {
    const { client, engine } = await openBench()
    const [image = ''] = await addPictures(client, ['owl'])
    const { events, output } = await collect(
      client.run('comparisons.run', comparing([image], ['conch', 'conch'])),
    )
    expect(engine.captioned()).toBe(1)
    expect(output).toMatchObject({ cells: 2, reused: 1 })
    const saved = events.filter((event) => event.kind === 'saved')
    expect(saved.map((event) => event.condition)).toEqual([0, 1])
  })

  test('cancelled: finished captions stay, the half one is dropped, the rest is done next time', async () => {
    const folder = temporaryFolder()
    const workspaceFile = path.join(folder, 'x.realign')
    const { client, workbench } = await openBench({ workspaceFile })
    const [image = ''] = await addPictures(client, ['owl'])
    const abort = new AbortController()
    const { signal } = abort
    const work = client.run('comparisons.run', comparing([image], ['', 'slow', 'x']), { signal })
    const wait = async () => {
      for await (const event of work)
        if (event.kind === 'token' && event.condition === 1) abort.abort()
    }
    await expect(wait()).rejects.toMatchObject({ code: 'cancelled' })
    await workbench.close()
    const next = await openBench({ workspaceFile })
    const { cells } = await next.client.call('cells.list', { imageId: image })
    expect(cells.map((cell) => cell.altText)).toEqual([''])
    const again = await collect(next.client.run('comparisons.run', comparing([image], ['', 'x'])))
    expect(again.output).toMatchObject({ cells: 2, reused: 1 })
  })

  test.each([
    ['boom', 'engine-crashed'],
    ['bug', 'bug'],
    ['oom', 'out-of-memory'],
    ['nan', 'engine-crashed'],
    ['mute', 'engine-crashed'],
  ])('%s costs one image: captions before it stay, the next image runs', async (alt, code) => {
    const { client } = await openBench()
    const [owl = '', fish = ''] = await addPictures(client, ['owl', 'fish'])
    const { events, output } = await collect(
      client.run('comparisons.run', comparing([owl, fish], ['', alt, 'x'])),
    )
    const failures = events.filter((event) => event.kind === 'failed')
    expect(failures).toMatchObject([
      { imageId: owl, stage: 'caption', code },
      { imageId: fish, stage: 'caption', code },
    ])
    expect(output).toMatchObject({ status: 'some-failed', failed: 2 })
    for (const imageId of [owl, fish]) {
      const { cells } = await client.call('cells.list', { imageId })
      expect(cells[0]?.altText).toBe('')
      expect(cells.every((cell) => cell.altText !== alt)).toBe(true)
    }
  })

  test('three engine deaths in a row end the run: it is not the images', async () => {
    const { client } = await openBench()
    const images = await addPictures(client, ['a', 'b', 'c', 'd'])
    const seen: string[] = []
    const work = client.run('comparisons.run', comparing(images, ['boom']))
    const wait = async () => {
      for await (const event of work) if (event.kind === 'image') seen.push(event.imageId)
    }
    await expect(wait()).rejects.toMatchObject({ code: 'engine-crashed' })
    expect(seen).toEqual(images.slice(0, 3))
  })

  test('a scorer that fails costs the scores, never the captions', async () => {
    const { client } = await openBench()
    const [owl = '', fish = ''] = await addPictures(client, ['owl', 'fish'])
    const { events, output } = await collect(
      client.run('comparisons.run', comparing([owl, fish], ['unscorable'], { score: true })),
    )
    expect(events.filter((event) => event.kind === 'failed')).toMatchObject([
      { stage: 'score' },
      { stage: 'score' },
    ])
    expect(output).toMatchObject({ status: 'some-failed', cells: 2 })
    const { cells } = await client.call('cells.list', { imageId: fish })
    expect(cells).toMatchObject([{ altText: 'unscorable', score: null }])
  })

  test('without any scorer captions go unscored', async () => {
    const { client } = await openBench({ fake: { bundles: [FAKE_CAPTIONER] } })
    const [owl = ''] = await addPictures(client, ['owl'])
    const { output } = await collect(
      client.run('comparisons.run', comparing([owl], [''], { score: true })),
    )
    expect(output).toMatchObject({ status: 'done', cells: 1 })
  })

  test('a scorer with other eyes than the captioner is not marked as sharing them', async () => {
    const other = { ...FAKE_SCORER, encoderSha256: 'd'.repeat(64) }
    const { client } = await openBench({ fake: { bundles: [FAKE_CAPTIONER, other] } })
    const [owl = ''] = await addPictures(client, ['owl'])
    await collect(client.run('comparisons.run', comparing([owl], [''], { score: true })))
    const { cells } = await client.call('cells.list', { imageId: owl })
    expect(cells[0]?.score?.sharesEncoder).toBe(false)
  })

  test('broken characters in an alt-text are replaced, said, and still the same cell next time', async () => {
    const { client, engine } = await openBench()
    const [owl = ''] = await addPictures(client, ['owl'])
    await collect(client.run('comparisons.run', comparing([owl], ['owl \ud800'])))
    await collect(client.run('comparisons.run', comparing([owl], ['owl \ud800'])))
    const { cells } = await client.call('cells.list', { imageId: owl })
    expect(cells).toHaveLength(1)
    expect(cells[0]).toMatchObject({
      altText: 'owl \ufffd',
      provenance: { notes: [expect.stringContaining('U+FFFD')] },
    })
    expect(engine.captioned()).toBe(1)
  })

  test('two runs at once take turns image by image', async () => {
    const { client, engine } = await openBench()
    const images = await addPictures(client, ['a', 'b', 'c'])
    const order: string[] = []
    const run = async (name: string) => {
      for await (const event of client.run('comparisons.run', comparing(images, [name])))
        if (event.kind === 'saved') order.push(name)
    }
    await Promise.all([run('one'), run('two')])
    expect(engine.mostAtOnce()).toBe(1)
    expect(order.indexOf('two')).toBeLessThan(order.lastIndexOf('one'))
  })
})

describe('replay', () => {
  test('the same bundle says the same words: identical, to the byte and the probability', async () => {
    const { client } = await openBench()
    const [owl = ''] = await addPictures(client, ['owl'])
    await collect(client.run('comparisons.run', comparing([owl], ['a bird'], { samples: 2 })))
    const { cells } = await client.call('cells.list', { imageId: owl })
    for (const cell of cells) {
      const { output } = await collect(client.run('cells.replay', { cellId: cell.id }))
      expect(output).toMatchObject({
        identical: true,
        caption: cell.caption,
        stored: cell.caption,
        maxLogProbDiff: 0,
      })
    }
    // The caption is as it was; only the verdict has come to it.
    const { cells: replayed } = await client.call('cells.list', { imageId: owl })
    const at = expect.any(String) as string
    expect(replayed).toEqual(
      cells.map((cell) => ({
        ...cell,
        replay: {
          identical: true,
          caption: cell.caption,
          maxLogProbDiff: 0,
          note: 'Same bundle, device and runtime as when it was made',
          at,
        },
      })),
    )
  })

  test('a captioner that is gone or a cell that never was is said so', async () => {
    const folder = temporaryFolder()
    const workspaceFile = path.join(folder, 'x.realign')
    const { client, workbench } = await openBench({ workspaceFile })
    const [owl = ''] = await addPictures(client, ['owl'])
    await collect(client.run('comparisons.run', comparing([owl], [''])))
    const { cells } = await client.call('cells.list', { imageId: owl })
    await workbench.close()
    const next = await openBench({ workspaceFile, fake: { bundles: [FAKE_SCORER] } })
    await expect(
      next.client.run('cells.replay', { cellId: cells[0]?.id ?? '' }).next(),
    ).rejects.toMatchObject({ code: 'model-missing' })
    await expect(
      next.client.run('cells.replay', { cellId: 'nothing' }).next(),
    ).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('search', () => {
  test('finds captions by words in any order, newest first, page by page', async () => {
    const { client } = await openBench()
    const images = await addPictures(client, ['a', 'b', 'c', 'd', 'e'])
    await collect(client.run('comparisons.run', comparing(images, ['snowy owl', 'café'])))
    const seen: string[] = []
    let after: string | null = null
    do {
      const page: { cells: { imageId: string }[]; next: string | null } = await client.call(
        'cells.search',
        { words: 'OWL snow', after, limit: 2 },
      )
      seen.push(...page.cells.map((cell) => cell.imageId))
      after = page.next
    } while (after !== null)
    expect(seen).toEqual(images.toReversed()) // the last word may be unfinished
    expect((await client.call('cells.search', { words: 'snow owl' })).cells).toEqual([])
    const { cells } = await client.call('cells.search', { words: 'owl snowy', limit: 3 })
    expect(cells.map((cell) => cell.imageId)).toEqual(images.toReversed().slice(0, 3))
    const accents = await client.call('cells.search', { words: 'cafe' })
    expect(accents.cells).toHaveLength(5)
  })

  test.each([
    '"',
    'owl" OR "x',
    'NEAR(',
    '* -',
    'text:owl',
    "'; DROP TABLE captions",
    '\u0000',
    '()',
  ])('query syntax is only words: %j', async (words) => {
    const { client } = await openBench()
    const [owl = ''] = await addPictures(client, ['owl'])
    await collect(client.run('comparisons.run', comparing([owl], ['snowy owl'])))
    const { cells } = await client.call('cells.search', { words })
    expect(cells.length).toBeLessThanOrEqual(1)
  })
})
