/** Rows with captions made elsewhere: whose they are, under which alt-text, and which row counts. */
import { describe, expect, test } from 'vitest'
import { createImageFinder } from '../../../src/core/tables/find-image.ts'
import { chooseColumns } from '../../../src/core/tables/guess-columns.ts'
import { givenKind, sameCaption } from '../../../src/core/tables/keep-captions.ts'
import { planTable, type CaptionRules } from '../../../src/core/tables/plan-table.ts'
import {
  byWhom,
  captionerLabel,
  elsewhereId,
  isElsewhere,
  writerOf,
} from '../../../src/shared/elsewhere.ts'
import type { Cell } from '../../../src/shared/types.ts'

const id = (sign: string): string => sign.repeat(64)

function plan(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  rules: CaptionRules & { readonly chosen?: Parameters<typeof chooseColumns>[1] } = {},
) {
  const finder = createImageFinder(null)
  for (const sign of ['a', 'b']) finder.add({ id: id(sign), name: `${sign}.jpg`, path: null })
  const lines = rows.map((fields, index) => ({ line: index + 2, fields }))
  const mapping = chooseColumns(columns, rules.chosen ?? {}, {
    ...(rules.captionsBy !== undefined && { captionsBy: rules.captionsBy }),
  })
  const steps = planTable({ columns, rows: lines, faults: [] }, mapping, finder, rules)
  let step = steps.next()
  while (!step.done) step = steps.next()
  return step.value
}

const COLUMNS = ['image', 'captioner', 'alt_text', 'caption']

describe('who wrote it', () => {
  test.each([
    ...['builtin', 'elsewhere:builtin', ' builtin\n', 'elsewhere: elsewhere:builtin'],
    '\u202ebuiltin\u2066',
  ])('a table that says %j names nobody here', (name) => {
    const { captions } = plan(COLUMNS, [['a.jpg', name, '', 'an owl']])
    expect(captions).toMatchObject([{ captionerId: 'elsewhere:builtin' }])
  })

  test('an id of theirs is no id of a bundle, and a reader sees the difference', () => {
    const named = elsewhereId('GPT-4o') ?? ''
    expect([isElsewhere(named), isElsewhere('builtin')]).toEqual([true, false])
    expect(named).not.toMatch(/^[a-z0-9][a-z0-9.-]{0,63}$/) // the rule of manifests
    expect([writerOf(named), captionerLabel(named)]).toEqual(['GPT-4o', 'GPT-4o (elsewhere)'])
    expect([writerOf('builtin'), captionerLabel('builtin')]).toEqual(['builtin', 'builtin'])
  })

  test.each(['', ' \n ', 'elsewhere:', '\u0000\u0007', '\u202e'])('%j names nobody', (name) => {
    expect(elsewhereId(name)).toBe(null)
  })

  test.each([
    [[], ''],
    [['a'], ' by a'],
    [['a', 'b', 'c'], ' by a, b and c'],
    [['a', 'b', 'c', 'd'], ' by a, b, c and others'],
  ])('%j are named as%j', (writers, said) => {
    expect(byWhom(writers)).toBe(said)
  })

  test('the person names who wrote rows that do not say it', () => {
    const rows = [
      ['a.jpg', 'BLIP-2', '', 'an owl'],
      ['b.jpg', '', '', 'a cat'],
    ]
    const of = (rules: CaptionRules) =>
      plan(COLUMNS, rows, { chosen: { captioner: 'captioner' }, ...rules })
    expect(of({}).unused).toEqual([
      { line: 3, image: 'b.jpg', reason: 'it does not say who wrote its caption' },
    ])
    expect(of({ captionsBy: 'people' }).captions).toMatchObject([
      { captionerId: 'elsewhere:BLIP-2' },
      { captionerId: 'elsewhere:people' },
    ])
  })
})

