/** What references measure, against the figures of the reference implementations: row by row of data, and in the means. */
import { describe, expect, test } from 'vitest'
import { MEASURED_COLUMNS } from '../../../src/core/publish/data-columns.ts'
import { meansOf } from '../../../src/core/publish/means.ts'
import { measureBy } from '../../../src/core/publish/references.ts'
import { measuredRows } from '../../../src/core/publish/rows.ts'
import { table1 } from '../../../src/core/publish/table1.ts'
import fixture from '../../fixtures/reference_metrics.json' with { type: 'json' }
import { imageOf, OPTIONS, selectedCell } from './selected.ts'

const corpus = fixture.corpora.find(({ name }) => name === 'sixty')!
const images = corpus.items.map(({ candidate }, at) =>
  imageOf(`image ${at}`, [selectedCell('empty', { caption: candidate })]),
)
const texts = new Map(images.map(({ image }, at) => [image.id, corpus.items[at]!.references]))
const measureOf = () => measureBy(new Set(['elsewhere:people']), texts, async () => {})
const at = (name: string) => MEASURED_COLUMNS.findIndex((one) => one.name === name)

describe('a corpus with reference figures', () => {
  test('has them in the columns of data, caption by caption', async () => {
    const measure = await measureOf()
    const rows = images.flatMap((one) => measuredRows(one, [[]], measure))
    for (const [name, golden] of [
      ['rouge_l', corpus.each.rougeL],
      ['cider', corpus.each.cider],
      ['meteor', corpus.each.meteor],
    ] as const)
      for (const [index, row] of rows.entries())
        expect(row[at(name)]).toBeCloseTo(golden[index]! * 100, 8)
  })

  test('has means that are the corpus figures; a mean of BLEU is not its BLEU', async () => {
    const measure = await measureOf()
    const rows = images.flatMap((one) => measuredRows(one, [[]], measure))
    const mean = (name: string) =>
      rows.reduce((sum, row) => sum + Number(row[at(name)]), 0) / rows.length
    expect(mean('cider')).toBeCloseTo(corpus.cider * 100, 8)
    expect(mean('rouge_l')).toBeCloseTo(corpus.rougeL * 100, 8)
    expect(mean('meteor')).toBeCloseTo(corpus.meteor * 100, 8)
    expect(Math.abs(mean('bleu4') - corpus.bleu[3]! * 100)).toBeGreaterThan(0.1)
  })

  test('has the differences of its figures to an alt-text that is word for word a reference', async () => {
    const altTexts = {
      texts: new Map([...texts].map(([id, [first = '']]) => [id, first])),
      ...{ scores: new Map(), shown: true },
    }
    const measure = await measureOf()
    const base = { kind: 'alt-text' } as const
    const [own, row] = await meansOf(images, { base, measure, altTexts })
    expect(own?.measured?.scores.rougeL).toBeCloseTo(100, 8)
    expect(own?.measured?.deltas).toBeNull()
    expect(row?.measured?.deltas?.rougeL).toBeCloseTo(corpus.rougeL * 100 - 100, 8)
    const { bleu1 = 0, cider = 0 } = own?.measured?.scores ?? {}
    expect(row?.measured?.deltas?.bleu1).toBeCloseTo(corpus.bleu[0]! * 100 - bleu1, 8)
    expect(row?.measured?.deltas?.cider).toBeCloseTo(corpus.cider * 100 - cider, 8)
  })

  test('has a table whose columns are the whole width', async () => {
    const [measure, base] = [await measureOf(), { kind: 'baseline', altKind: 'empty' } as const]
    const rows = await meansOf(images, { base, measure })
    const { columns } = table1(images, OPTIONS, { rows, base, measure, altTexts: null })
    expect(columns).toHaveLength(12)
    expect(columns.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9)
  })
})
