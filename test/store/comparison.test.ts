/** The main job on a real store: what is saved, what is reused, what survives. */
import { describe, expect, test } from 'vitest'
import { addPictures, collect, comparing, openBench } from '../support/builders.ts'

describe('a comparison', () => {
  test('streams words, saves each caption, scores it, and lists its cells', async () => {
    const { client } = await openBench()
    const [image = ''] = await addPictures(client, ['owl'])
    const { events, output } = await collect(
      client.run('comparisons.run', comparing([image], ['', 'a bird'], { score: true })),
    )
    expect(output).toMatchObject({ status: 'done', cells: 2, reused: 0, failed: 0 })
    expect(events.filter((event) => event.kind === 'saved')).toHaveLength(2)
    expect(events.filter((event) => event.kind === 'scored')).toHaveLength(2)
    const { cells } = await client.call('cells.list', { imageId: image })
    expect(cells.map((cell) => cell.altText)).toEqual(['', 'a bird'])
    expect(cells.every((cell) => cell.score?.sharesEncoder === true)).toBe(true)
  })
})