describe('under which alt-text', () => {
  test('beside a caption the alt-text is what its captioner was given, not the own one', () => {
    const { gifts, captions } = plan(
      [...COLUMNS, 'class'],
      [
        ['a.jpg', 'GPT-4o', 'a teapot', 'an owl', 'owl'],
        ['a.jpg', 'GPT-4o', '', 'a bird', 'owl'],
      ],
    )
    expect(gifts).toMatchObject([{ imageId: id('a'), altText: null, className: 'owl' }])
    expect(captions).toMatchObject([
      { altText: 'a teapot', text: 'an owl', line: 2, notes: [] },
      { altText: '', text: 'a bird', line: 3 },
    ])
  })

  test('a table that says none is read as without alt-text, and that is noted', () => {
    const { captions } = plan(['image', 'caption'], [['a.jpg', ' an owl\n']], {
      captionsBy: 'people',
    })
    expect(captions).toMatchObject([
      { altText: '', text: 'an owl', notes: ['the table does not say which alt-text was given'] },
    ])
  })

  test('a kind that the table says is kept where it is one of ours and can be', () => {
    const { captions } = plan(
      ['image', 'alt_kind', 'alt_text', 'model', 'caption'],
      [
        ['a.jpg', 'wrong', 'a teapot', 'm', '1'],
        ['a.jpg', 'sorcery', 'a cat', 'm', '2'],
        ['a.jpg', 'empty', 'a dog', 'm', '3'],
        ['a.jpg', 'empty', '', 'm', '4'],
        ['a.jpg', 'noise', '  ', 'm', '5'],
      ],
    )
    expect(captions.map(({ altKind, altText }) => [altKind, altText])).toEqual([
      ['wrong', 'a teapot'],
      [null, 'a cat'],
      [null, 'a dog'],
      ['empty', ''],
      ['noise', '  '],
    ])
  })

  const cell = (altKind: Cell['altKind'], altText: string, more: Partial<Cell> = {}) =>
    ({ altKind, altText, ...more }) as Cell
  const known = {
    detail: {
      className: 'snowy owl',
      altTexts: [
        { kind: 'own' as const, text: 'my owl', source: '' },
        { kind: 'class-name' as const, text: 'owl', source: '' },
      ],
    },
    cells: [cell('wrong', 'a teapot')],
  }
  test.each([
    ['', null, 'empty'],
    ['my owl', null, 'own'],
    ['owl', null, 'class-name'],
    ['snowy owl', null, 'class-name'],
    ['a teapot', null, 'wrong'],
    ['My owl', null, 'free'],
    ['my owl', 'hypernym', 'hypernym'],
  ] as const)('%j, said to be %s, is %s', (altText, altKind, kind) => {
    expect(givenKind({ altText, altKind }, known)).toBe(kind)
  })

  test('what is said already is the same caption of the same captioner under the same alt-text', () => {
    const there = cell('empty', '', { captionerId: 'elsewhere:m', caption: 'an owl' })
    const said = { captionerId: 'elsewhere:m', altText: '', text: 'an owl' }
    const cells = [there]
    expect(sameCaption(said, { cells })).toBe(there)
    for (const other of [{ text: 'a cat' }, { altText: 'x' }, { captionerId: 'elsewhere:n' }])
      expect(sameCaption({ ...said, ...other }, { cells })).toBe(undefined)
  })
})

describe('which row counts', () => {
  test('one image may have several captioners, alt-texts, and captions by one of them; the same words count once', () => {
    const { captions, unused } = plan(COLUMNS, [
      ['a.jpg', 'GPT-4o', '', 'an owl'],
      ['a.jpg', 'BLIP-2', '', 'a cat'],
      ['a.jpg', 'GPT-4o', 'x', 'a dog'],
      ['a.jpg', 'GPT-4o', '', 'an owl '],
      ['./a.jpg', 'gpt-4o', '', 'a fox'],
      ['a.jpg', 'GPT-4o', '', 'an ox'],
    ])
    expect(captions.map(({ text }) => text)).toEqual(['an owl', 'a cat', 'a dog', 'a fox', 'an ox'])
    expect(unused).toEqual([])
  })

  test('a caption over the limit, a list and a row without one are told apart', () => {
    const { captions, blank, unused } = plan(COLUMNS, [
      ['a.jpg', 'm', '', 'x'.repeat(8192)],
      ['b.jpg', 'm', '', 'x'.repeat(8193)],
      ['b.jpg', 'm', 'an alt-text', ' '],
      ['b.jpg', 'y'.repeat(161), '', 'words'],
    ])
    expect([captions.length, blank]).toEqual([1, 1])
    expect(unused.map(({ line, reason }) => [line, reason])).toEqual([
      [3, 'its caption has 8193 characters; at most 8192 are kept'],
      [5, 'its captioner has 161 characters; at most 160 are kept'],
    ])
  })

  test('broken characters are replaced, and that is noted', () => {
    const { captions } = plan(COLUMNS, [['a.jpg', 'm\ud800', 'b\ud800', 'c\ud800']])
    expect(captions).toMatchObject([
      {
        ...{ captionerId: 'elsewhere:m\ufffd', altText: 'b\ufffd', text: 'c\ufffd' },
        notes: [
          expect.stringMatching(/^alt-text: broken/),
          expect.stringMatching(/^caption: broken/),
        ],
      },
    ])
  })

  test.each([
    ['an export', 'cell_id'],
    ['JSON lines', 'provenance.cellId'],
  ])('a cell of this workspace that comes back from %s is there', (_from, cellColumn) => {
    const { captions, there, unused, first } = plan(
      ['image', 'alt_text', 'model', 'caption', cellColumn],
      [
        ['a.jpg', '', 'builtin', 'an owl', '1'],
        ['a.jpg', '', 'builtin', 'a bird', '2'],
        ['a.jpg', '', 'builtin', 'of another workspace', '3'],
      ],
      { isHere: (_imageId, { cellId }) => cellId !== '3' },
    )
    expect([there, unused]).toEqual([2, []])
    expect(captions).toMatchObject([{ captionerId: 'elsewhere:builtin', line: 4 }])
    expect(first.map(({ state }) => state)).toEqual(['there', 'there', 'found'])
  })
})
