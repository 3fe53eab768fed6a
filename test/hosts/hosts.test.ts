/** One suite, every host: what a caller sees must not depend on where the core runs. */
import { createHash } from 'node:crypto'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Audience } from '../../src/shared/contract/define.ts'
import { beginAnnotation, writeNext } from '../support/annotations.ts'
import { addPictures, collect, comparing, fakePicture, openBench } from '../support/builders.ts'
import { HOSTS } from './hosts.ts'

describe.each(HOSTS)('$name', (host) => {
  const open = async (audience: Audience = 'owner') => {
    const bench = await openBench()
    const { client, vanish } = await host.open(bench.workbench, audience)
    onTestFinished(() => void vanish())
    return { ...bench, client, vanish }
  }

  test('streams words, then saved captions, then scores, then the result', async () => {
    const { client, engine } = await open()
    const [image = ''] = await addPictures(client, ['owl'])
    const request = comparing([image], ['', 'a bird'], { score: true })
    const { events, output } = await collect(client.run('comparisons.run', request))
    const kinds = events.map((event) => event.kind)
    expect(kinds[0]).toBe('image')
    expect(kinds.indexOf('token')).toBeLessThan(kinds.indexOf('saved'))
    expect(kinds.lastIndexOf('saved')).toBeLessThan(kinds.indexOf('scored'))
    expect(output).toMatchObject({ status: 'done', cells: 2, reused: 0, failed: 0 })
    expect(engine.captioned()).toBe(2)
  })

  test('bytes cross in both directions unchanged', async () => {
    const { client } = await open()
    const [imageId = ''] = await addPictures(client, ['owl'])
    const { bytes } = await client.call('images.picture', { imageId, size: 'thumbnail' })
    expect(new Uint8Array(bytes)).toEqual(fakePicture('owl'))
  })

  test.each([
    ['overwritten', (bytes: Uint8Array<ArrayBuffer>) => void bytes.fill(0)],
    [
      'given away',
      (bytes: Uint8Array<ArrayBuffer>) => void structuredClone(bytes, { transfer: [bytes.buffer] }),
    ],
  ])(
    'a buffer that is %s after the call changes nothing that was handed over',
    async (_how, spoil) => {
      const { client } = await open()
      const bytes = fakePicture('owl')
      const sources = [{ kind: 'bytes' as const, name: 'owl', bytes }]
      const work = collect(client.run('images.import', { sources }))
      spoil(bytes)
      const [imageId = ''] = (await work).output.added
      expect(imageId).toBe(createHash('sha256').update(fakePicture('owl')).digest('hex'))
      await collect(client.run('comparisons.run', comparing([imageId], ['a bird'])))
      const first = await client.call('images.picture', { imageId, size: 'full' })
      const { cells } = await client.call('cells.list', { imageId })
      const kept = structuredClone(cells)
      spoil(first.bytes as Uint8Array<ArrayBuffer>)
      Object.assign(cells[0] ?? {}, { caption: 'changed by the caller' })
      const again = await client.call('images.picture', { imageId, size: 'full' })
      expect(new Uint8Array(again.bytes)).toEqual(fakePicture('owl'))
      expect((await client.call('cells.list', { imageId })).cells).toEqual(kept)
    },
  )

  test('hostile words come back letter by letter', async () => {
    const { client } = await open()
    const [imageId = ''] = await addPictures(client, ['<img src=x onerror=alert(1)>.png'])
    const text = '"; DROP TABLE captions; --\u202e\u0000<script>\u{1f989}'
    const detail = await client.call('images.setAltText', { imageId, altKind: 'own', text })
    expect(detail.altTexts.find(({ kind }) => kind === 'own')?.text).toBe(text)
    expect(detail.name).toBe('<img src=x onerror=alert(1)>.png')
  })

  test('cancelling reads as cancelled, stops the engine, keeps what was finished', async () => {
    const { client, engine } = await open()
    const [image = ''] = await addPictures(client, ['owl'])
    const abort = new AbortController()
    const work = client.run('comparisons.run', comparing([image], ['', 'slow']), {
      signal: abort.signal,
    })
    const wait = async () => {
      for await (const event of work)
        if (event.kind === 'token' && event.condition === 1) abort.abort()
    }
    await expect(wait()).rejects.toMatchObject({ code: 'cancelled' })
    await engine.stopped
    const { cells } = await client.call('cells.list', { imageId: image })
    expect(cells.map((cell) => cell.altText)).toEqual([''])
  })

  test('walking away stops the engine too', async () => {
    const { client, engine } = await open()
    const [image = ''] = await addPictures(client, ['owl'])
    for await (const event of client.run('comparisons.run', comparing([image], ['slow'])))
      if (event.kind === 'token') break
    await engine.stopped
    const { cells } = await client.call('cells.list', { imageId: image })
    expect(cells).toEqual([])
  })

  test('a host that goes away takes its work with it', async () => {
    const { client, engine, vanish } = await open()
    const [image = ''] = await addPictures(client, ['owl'])
    const work = client.run('comparisons.run', comparing([image], ['slow']))
    const wait = async () => {
      for await (const event of work) if (event.kind === 'token') void vanish()
    }
    await expect(wait()).rejects.toMatchObject({ code: expect.stringMatching(/gone|cancelled/) })
    await engine.stopped
  })

  test('captions are rewritten, reviewed, scored, counted and handed on', async () => {
    const { client } = await open()
    const { annotationId, imageIds } = await beginAnnotation(client)
    const [imageId = ''] = imageIds
    const text = 'A photo of a great grey owl \u202e\u{1f989}.'
    const item = await writeNext(client, annotationId, imageId, text, { seconds: 2.5 })
    expect(item).toMatchObject({ round: null, versions: [{ text, seconds: 2.5, round: 2 }] })
    const asked = { annotationId, imageId, round: 3, text: `${text} It sits.`, score: true }
    const review = await client.call('annotations.review', asked)
    expect(review).toMatchObject({ editedWords: 2, clip: { previous: expect.any(Number) } })
    const { output } = await collect(client.run('annotations.score', { annotationId }))
    expect(output).toMatchObject({ failed: 0, problem: null })
    const { rounds } = await client.call('annotations.figures', { annotationId })
    expect(rounds[1]).toMatchObject({ images: 1, clip: { n: 1 } })
    const handed = await collect(client.run('annotations.toCaptions', { annotationId, round: 2 }))
    expect(handed.output.added).toBe(1)
    const what = 'versions-jsonl' as const
    const file = await client.call('annotations.export', { annotationId, what })
    expect(JSON.parse(file.text)).toMatchObject({ text, image_sha256: imageId })
    await expect(
      client.call('annotations.item', { annotationId: '0'.repeat(32), imageId }),
    ).rejects.toMatchObject({ code: 'not-found', hint: expect.any(String) })
  })

  test('errors keep their code, their words and their hint', async () => {
    const { client } = await open()
    const imageId = 'f'.repeat(64)
    await expect(client.call('images.get', { imageId })).rejects.toMatchObject({
      code: 'not-found',
    })
    await expect(client.call('images.get', { imageId: 'x' })).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining('imageId'),
    })
    await expect(
      client.run('comparisons.run', comparing([imageId], [''], { captionerId: 'nobody' })).next(),
    ).rejects.toMatchObject({ code: 'model-missing', hint: expect.stringContaining('Models') })
    await expect(client.call('no.such' as never, {} as never)).rejects.toMatchObject({
      code: 'not-found',
    })
    await expect(client.call('constructor' as never, {} as never)).rejects.toMatchObject({
      code: 'not-found',
    })
  })

  test('a failing image costs itself only', async () => {
    const { client } = await open()
    const [owl = '', fish = ''] = await addPictures(client, ['owl', 'fish'])
    const unknown = 'e'.repeat(64)
    const { events, output } = await collect(
      client.run('comparisons.run', comparing([owl, unknown, fish], [''])),
    )
    expect(output).toMatchObject({ status: 'some-failed', cells: 2, failed: 1 })
    expect(events.find((event) => event.kind === 'failed')).toMatchObject({
      imageId: unknown,
      stage: 'caption',
      code: 'not-found',
    })
  })

  test('raters reach nothing of the workbench', async () => {
    const { client } = await open('rater')
    await expect(client.call('app.status', {})).rejects.toMatchObject({ code: 'forbidden' })
    await expect(
      client.run('comparisons.run', comparing(['a'.repeat(64)], [''])).next(),
    ).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('a second comparison waits its turn and says so', async () => {
    const { client, engine } = await open()
    const [image = ''] = await addPictures(client, ['owl'])
    const abort = new AbortController()
    const first = client.run('comparisons.run', comparing([image], ['slow']), {
      signal: abort.signal,
    })
    let step = await first.next()
    while (!step.done && step.value.kind !== 'token') step = await first.next()
    const second = client.run('comparisons.run', comparing([image], ['a bird']))
    const kinds: string[] = []
    for (let next = await second.next(); !next.done; next = await second.next()) {
      kinds.push(next.value.kind)
      if (next.value.kind === 'queued') abort.abort()
    }
    expect(kinds).toContain('queued')
    expect(kinds.at(-1)).toBe('saved')
    expect(engine.mostAtOnce()).toBe(1)
    await expect(first.next()).rejects.toMatchObject({ code: 'cancelled' })
  })
})
