/** The table model: what is selected, what is computed, what the footnote says. */
import { describe, expect, test } from 'vitest'
import { deltasOf } from '../../../src/core/publish/baseline.ts'
import { htmlOf } from '../../../src/core/publish/html.ts'
import { latexOf } from '../../../src/core/publish/latex.ts'
import { markdownOf } from '../../../src/core/publish/markdown.ts'
import { noMarks, type MarksOf } from '../../../src/core/publish/marks-of.ts'
import { meansOf } from '../../../src/core/publish/means.ts'
import { piecesOf } from '../../../src/core/publish/pieces.ts'
import { longRows, planWide, wideRow } from '../../../src/core/publish/rows.ts'
import { LONG_COLUMNS, wideColumns } from '../../../src/core/publish/data-columns.ts'
import type { SelectedImage } from '../../../src/core/publish/selection.ts'
import { captionReader } from '../../../src/core/text-statistics/caption-measures.ts'
import { table1 } from '../../../src/core/publish/table1.ts'
import { table3 } from '../../../src/core/publish/table3.ts'
import { readFootnoteIds } from '../../../src/core/publish/trace-text.ts'
import { tableNumber } from '../../../src/shared/numbers.ts'
import { imageOf, OPTIONS, scored, selectedCell, sha256 } from './selected.ts'

const owl = imageOf('owl.png', [
  selectedCell('empty', { altText: '', caption: 'a bird', score: scored(20) }),
  selectedCell('class-name', { caption: 'a great gray owl', score: scored(26.25) }),
  selectedCell('wrong', { altText: 'a fox', caption: 'a bird', score: scored(19.5) }),
])
const fox = imageOf('fox.png', [
  selectedCell('empty', { altText: '', caption: 'an animal', score: scored(30) }),
  selectedCell('class-name', { caption: 'a red fox', score: scored(31), seed: 9 }),
])

const EMPTY = { kind: 'baseline', altKind: 'empty' } as const
const table1Of = async (images: readonly SelectedImage[]) =>
  table1(images, OPTIONS, {
    ...{ base: EMPTY, measure: null, altTexts: null },
    rows: await meansOf(images, { base: EMPTY }),
  })

describe('pieces', () => {
  test('cut at the borders of marks that overlap, counted in code points', () => {
    const text = '\u{1f989} gray owl sits'
    const pieces = piecesOf(text, [
      { start: 2, end: 10, kind: 'carried', state: 'proposed' },
      { start: 7, end: 15, kind: 'erroneous', state: 'confirmed' },
    ])
    expect(pieces.map((one) => one.text)).toEqual(['\u{1f989} ', 'gray ', 'owl', ' sits'])
    expect(pieces.map((one) => one.marks.map(({ kind }) => kind))).toEqual([
      [],
      ['carried'],
      ['carried', 'erroneous'],
      ['erroneous'],
    ])
  })
  test('marks beyond the text are cut, empty and backward ones left out', () => {
    const pieces = piecesOf('owl', [
      { start: 1, end: 99, kind: 'carried', state: 'proposed' },
      { start: 2, end: 2, kind: 'rejected', state: 'proposed' },
      { start: 3, end: 0, kind: 'rejected', state: 'proposed' },
    ])
    expect(pieces.map((one) => [one.text, one.marks.length])).toEqual([
      ['o', 0],
      ['wl', 1],
    ])
  })
  test('a confirmed mark wins over the proposal below it', () => {
    const [piece] = piecesOf('owl', [
      { start: 0, end: 3, kind: 'carried', state: 'confirmed' },
      { start: 0, end: 3, kind: 'carried', state: 'proposed' },
    ])
    expect(piece?.marks).toEqual([{ kind: 'carried', state: 'confirmed' }])
  })
  test('an empty text has no pieces', () => expect(piecesOf('', [])).toEqual([]))
})

