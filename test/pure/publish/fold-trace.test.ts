import { describe, expect, it } from 'vitest'
import { foldTrace } from '../../../src/renderer/export/fold-trace.ts'

const line = (digit: string): string =>
  `% ${digit.repeat(8)}-ea3c-4780-bb5a-d9adc90ee26f:12a8469ff06cdfc3`

describe('the preview of a LaTeX table', () => {
  it('says in one line how many cells the table is traced to, and goes on with the table', () => {
    const lines = ['% realign-trace:1', line('a'), line('b'), line('c'), '\\documentclass{article}']
    expect(foldTrace(lines.join('\n'))).toBe(
      '% realign-trace:1\n% … 3 lines, one a cell\n\\documentclass{article}',
    )
  })

  it('folds the same in one line', () => {
    const entries = [line('a'), line('b')].map((one) => one.slice(2)).join(' ')
    expect(foldTrace(`\\pdfinfo{/RealignTrace (realign-trace:1 ${entries})}`)).toBe(
      '\\pdfinfo{/RealignTrace (realign-trace:1 … 2 cells)}',
    )
  })

  it('leaves a single cell and every other comment as they are', () => {
    const text = `% realign-trace:1\n${line('a')}\n% pdfLaTeX reads UTF-8\n% 12 % of it\n`
    expect(foldTrace(text)).toBe(text)
  })
})
