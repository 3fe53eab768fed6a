/** Probe packs on a real store: one row an image, reuse after a cancel, rates, thresholds, self-rounds. */
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Client } from '../../src/shared/contract.ts'
import { addPictures, collect, openBench, temporaryFolder } from '../support/builders.ts'

const CLASSES = ['great gray owl, Strix nebulosa', 'blue jay', 'standard poodle', 'queen conch']

async function classed(client: Client) {
  const imageIds = await addPictures(client, ['a', 'b', 'c', 'd'])
  for (const [i, imageId] of imageIds.entries())
    await client.call('images.setAltText', {
      imageId,
      altKind: 'class-name',
      text: CLASSES[i] ?? '',
    })
  return imageIds
}

const pack = (more: object = {}) => ({
  name: 'test',
  version: 1,
  kinds: ['empty', 'class-name', 'sibling', 'far', 'random', 'noise'],
  ...more,
})

describe('probes', () => {
  test('plan the same texts that they run, and keep the pack with the run', async () => {
    const { client } = await openBench()
    const imageIds = await classed(client)
    const plan = await client.call('probes.plan', { pack: pack(), imageIds })
    expect(plan.problems).toEqual([])
    expect(plan.rows.map(({ conditions }) => conditions.length)).toEqual([6, 6, 6, 6])
    const { output } = await collect(client.run('probes.run', { pack: pack(), imageIds }))
    expect(output).toMatchObject({ status: 'done', cells: 24, reused: 0, failed: 0 })
    for (const row of plan.rows) {
      const { cells } = await client.call('cells.list', { imageId: row.imageId })
      expect(cells.map(({ altKind, altText }) => ({ altKind, text: altText }))).toEqual(
        row.conditions,
      )
    }
    const carry = output.rows.find((row) => row.value === 'class-name')?.carry
    expect(carry).toMatchObject({ value: 1, n: 4, images: 4 }) // the fake engine repeats every alt-text
    expect(output.rows.find((row) => row.value === 'far')?.follow.value).toBe(1)
    const again = await collect(client.run('probes.run', { pack: pack(), imageIds }))
    expect(again.output).toMatchObject({ cells: 24, reused: 24 })
  })

  test('a run that was cut off goes on where it was', async () => {
    const folder = temporaryFolder()
    const workspaceFile = path.join(folder, 'x.realign')
    const { client, workbench, engine } = await openBench({ workspaceFile })
    const imageIds = await classed(client)
    const abort = new AbortController()
    const { signal } = abort
    const work = client.run('probes.run', { pack: pack(), imageIds, score: false }, { signal })
    let saved = 0
    const cut = async () => {
      for await (const event of work) if (event.kind === 'saved' && ++saved === 9) abort.abort()
    }
    await expect(cut()).rejects.toMatchObject({ code: 'cancelled' })
    const made = engine.captioned()
    await workbench.close()
    const next = await openBench({ workspaceFile })
    const { output } = await collect(
      next.client.run('probes.run', { pack: pack(), imageIds, score: false }),
    )
    expect(made).toBeGreaterThanOrEqual(9)
    expect(output.cells).toBe(24)
    expect(next.engine.captioned()).toBe(24 - output.reused)
    expect(output.reused).toBeGreaterThanOrEqual(9)
  })

  test('thresholds are held against the rates; one that nothing could show is missed', async () => {
    const { client } = await openBench()
    const imageIds = await classed(client)
    const thresholds = [
      { rate: 'carry', kind: 'class-name', min: 0.9 },
      { rate: 'follow', kind: 'far', max: 0.1 },
      { rate: 'follow', kind: 'noise', max: 1 },
    ]
    const { output } = await collect(
      client.run('probes.run', { pack: pack({ thresholds }), imageIds, score: false }),
    )
    expect(output.thresholds.map(({ passed, value }) => [passed, value])).toEqual([
      [true, 1],
      [false, 1],
      [false, null],
    ])
  })

  test('an image without its class is refused before anything runs, or left out when the pack says so', async () => {
    const { client, engine } = await openBench()
    const [imageId = ''] = await addPictures(client, ['bare'])
    const refused = client.run('probes.run', { pack: pack(), imageIds: [imageId] })
    await expect(collect(refused)).rejects.toMatchObject({ code: 'bad-input' })
    expect(engine.captioned()).toBe(0)
    const { problems } = await client.call('probes.plan', { pack: pack(), imageIds: [imageId] })
    expect(problems[0]).toMatchObject({ path: ['kinds', 1] })
    const skipping = pack({ missing: 'skip' })
    const { output } = await collect(
      client.run('probes.run', { pack: skipping, imageIds: [imageId], score: false }),
    )
    expect(output).toMatchObject({ cells: 2 })
  })

  test('self-rounds feed each caption back', async () => {
    const { client } = await openBench()
    const [imageId = ''] = await addPictures(client, ['a'])
    const { output } = await collect(
      client.run('probes.selfRounds', { imageIds: [imageId], rounds: 3 }),
    )
    expect(output.rounds.map(({ round }) => round)).toEqual([0, 1, 2])
    const { cells } = await client.call('cells.list', { imageId })
    expect(cells[1]?.altText).toBe(cells[0]?.caption)
    expect(cells[2]?.altText).toBe(cells[1]?.caption)
    expect(output.rounds[0]).toMatchObject({ toPrevious: null, toFirst: null })
    expect(output.rounds[2]?.words).toBeGreaterThan(output.rounds[0]?.words ?? 0)
    expect(output.rounds.every(({ clip }) => clip !== null)).toBe(true)
  })
  test('self-rounds of several images go round together, and are read image by image', async () => {
    const { client, engine } = await openBench({ fake: { rowsTogether: 4 } })
    const images = await addPictures(client, ['a', 'b', 'c', 'd', 'e'])
    const gone = 'f'.repeat(64)
    const { output, events } = await collect(
      client.run('probes.selfRounds', { imageIds: [...images, gone], rounds: 3 }),
    )
    expect(engine.mostAtOnce()).toBeGreaterThan(1)
    expect(output.rounds.map(({ imageId, round }) => [imageId, round])).toEqual(
      images.flatMap((image) => [0, 1, 2].map((round) => [image, round])),
    )
    expect(events.filter((event) => event.kind === 'failed')).toMatchObject([{ imageId: gone }])
    for (const imageId of images) {
      const { cells } = await client.call('cells.list', { imageId })
      expect(cells.map(({ altText }) => altText).slice(1)).toEqual(
        cells.map(({ caption }) => caption).slice(0, -1),
      )
    }
    const { cellIds } = await client.call('dataset.list', { runId: output.runId })
    expect(cellIds).toEqual(output.rounds.map(({ cellId }) => cellId))
  })
})