describe('differences', () => {
  test('are to the baseline of the same image, computed from scores', () => {
    expect(deltasOf(owl.cells, 'empty')).toEqual([null, 6.25, -0.5])
    expect(deltasOf(owl.cells, 'wrong')).toEqual([0.5, 6.75, null])
  })
  test('need both scores of the same scorer and captioner', () => {
    const cells = [
      selectedCell('empty', { score: scored(20) }),
      selectedCell('own', { score: scored(25, 'another scorer') }),
      selectedCell('wrong', { score: scored(25), captionerId: 'another' }),
      selectedCell('far', { score: null }),
    ]
    expect(deltasOf(cells, 'empty')).toEqual([null, null, null, null])
  })
  test('a difference that rounds to nothing has no sign', () => {
    const cell = { kind: 'number', value: 20, digits: 1, delta: -0.04 } as const
    expect(tableNumber(cell)).toBe('20.0 (0.0)')
    expect(tableNumber({ ...cell, delta: -0.05001 })).toBe('20.0 (−0.1)')
    expect(tableNumber({ ...cell, delta: 1 })).toBe('20.0 (+1.0)')
    expect(tableNumber({ ...cell, value: null, delta: null })).toBe('-')
  })
  test('means are of the images that have both', async () => {
    const means = await meansOf([owl, fox], { base: EMPTY })
    expect(means.map((one) => [one.altKind, one.clip, one.clipN, one.delta, one.deltaN])).toEqual([
      ['empty', 25, 2, null, 0],
      ['class-name', 28.625, 2, 3.625, 2],
      ['wrong', 19.5, 1, -0.5, 1],
    ])
  })
  test('scores of two scorers are never averaged', async () => {
    const mixed = [
      imageOf('a', [selectedCell('empty', { score: scored(10, 'one') })]),
      imageOf('b', [selectedCell('empty', { score: null })]),
      imageOf('c', [selectedCell('empty', { score: scored(90, 'two') })]),
    ]
    const means = await meansOf(mixed, { base: { kind: 'baseline', altKind: 'own' } })
    expect(means.map((one) => [one.clip, one.captions])).toEqual([
      [10, 2],
      [90, 1],
    ])
  })
})

