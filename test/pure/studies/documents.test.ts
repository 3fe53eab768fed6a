/** The report's tables as documents: what a reader, and a page, can take in. */
import { describe, expect, test } from 'vitest'
import { toHtml, toLatex, toMarkdown } from '../../../src/core/studies/export/documents.ts'
import { figureSvg } from '../../../src/core/studies/export/figure-svg.ts'
import { reportTables } from '../../../src/core/studies/export/report-tables.ts'
import type { Answer, Criterion } from '../../../src/shared/study-types.ts'
import { confirm, handStudy, question, reportOf } from './report-builders.ts'

const study = handStudy({
  images: 3,
  raters: 1,
  systems: ['A', 'B'],
  criteria: [question('q')],
  seed: 2,
})
const report = reportOf(study, [], 100)

test('a column without a single value is left out for readers', () => {
  const tables = [
    {
      name: 't',
      columns: ['system', 'votes', 'two_way_low'],
      rows: [
        ['A', 1, null],
        ['B', 2, null],
      ],
    },
  ]
  for (const text of [toHtml, toMarkdown, toLatex].map((write) => write(report, tables))) {
    expect(text).toContain('votes')
    expect(text).not.toMatch(/two.*way/s)
  }
})

test('what is below nothing has a true minus, in tables as in the methods', () => {
  const rows = [['A', -0.12, -2, -0.0001]]
  const tables = [{ name: 't', columns: ['system', 'tau', 'level', 'gap'], rows }]
  const said = { ...report, methods: 'correlate by \u22120.10' }
  expect(toHtml(said, tables)).toContain(
    '>\u22120.120</td><td class="n">\u22122</td><td class="n">0.000<',
  )
  expect(toMarkdown(said, tables)).toContain('| A | \u22120\\.120 | \u22122 | 0\\.000 |')
  expect(toMarkdown(said, tables)).toContain('correlate by \u22120\\.10')
  const tex = toLatex(said, tables)
  expect(tex).toContain('A & $-$0.120 & $-$2 & 0.000 \\\\')
  expect(tex).toContain('correlate by $-$0.10')
})

test('a table that is wider than a page comes in parts, each naming its rows', () => {
  const numbers = Array.from({ length: 30 }, (_, at) => at + 0.5)
  const columns = ['criterion', 'system', ...numbers.map((_, at) => `column${at}_low`)]
  const tex = toLatex(report, [{ name: 't', columns, rows: [['q', 'A', ...numbers]] }])
  const rows = [...tex.matchAll(/^q & A & (.*) \\\\$/gm)].map(([, row = '']) => row.split(' & '))
  expect(rows.map((row) => row.length)).toEqual([14, 14, 2])
  expect(rows.flat()).toEqual(numbers.map((value) => value.toFixed(3)))
  expect(tex).toContain('column0\\\\low')
})

describe('answers that order nothing by themselves are in every table', () => {
  function reportWith(criterion: Criterion, answer: Answer) {
    const made = handStudy({
      images: 4,
      raters: 1,
      systems: ['A', 'B'],
      criteria: [criterion],
      seed: 3,
    })
    const said = made.plan.assignments.map(({ id }) => confirm(id, criterion.id, answer))
    const report = reportOf(made, said, 100)
    return { report, tables: reportTables(report) }
  }

  test('shares of yes with their intervals, for the reader as for data files', () => {
    const criterion = { ...question('probe', 'flags'), labels: ['has an error', 'names | it'] }
    const values = [
      [true, null],
      [false, null],
    ]
    const { report, tables } = reportWith(criterion, { format: 'flags', values })
    const [a, , b] = report.criteria[0]!.flags!
    const table = tables.find(({ name }) => name === 'flags')
    expect(table).toEqual({
      name: 'flags',
      columns: ['criterion', 'system', 'label', 'yes', 'answers', 'share', 'low', 'high'],
      rows: [
        ['probe', 'A', 'has an error', 4, 4, 1, a!.low, a!.high],
        // Nobody could tell: no share, and no interval of one.
        ['probe', 'A', 'names | it', 0, 0, null, null, null],
        ['probe', 'B', 'has an error', 0, 4, 0, b!.low, b!.high],
        ['probe', 'B', 'names | it', 0, 0, null, null, null],
      ],
    })
    expect(toMarkdown(report, tables)).toContain(`| probe | A | has an error | 4 | 4 | 1 |`)
    expect(toLatex(report, tables)).toContain('probe & A & has an error & 4 & 4 & 1 &')
    expect(toHtml(report, tables)).toContain('<h2>flags</h2>')
    // Nobody is put first: no tie of all images, no equal strengths, no figure of them.
    expect(report.criteria[0]).toMatchObject({
      shares: [],
      strengths: [],
      pairs: [],
      differences: [],
    })
    expect(tables.map(({ name }) => name)).toEqual(
      expect.not.arrayContaining(['shares', 'strengths', 'pairs']),
    )
    expect(report.methods).not.toMatch(/first places|Davidson/)
    expect(report.methods).toContain('Shares of yes are of the answers that could tell')
    expect(figureSvg(report.criteria, report.systems)).toBe('')
  })

  test('mean marks, and levels of a pair by the system that is better', () => {
    const marks = reportWith(
      { ...question('mark', 'rubric'), labels: ['bad', 'good'] },
      { format: 'rubric', values: [2, 1] },
    ).tables.find(({ name }) => name === 'marks')
    expect(marks?.rows.map((row) => row.slice(0, 3))).toEqual([
      ['mark', 'A', 2],
      ['mark', 'B', 1],
    ])
    const { tables } = reportWith(question('pair', 'pair'), {
      format: 'pair',
      value: 2,
      identical: false,
    })
    expect(tables.find(({ name }) => name === 'levels')?.rows).toEqual([['pair', 'B', -2, 4]])
  })
})
