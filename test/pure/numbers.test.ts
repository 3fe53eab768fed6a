/** Numbers for people have a true minus, and a rounded zero has no sign; data keep the hyphen. */
import { describe, expect, test } from 'vitest'
import { figuresDoc } from '../../src/core/annotations/export/figures-table.ts'
import { csvLine } from '../../src/core/publish/csv.ts'
import { htmlOf } from '../../src/core/publish/html.ts'
import { latexOf } from '../../src/core/publish/latex.ts'
import { markdownOf } from '../../src/core/publish/markdown.ts'
import { textCell, type DocCell, type TableDoc } from '../../src/core/publish/table-doc.ts'
import { shownDifference, shownNumber, tableNumber } from '../../src/shared/numbers.ts'
import { sha256 } from './publish/selected.ts'

test('a number has a true minus', () => {
  expect([shownNumber(-3.16, 1), shownNumber(3.16, 1)]).toEqual(['−3.2', '3.2'])
  expect([shownNumber(-0.25), shownNumber(-2e-7), shownNumber(3)]).toEqual(['−0.25', '−2e−7', '3'])
})

test('what rounds to nothing has no sign', () => {
  expect([shownNumber(-0.04, 1), shownNumber(-0, 0), shownNumber(-0)]).toEqual(['0.0', '0', '0'])
  expect([-0.04, 0, 0.04].map((value) => shownDifference(value, 1))).toEqual(['0.0', '0.0', '0.0'])
})

test('a difference says whether it is more or less', () =>
  expect([-0.3, 1.8].map((value) => shownDifference(value, 1))).toEqual(['−0.3', '+1.8']))

describe('a table for people', () => {
  const cell: DocCell = {
    ...{ kind: 'number', value: -3.16, digits: 1, delta: -1.04 },
    interval: { low: -4.2, high: -0.01 },
  }
  const doc: TableDoc = {
    title: 'Table',
    columns: [
      { label: 'Alt-text', kind: 'text', share: 0.5 },
      { label: 'CLIP', kind: 'number', share: 0.5 },
    ],
    groups: [{ picture: null, rows: [[textCell('well-known −2'), cell]] }],
    legend: [],
    notes: ['correlate by −0.12'],
    trace: [],
  }
  const pictures = new Map<string, string>()

  test('has it in a cell with its interval and difference', () =>
    expect(tableNumber(cell)).toBe('−3.2 [−4.2,\u00a00.0] (−1.0)'))

  test('has it in HTML and Markdown', () => {
    expect(htmlOf(doc, { pictures, sha256 })).toContain('>−3.2 [−4.2,\u00a00.0] (−1.0)<')
    expect(markdownOf(doc, { pictures })).toContain(
      '| well\\-known −2 | −3\\.2 \\[−4\\.2,\u00a00\\.0\\] \\(−1\\.0\\) |',
    )
  })

  test('has it in LaTeX as in a formula, in numbers, texts and notes, where a hyphen stays one', () => {
    const tex = latexOf(doc, { fragment: true, pictures })
    expect(tex).toContain('well{-}known $-$2 & $-$3.2 {[}$-$4.2{,}~0.0{]} ($-$1.0)\\\\')
    expect(tex).toContain('correlate by $-$0.12\\par')
    expect(tex).not.toContain('\u2212')
  })

  test('has it in the figures of rounds', () => {
    const estimate = { value: -1.25, low: -2, high: 0.5, n: 12 }
    const round = { round: 2, images: 12, words: estimate, editedChars: null, editedWords: null }
    const rest = { clip: estimate, clipGain: null, unchanged: null, medianSeconds: null, lint: {} }
    const { groups } = figuresDoc('Rounds', 'alt-text', {
      ...{ rounds: [{ ...round, ...rest }], annotators: [], outlook: null, notes: [] },
    } as unknown as Parameters<typeof figuresDoc>[2])
    expect(groups[0]?.rows[0]?.[5]).toEqual(textCell('−1.3 [−2.0, 0.5]'))
  })
})

test('a data file keeps the hyphen', () =>
  expect(csvLine(['owl', -3.16], 'guarded')).toBe('"owl",-3.16\r\n'))
