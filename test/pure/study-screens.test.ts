/** The parts of the Sessions screens that need no screen: faults of a plan, captions from a file, figure, CSV. */
import { describe, expect, test } from 'vitest'
import type { CriterionReport } from '../../src/shared/study-report.ts'
import {
  figureInWords,
  layoutBars,
  layoutDots,
  WIDTH,
} from '../../src/renderer/study/figure-layout.ts'
import { firstSystems } from '../../src/renderer/study/first-systems.ts'
import { parseCaptions } from '../../src/renderer/study/parse-captions.ts'
import {
  askAs,
  NEW_PLAN,
  planFaults,
  toRequest,
  type PlanForm,
  type StudyTemplate,
} from '../../src/renderer/study/plan-form.ts'
import { decimal, percentInterval, pValue } from '../../src/renderer/study/report-words.ts'
import { toCsv } from '../../src/renderer/study/to-csv.ts'
import { TEMPLATES } from '../../src/core/studies/templates.ts'
import { StudyRequest } from '../../src/shared/contract/studies.ts'

const [figure3] = TEMPLATES
const template: StudyTemplate = {
  ...figure3!,
  criteria: [...figure3!.criteria],
  fewest: figure3!.systems[0],
  most: figure3!.systems[1],
}
const system = (name: string) => ({ captionerId: 'a', altKind: 'empty' as const, name })
const whole: PlanForm = {
  ...NEW_PLAN,
  ...askAs(template),
  name: 'A study',
  systems: [system('one'), system('two')],
}

describe('what a new study compares', () => {
  type Source = Parameters<typeof firstSystems>[0][number]
  const source = (altKind: Source['altKind'], images = 20, captionerId = 'a'): Source => ({
    captionerId,
    altKind,
    images,
  })
  const chosen = (sources: readonly Source[], more = {}) =>
    firstSystems(sources, { captionerId: 'a', fewest: 2, most: 5, ...more }).map(
      ({ captionerId, altKind }) => `${captionerId}/${altKind}`,
    )

  test('nothing, right words and wrong ones by the present captioner, whatever has most images', () => {
    const all = [source('noise'), source('empty'), source('wrong', 19), source('own', 15)]
    expect(chosen(all)).toEqual(['a/empty', 'a/own', 'a/wrong'])
    const theirs = [source('empty', 20, 'b'), source('noise', 20, 'b')]
    expect(chosen([...theirs, ...all])).toEqual(['a/empty', 'a/own', 'a/wrong'])
    expect(chosen([...theirs, ...all], { captionerId: 'b' })).toEqual(['b/empty', 'a/empty'])
    expect(chosen([source('sibling'), source('random'), source('empty')])).toEqual([
      'a/empty',
      'a/sibling',
    ])
  })

  test('what few images have is passed over; noise comes only where nothing else is left', () => {
    expect(chosen([source('noise'), source('empty'), source('own', 3), source('general')])).toEqual(
      ['a/empty', 'a/general'],
    )
    expect(chosen([source('noise'), source('empty')])).toEqual(['a/empty', 'a/noise'])
    expect(chosen([source('own'), source('own', 20, 'b'), source('noise')])).toEqual([
      'a/own',
      'b/own',
    ])
  })

  test('as many as the template takes, no more and, where there are so many, no fewer', () => {
    const all = [source('empty'), source('own'), source('wrong'), source('general')]
    expect(chosen(all, { most: 2 })).toEqual(['a/empty', 'a/own'])
    expect(chosen(all, { fewest: 4 })).toEqual(['a/empty', 'a/own', 'a/wrong', 'a/general'])
    expect(chosen([])).toEqual([])
    expect(chosen([source('wrong')])).toEqual(['a/wrong'])
  })
})

describe('a plan', () => {
  test('a whole one has no fault and is a valid request', () => {
    expect(planFaults(whole, template)).toEqual({})
    const request = StudyRequest.parse(toRequest(whole, true))
    expect(request).toMatchObject({ dryRun: true, repeatShare: 0.1, raters: ['R1', 'R2', 'R3'] })
    expect(request.criteria).toHaveLength(3)
  })

  test.each([
    ['name', { name: '  ' }, /name/],
    ['systems', { systems: [system('one')] }, /2 to 8 systems; 1 are chosen/],
    ['systems', { systems: [system('one'), system('one')] }, /same name/],
    ['systems', { source: 'file' as const }, /Choose a file/],
    ['images', { imageIds: [] }, /at least one image/],
    ['raters', { raters: [] }, /at least one rater/],
    ['raters', { raters: ['A', 'A'] }, /same pseudonym/],
    ['raters', { ratersPerItem: 4 }, /1 to 3/],
    ['raters', { ratersPerItem: Number.NaN }, /1 to 3/],
    ['quality', { repeatPercent: 51 }, /0 to 50/],
    ['exclusion', { exclusion: { ...NEW_PLAN.exclusion, tooFastOver: 2 } }, /0 to 1/],
    ['seed', { seed: 1.5 }, /whole number/],
    ['criteria', { criteria: whole.criteria.map((one) => ({ ...one, asked: false })) }, /question/],
  ] as const)('%s: %j', (field, change, words) => {
    const faults = planFaults({ ...whole, ...change } as PlanForm, template)
    expect(Object.keys(faults)).toEqual([field])
    expect(faults[field]).toMatch(words)
  })
})

