/** Images drawn by a seed: the same whoever draws them, each read once, and numbers of the dialog that are wrong. */
import { describe, expect, test } from 'vitest'
import { drawImages } from '../../../src/core/publish/draw-images.ts'
import { numbersFault, wholeFault } from '../../../src/renderer/export/whole-numbers.ts'

const ids = Array.from({ length: 5000 }, (_, at) => `image ${at}`)

describe('drawn images', () => {
  const draw = (images: number) => {
    const read: string[] = []
    const { found, drawn } = drawImages(ids, { images, seed: 3 }, (id) => {
      read.push(id)
      return id.endsWith('7') ? null : id
    })
    return { found: [...found], drawn, read }
  }

  test('come in the order of all, and are read once, those without a caption too', () => {
    const { found, drawn, read } = draw(40)
    expect(found).toHaveLength(40)
    expect(found).toEqual(ids.filter((id) => found.includes(id)))
    expect(read).toHaveLength(40 + drawn.without)
    expect(new Set(read).size).toBe(read.length)
    expect(drawn).toMatchObject({ seed: 3, images: 40, of: 5000 })
  })

  test('are the same, however many are held', () => {
    const { found, drawn } = draw(4400)
    expect(found).toHaveLength(4400)
    expect(found).toEqual(expect.arrayContaining(draw(40).found))
    expect(drawn.images).toBe(4400)
  })
})

describe('a number of the dialog', () => {
  const chosen: Parameters<typeof numbersFault>[0] = {
    ...{ what: 'statistics', scope: 'all', sampleImages: null },
    ...{ randomImages: null, randomSeed: 7 },
  }

  test.each([2.5, 0, -1, Number.NaN, 1e7 + 1])('%d is said to be none, and not made one', (value) =>
    expect(wholeFault('sampleImages', value)).toBe('A whole number from 1 to 10,000,000'),
  )

  test('may be left empty where that means all', () => {
    expect([wholeFault('sampleImages', null), wholeFault('randomImages', null)]).toEqual([
      null,
      null,
    ])
    expect(wholeFault('randomSeed', null)).toBe('A whole number from 0 to 4,294,967,295')
  })

  test('holds an export up where it is made use of', () => {
    expect(numbersFault(chosen)).toBeNull()
    expect(numbersFault({ ...chosen, sampleImages: 2.5 })).toBe(
      'the sample must be a whole number from 1 to 10,000,000',
    )
    expect(numbersFault({ ...chosen, what: 'table3', sampleImages: 2.5 })).toBeNull()
    expect(numbersFault({ ...chosen, randomSeed: null })).toBeNull()
    expect(numbersFault({ ...chosen, randomImages: 4, randomSeed: null })).toMatch(/^the seed/)
    expect(numbersFault({ ...chosen, randomImages: 0.5, scope: 'image' })).toBeNull()
  })
})
