/** The report's tables as documents: what a reader, and a page, can take in. */
import { expect, test } from 'vitest'
import { toHtml, toLatex, toMarkdown } from '../../../src/core/studies/export/documents.ts'
import { handStudy, question, reportOf } from './report-builders.ts'

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

test('a table that is wider than a page comes in parts, each naming its rows', () => {
  const numbers = Array.from({ length: 30 }, (_, at) => at + 0.5)
  const columns = ['criterion', 'system', ...numbers.map((_, at) => `column${at}_low`)]
  const tex = toLatex(report, [{ name: 't', columns, rows: [['q', 'A', ...numbers]] }])
  const rows = [...tex.matchAll(/^q & A & (.*) \\\\$/gm)].map(([, row = '']) => row.split(' & '))
  expect(rows.map((row) => row.length)).toEqual([14, 14, 2])
  expect(rows.flat()).toEqual(numbers.map((value) => value.toFixed(3)))
  expect(tex).toContain('column0\\\\low')
})
