/** The wrong alt-texts of the sample project are of another world than their pictures. */
import { expect, it } from 'vitest'
import { drawPicture } from '../../src/fieldguide/picture.ts'
import { SAMPLE } from '../../src/fieldguide/sample.ts'
import { wrongFor } from '../../src/workbench/sample.ts'

const OBJECTS = new Set(['teapot', 'car'])
const GROWING = new Set(['flower', 'mushroom'])
const worldOf = (family: string) =>
  OBJECTS.has(family) ? 'object' : GROWING.has(family) ? family : 'animal'

it('names something of another world beside every picture, and not one thing beside all', () => {
  const truths = SAMPLE.map(({ seed, file }) => drawPicture(seed, { size: 64, file }).truth)
  const wrong = truths.map((_, i) => wrongFor(truths, i))
  for (const [i, name] of wrong.entries()) {
    const other = truths.find(({ species }) => name.endsWith(` ${species.name}`))
    expect(worldOf(other?.family ?? '?'), name).not.toBe(worldOf(truths[i]?.family ?? '?'))
  }
  expect(new Set(wrong).size).toBeGreaterThan(4)
})
