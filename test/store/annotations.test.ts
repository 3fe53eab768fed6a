/** Rounds of annotation in a workspace: dealt, written, swapped, looked back at, scored, counted, handed on. */
import { describe, expect, test } from 'vitest'
import { beginAnnotation, writeNext } from '../support/annotations.ts'
import { openBench } from '../support/builders.ts'

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
