/** The bars of the matcher on drawn truth, and that its cases are worth something. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { measureCases, measureMatcher } from '../../../src/core/grounding/evaluate-matcher.ts'
import { matcherCases } from '../../../src/core/grounding/matcher-cases.ts'
import { fieldGuideTaxonomy, withNames } from '../../../src/core/probes/field-guide-taxonomy.ts'
import { readNameFamilies } from '../../../src/core/probes/names-file.ts'
import { drawPicture, setMember } from '../../../src/fieldguide/picture.ts'
import { seededRandom } from '../../../src/shared/random.ts'

const names = readNameFamilies(JSON.parse(readFileSync('models/builtin/names.json', 'utf8')))
const strangers = names.families
  .filter(({ family }) => ['amphibian', 'reptile', 'hoofed animal', 'mammal'].includes(family))
  .flatMap(({ names: all }) => all.map(([name, latin]) => ({ name, latin: latin ?? '' })))
const truths = Array.from(
  { length: 24 },
  (_, i) => drawPicture(setMember('bars', i).seed, { detail: 0.05 }).truth,
)

describe('the matcher on drawn truth', () => {
  test('reaches its bars: carried and rejected 0.98, erroneous by class name 0.9', () => {
    const report = measureMatcher(truths, withNames(names), { random: seededRandom(1), strangers })
    expect(report.figures.carried.expected).toBeGreaterThan(100)
    expect(report.figures.rejected.expected).toBeGreaterThan(80)
    expect(report.figures.carried.f1).toBeGreaterThanOrEqual(0.98)
    expect(report.figures.rejected.f1).toBeGreaterThanOrEqual(0.98)
    expect(report.erroneousByClass.f1).toBeGreaterThanOrEqual(0.9)
  })

  test('a gold span is where its words are', () => {
    for (const { altText, caption, gold } of matcherCases(truths[0]!, {
      random: seededRandom(2),
      strangers,
    }))
      for (const { place, start, end } of gold) {
        const text = place === 'caption' ? caption : altText
        expect(text.slice(start, end)).toMatch(/^\S.*\S$/)
        expect(text.slice(start - 1, start)).toMatch(/^[\s;,]?$/)
        expect(text.slice(end, end + 1)).toMatch(/^[\s.;,]?$/)
      }
  })

  test('a mark one letter off, of another class, or missing costs precision and recall', () => {
    const one = {
      kind: 'x',
      altText: 'barn owl',
      caption: 'A barn owl.',
      truth: null,
      className: null,
    }
    const measure = (start: number, end: number) => {
      const gold = [{ place: 'caption', start, end, markClass: 'carried' }] as const
      return measureCases([{ ...one, gold }], fieldGuideTaxonomy()).figures.carried
    }
    expect(measure(2, 10)).toMatchObject({ precision: 1, recall: 1, f1: 1 })
    expect(measure(2, 9)).toMatchObject({ precision: 0, recall: 0, f1: 0 })
    const wanting = measureCases([{ ...one, gold: [] }], fieldGuideTaxonomy())
    expect(wanting.figures.carried).toMatchObject({ precision: 0, recall: 1, f1: 0 })
    expect(wanting.misses).toHaveLength(1)
  })
})
