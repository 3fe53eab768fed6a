/** The Statistics table from a selection: rows, differences, the equal sample, and the notes that say what was counted. */
import { describe, expect, test } from 'vitest'
import type { Deps } from '../../../src/core/deps.ts'
import { latexOf } from '../../../src/core/publish/latex.ts'
import type { SelectedImage } from '../../../src/core/publish/selection.ts'
import {
  growthRows,
  STATISTICS_COLUMNS,
  statisticsRows,
} from '../../../src/core/publish/statistics/columns.ts'
import {
  statisticsFor,
  type StatisticsAsked,
} from '../../../src/core/publish/statistics/figures.ts'
import { statisticsTable } from '../../../src/core/publish/statistics/table.ts'
import type { DocCell } from '../../../src/core/publish/table-doc.ts'
import { tableNumber } from '../../../src/shared/numbers.ts'
import { imageOf, OPTIONS, selectedCell, sha256 } from './selected.ts'

const ALT = 'an owl in Rome, 1999'
const OWN = new Map([0, 1, 2, 3].map((at) => [sha256(`image ${at}`), ALT]))

/** Four images without and with their alt-text; of the first three, what people wrote, twice of the first. */
const images = [0, 1, 2, 3].map((at) =>
  imageOf(`image ${at}`, [
    selectedCell('empty', { caption: `A photo of an owl, number ${at}.`, altText: '' }),
    selectedCell('own', {
      caption: at < 2 ? 'An owl in Rome, 1999.' : 'A photo of an owl in Rome.',
      altText: ALT,
      tokenCount: 10 + at,
    }),
    ...(at < 3 ? [theirs('There is a bird. It sits.')] : []),
    ...(at === 0 ? [theirs('An owl of Rome.')] : []),
  ]),
)

function theirs(caption: string) {
  const one = selectedCell('own', { caption, altText: ALT, tokenCount: null })
  return { ...one, cell: { ...one.cell, captionerId: 'elsewhere:people' } }
}

const altTexts = (id: string) =>
  OWN.has(id) ? [{ kind: 'own', text: OWN.get(id), source: '' }] : []
const deps = {
  store: { images: { detail: (id: string) => ({ altTexts: altTexts(id) }) } },
  clock: { elapsedMs: () => 0 },
} as unknown as Deps

const figures = (
  all: readonly SelectedImage[] = images,
  more: Partial<Pick<StatisticsAsked, 'base' | 'statistics'>> = {},
) =>
  statisticsFor(
    deps,
    {
      ...{ base: undefined, baseline: 'empty', statistics: {} },
      ...more,
      names: OPTIONS.names,
      images: () => all,
    },
    new AbortController().signal,
  )

const shown = (cell: DocCell): string =>
  cell.kind === 'number' ? tableNumber(cell) : cell.pieces.map(({ text }) => text).join('')