describe('captions from a file', () => {
  const row = { image: 'a.png', system: 's', caption: 'c' }

  test('JSON lines and an array read the same', () => {
    const lines = parseCaptions(
      `${JSON.stringify(row)}\r\n\n${JSON.stringify({ ...row, altText: 'x' })}\n`,
    )
    expect(lines).toEqual({ rows: [row, { ...row, altText: 'x' }], faults: [] })
    expect(parseCaptions(JSON.stringify(lines.rows, null, 2))).toEqual(lines)
  })

  test('what is wrong is named with its line; no more than five', () => {
    const { rows, faults } = parseCaptions(
      [JSON.stringify(row), '{', '{"image":"a"}', '{"image":"a","system":"s"}', '3', '4', '5'].join(
        '\n',
      ),
    )
    expect(rows).toEqual([row])
    expect(faults).toEqual([
      'Line 2 is not a JSON object',
      'Line 3 names no system',
      'Line 4 has no caption',
      'Line 5 is not a JSON object',
      'Line 6 is not a JSON object',
    ])
    expect(parseCaptions(' \n').faults).toEqual(['The file is empty'])
  })
})

describe('the figure', () => {
  const estimate = (value: number) => ({ value, low: value - 0.1, high: value + 0.1 })
  const share = (at: number, value: number) => ({
    system: at,
    votes: estimate(value),
    majority: estimate(value / 2),
  })
  const criterion = (id: string) =>
    ({
      id,
      votes: 10,
      shares: [share(0, 0.7), share(1, 0.3)],
      tie: { ...estimate(0.5), images: 5 },
    }) as unknown as CriterionReport

  test('segments fill the bar without gaps, Tie last', () => {
    const { bars, left } = layoutBars([criterion('alignment')], 'majority')
    const segments = bars[0]?.segments ?? []
    expect(segments.map(({ system: at }) => at)).toEqual([0, 1, null])
    expect(segments[0]?.x).toBe(left)
    for (const [at, one] of segments.entries())
      expect(one.x + one.width).toBeCloseTo(segments[at + 1]?.x ?? WIDTH, 9)
    expect(layoutBars([criterion('a')], 'votes').bars[0]?.segments).toHaveLength(2)
  })

  test('panels stay within the figure, a row a system, questions without votes left out', () => {
    const all = ['a', 'b', 'c', 'd'].map(criterion)
    const { panels, height, names } = layoutDots([...all, { ...criterion('e'), votes: 0 }])
    expect(panels.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd'])
    expect(names).toHaveLength(4)
    for (const { x, width, axisY, rows } of panels) {
      expect(x + width).toBeLessThanOrEqual(WIDTH)
      expect(axisY).toBeLessThan(height)
      expect(rows).toHaveLength(2)
    }
  })

  test('is heard as words, the strongest first', () => {
    expect(figureInWords([criterion('alignment')], ['A', 'B'])).toBe(
      'alignment: A 35 %, B 15 %, tie 50 %',
    )
  })
})

test('numbers as a paper prints them', () => {
  expect([pValue(0.0004), pValue(0.082), pValue(0.5), pValue(1), pValue(null)]).toEqual([
    '< .001',
    '.082',
    '.50',
    '1',
    '–',
  ])
  expect([decimal(-0.5), decimal(-0.004), decimal(Number.NaN)]).toEqual(['−0.50', '0.00', '–'])
  expect(percentInterval({ low: -0.0102, high: 0.3163 })).toBe('[−1.0, 31.6]')
})

test('CSV quotes what must be and runs nothing', () => {
  const table = {
    name: 't',
    columns: ['a', 'b'],
    rows: [
      ['=1+1', 'x "y", z'],
      ['line\nbreak', null],
      [-1.5, true],
    ],
  }
  expect(toCsv(table)).toBe('a,b\r\n\'=1+1,"x ""y"", z"\r\n"line\nbreak",\r\n-1.5,true\r\n')
})