describe('Table 3', () => {
  const marks: MarksOf = (cell) => ({
    all: [],
    altText:
      cell.altText === 'a fox' ? [{ start: 2, end: 5, kind: 'rejected', state: 'proposed' }] : [],
    caption: cell.caption.includes('owl')
      ? [{ start: 2, end: 16, kind: 'carried', state: 'confirmed' }]
      : [],
  })
  const doc = table3([owl, fox], marks, OPTIONS)

  test('has a group an image, a row a condition, and the empty alt-text as ""', () => {
    expect(doc.groups.map(({ picture, rows }) => [picture?.name, rows.length])).toEqual([
      ['owl.png', 3],
      ['fox.png', 2],
    ])
    expect(doc.groups[0]?.rows[0]?.[1]).toEqual({
      kind: 'text',
      pieces: [{ text: '""', marks: [] }],
    })
  })
  test('names only the marks that occur', () => expect(doc.legend).toEqual(['carried', 'rejected']))
  test('explains each mark in one phrase, whatever the format', () => {
    const pictures = new Map<string, string>()
    const words = (text: string) => text.replace(/<[^>]*>|\\realign\w+|[{}\\]/g, '')
    for (const text of [
      htmlOf(doc, { pictures, sha256 }),
      markdownOf(doc, { pictures }),
      latexOf(doc, { pictures, fragment: true }),
    ]) {
      expect(words(text)).toContain('carried from the alt-text; rejected, in the alt-text')
      expect(words(text)).not.toContain('carried carried')
    }
  })
  test('traces every cell by id and hash of its caption', () => {
    expect(doc.trace).toEqual(
      [...owl.cells, ...fox.cells].map(({ cell }) => ({
        cellId: cell.id,
        sha16: sha256(cell.caption).slice(0, 16),
      })),
    )
  })
  test('names runs, cells, seeds, captioner, scorer and n in its footnote', () => {
    const notes = doc.notes.join('\n')
    for (const part of [
      'n = 5 captions of 2 images',
      '11111111-2222-4333-8444-555555555555',
      owl.cells[0]?.cell.id.slice(0, 8) ?? 'no id',
      'Seeds: 7, 9',
      'temperature 0.2, top-k 50, top-p 0.7',
      sha256('bundle').slice(0, 12),
      sha256('scorer').slice(0, 12),
      "as the scorer's bundle prepares it",
      'known for 5 of 5',
    ])
      expect(notes).toContain(part)
  })
  test('a table of means says that its cells stand behind the means, and is found by them', async () => {
    const means = await table1Of([owl, fox])
    const notes = means.notes.join('\n')
    expect(notes).not.toContain('row by row')
    expect(notes).toContain('Cells behind the means, image by image: ')
    const pictures = new Map<string, string>()
    const written = [
      latexOf(means, { fragment: true, pictures }),
      htmlOf(means, { pictures, sha256 }),
      markdownOf(means, { pictures }),
    ]
    for (const text of [notes, ...written])
      expect(readFootnoteIds(text)).toEqual(means.trace.map(({ cellId }) => cellId.slice(0, 8)))
  })
  test('a column names the captioner as soon as there are two', () => {
    const two = table3(
      [imageOf('a', [selectedCell('empty'), selectedCell('empty', { captionerId: 'another' })])],
      noMarks,
      OPTIONS,
    )
    expect(two.columns.map(({ label }) => label)).toContain('Captioner')
    expect(doc.columns.map(({ label }) => label)).not.toContain('Captioner')
  })
  test('captioners are called by their names, in rows and notes; one that is gone by its id', async () => {
    const cells = [
      selectedCell('empty', { score: scored(20, 'builtin') }),
      selectedCell('empty', { captionerId: 'gone' }),
    ]
    const images = [imageOf('a', cells)]
    for (const one of [await table1Of(images), table3(images, noMarks, OPTIONS)]) {
      const said = JSON.stringify(one.groups)
      expect(said).toContain('"Realign built-in"')
      expect(said).toContain('"gone"')
      expect(said).not.toContain('"builtin"')
      expect(one.notes.join('\n')).toMatch(/Captioner: Realign built-in \(builtin\) .*, gone /)
      expect(one.notes.join('\n')).toContain('Scorer: Realign built-in (builtin) (sha256')
    }
  })
  test('column shares are the whole width', async () => {
    for (const one of [doc, await table1Of([owl])])
      expect(one.columns.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9)
  })
})

describe('rows of data', () => {
  test('long rows have the columns of the results format, in order', () => {
    const [row] = longRows(owl, noMarks, { baseline: 'empty', own: '', read: captionReader() })
    expect(row?.length).toBe(LONG_COLUMNS.length)
    expect(LONG_COLUMNS.slice(0, 14).map(({ name }) => name)).toEqual(
      (
        'image image_sha256 alt_kind alt_text model model_sha256 seed temperature top_p caption ' +
        'n_tokens clip_score clip_model created_at'
      ).split(' '),
    )
    expect(row?.slice(0, 4)).toEqual(['owl.png', sha256('owl.png'), 'empty', ''])
  })
  test('wide rows leave what an image lacks empty, and count repeated kinds', () => {
    const twice = imageOf('twice', [selectedCell('free'), selectedCell('free')])
    const plan = planWide(() => [owl, twice])
    expect(plan.keys).toEqual(['empty', 'class_name', 'wrong', 'free', 'free_2'])
    const columns = wideColumns(plan.keys).map(({ name }) => name)
    const row = wideRow(twice, plan)
    expect(row.length).toBe(columns.length)
    expect(row[columns.indexOf('wrong_caption')]).toBeNull()
    expect(row[columns.indexOf('free_2_caption')]).toBe('a caption under free')
  })
})