describe('a row for the alt-texts, and for each captioner and kind', () => {
  test('has means over all captions, quartiles, and shares out of what there is', async () => {
    const { rows } = await figures()
    expect(
      rows.map(({ altKind, captionerId, captions, images: n }) => [
        altKind,
        captionerId,
        captions,
        n,
      ]),
    ).toEqual([
      ['own', null, 4, 4],
      ['empty', 'builtin', 4, 4],
      ['own', 'builtin', 4, 4],
      ['own', 'elsewhere:people', 4, 3],
    ])
    const [alt, empty, own, people] = rows
    expect(alt?.ratios).toMatchObject({ words: { value: 5 }, entities: null, copied: null })
    // "a photo of an owl number 0": 7 words; of what it was not given, Rome and 1999 of each image.
    expect(empty?.ratios).toMatchObject({
      ...{ words: { value: 7 }, prompts: { value: 1 }, entities: { value: 0, of: 8, images: 4 } },
      copied: null,
    })
    expect(empty).toMatchObject({ opening: 'a photo of', quartiles: [7, 7, 7] })
    // 5, 5, 7 and 7 words; two captions are the alt-text over again; Rome reaches four, 1999 two.
    expect(own?.ratios).toMatchObject({
      ...{ words: { value: 6 }, tokens: { value: 11.5 }, prompts: { value: 0.5 } },
      ...{ entities: { value: 6 / 8 }, names: { value: 1 }, numbers: { value: 0.5 } },
      ...{ dates: null, copied: { value: 0.5, of: 4 }, verbatim: { value: 0.5 } },
    })
    expect(own?.quartiles).toEqual([5, 6, 7])
    // 6, 6, 6 and 4 words; 2, 2, 2 and 1 sentences.
    expect(people?.ratios).toMatchObject({
      ...{ words: { value: 5.5, images: 3, of: 4 }, sentences: { value: 7 / 4 }, tokens: null },
      ...{ opening: { value: 0.75 }, entities: { value: 1 / 8 } },
    })
  })

  test('differs to its captioner’s baseline, or to any row, over the images that both have', async () => {
    const plain = await figures()
    const [, empty, own, people] = plain.rows
    expect(own?.deltas).toMatchObject({ words: { value: -1, images: 4 }, copied: null })
    expect([empty?.deltas.words, people?.deltas.words]).toEqual([null, null])
    const { rows } = await figures(images, { base: { kind: 'alt-text' } })
    expect(rows[3]?.deltas.words).toMatchObject({ value: 0.5, images: 3 })
    const asked = { kind: 'row', captionerId: 'people' } as const
    const to = await figures(images, { base: asked })
    // Over the first three: (5 + 5 + 7) / 3 less (6 + 6 + 6 + 4) / 4.
    expect(to.rows[2]?.deltas.words?.value).toBeCloseTo(17 / 3 - 5.5, 9)
    await expect(
      figures(images, { base: { kind: 'row', captionerId: 'nobody' } }),
    ).rejects.toMatchObject({ code: 'not-found' })
  })

  test('has vocabulary of as many images as all rows have, or as are asked for', async () => {
    const { rows, sample } = await figures()
    expect(sample).toEqual({ images: 3, asked: false })
    expect(rows.map(({ vocabulary }) => vocabulary?.captions)).toEqual([3, 3, 3, 3])
    expect(rows[0]?.vocabulary).toMatchObject({ types: 5, trigrams: 3, repeated: 3, openings: 1 })
    expect(growthRows({ ...(await figures()), rows: rows.slice(0, 1) })).toEqual([
      ['own', null, null, 1, 5, 5, 3],
      ['own', null, null, 2, 10, 5, 3],
      ['own', null, null, 3, 15, 5, 3],
    ])
    const four = await figures(images, { statistics: { sampleImages: 4 } })
    expect(four.rows.map(({ vocabulary }) => vocabulary?.captions)).toEqual([4, 4, 4, undefined])
  })

  test('has a grounding ratio by the words that are given, and none without', async () => {
    const vocabulary = { name: 'mine.txt', words: ['Owl', 'Rome', 'owl'] }
    const { rows, visual } = await figures(images, { statistics: { vocabulary } })
    expect(visual).toEqual({ name: 'mine.txt', words: 2 })
    expect(rows[0]?.ratios.grounded).toMatchObject({ value: 2 / 5, of: 20 })
    expect((await figures()).rows[0]?.ratios.grounded).toBeNull()
  })

  test('ends where it is cancelled', async () => {
    const abort = new AbortController()
    abort.abort()
    const asked = {
      base: undefined,
      baseline: 'empty',
      statistics: {},
      names: OPTIONS.names,
    } as const
    await expect(
      statisticsFor(deps, { ...asked, images: () => images }, abort.signal),
    ).rejects.toMatchObject({ code: 'cancelled' })
  })
})

describe('as a document and as data', () => {
  test('the document says what it counted and over what', async () => {
    const doc = statisticsTable(images, OPTIONS, await figures())
    expect(doc.columns.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9)
    const [, empty = [], own = []] = doc.groups[0]?.rows ?? []
    expect(empty.map(shown).slice(0, 6)).toEqual([
      'empty',
      'Realign built-in',
      'a photo of 100\u00a0%',
      '4',
      '7.0 [7.0,\u00a07.0]',
      '7/7/7',
    ])
    expect(own.map(shown)[4]).toMatch(/^6\.0 \[5\.\d,\u00a07\.0\] \(−1\.0\)$/)
    const notes = doc.notes.join('\n')
    expect(notes).toContain(
      'the first caption of 3 images of each row, as many as the smallest has',
    )
    expect(notes).toContain('Realign built-in (own) 50 % [0, 100]')
    expect(notes).toContain('Words in the sample: the alt-text itself 15;')
    expect(notes).not.toMatch(/Scorer|Grounding ratio|No caption of this table was scored/)
    expect(doc.trace).toHaveLength(12)
  })
  test('LaTeX of its many columns is set small enough for the width of an article', async () => {
    const doc = statisticsTable(images, OPTIONS, await figures())
    const text = latexOf(doc, { fragment: true, pictures: new Map() })
    expect(text).toContain('\\fontsize{5.5}{7}')
  })
  test('data has a value for each of its columns', async () => {
    const statistics = await figures()
    const rows = statisticsRows(statistics)
    const at = (name: string) => STATISTICS_COLUMNS.findIndex((one) => one.name === name)
    for (const row of rows) expect(row).toHaveLength(STATISTICS_COLUMNS.length)
    const own = rows[2] ?? []
    for (const [name, value] of [
      ...([
        ['n_words', 6],
        ['n_words_median', 6],
        ['n_words_of', 4],
        ['entities_kept', 0.75],
      ] as const),
      ...([
        ['entities_kept_of', 8],
        ['n_words_delta', -1],
        ['sample_captions', 3],
      ] as const),
      ...([
        ['base', 'empty'],
        ['opening', 'a photo of'],
        ['dates_kept', null],
      ] as const),
    ])
      expect([name, own[at(name)]]).toEqual([name, value])
  })
})
