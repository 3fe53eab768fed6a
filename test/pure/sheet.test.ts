/** The Compare table as plain functions: folding, columns, baselines, differing phrases, the planned alt-texts. */
import { describe, expect, test } from 'vitest'
import { baselineCell, effectiveBaseline, scoreRange } from '../../src/renderer/sheet/baseline.ts'
import { differingPhrases } from '../../src/renderer/sheet/differing-phrases.ts'
import {
  conditionOf,
  drawWrong,
  fillOffers,
  planConditions,
} from '../../src/renderer/sheet/plan-conditions.ts'
import { ruleWords, unseenWords } from '../../src/renderer/sheet/seen-as.ts'
import { saidWithout } from '../../src/renderer/sheet/said-without.ts'
import {
  columnKey,
  describeColumn,
  missingIn,
  rowKey,
  rowOf,
  selectable,
  toSheet,
} from '../../src/renderer/sheet/sheet-model.ts'
import type { Cell, ImageCard, ImageDetail } from '../../src/shared/types.ts'

const settings = {
  ...{ greedy: false, temperature: 0.2, topK: 50, topP: 0.7 },
  ...{ resize: 'squash' as const, variant: 'fp32' },
}

function cell(id: string, change: Partial<Cell> & { readonly greedy?: boolean } = {}): Cell {
  const { greedy = false, ...rest } = change
  return {
    ...{ id, runId: 'r', imageId: 'i', altKind: 'free', altText: 'a', captionerId: 'c', seed: 7 },
    ...{ caption: `caption ${id}`, tokenCount: 1, logProb: -1, score: null, createdAt: '' },
    provenance: { settings: { ...settings, greedy } } as Cell['provenance'],
    ...rest,
  }
}

describe('the table', () => {
  test('equal captions of one place fold, different ones stay apart', () => {
    const cells = [
      cell('1', { caption: 'x' }),
      cell('2', { caption: 'y' }),
      cell('3', { caption: 'x' }),
    ]
    const sheet = toSheet(cells, [])
    expect(sheet.rows[0]?.places[0]).toMatchObject({ samples: 3 })
    expect(sheet.rows[0]?.places[0]?.folds.map(({ id, count }) => [id, count])).toEqual([
      ['3', 2],
      ['2', 1],
    ])
    expect(selectable(sheet)).toEqual(['3', '2'])
  })

  test('a branch stands below the caption that it leaves and counts as no sample', () => {
    const leaving = (of: string, token: number) => ({
      provenance: {
        settings,
        branch: {
          ...{ of, token, start: 0, end: 1 },
          ...{ forced: { id: 1, text: 'x' }, instead: { id: 2, text: 'y' } },
        },
      } as Cell['provenance'],
    })
    const cells = [
      cell('1', { caption: 'x' }),
      cell('2', { caption: 'y' }),
      cell('3', { caption: 'x', ...leaving('1', 0) }),
      cell('4', leaving('3', 2)),
      cell('5', leaving('gone', 2)),
      cell('6', leaving('2', 1)),
      cell('7', { caption: 'x' }),
    ]
    const [place] = toSheet(cells, []).rows[0]?.places ?? []
    expect(place?.folds.map(({ id }) => id)).toEqual(['7', '3', '4', '2', '6', '5'])
    expect(place?.folds[0]).toMatchObject({ count: 2, branch: null })
    expect(place?.folds[1]?.branch).toMatchObject({ of: '1', token: 0 })
    expect(place?.samples).toBe(3)
  })

  test('other settings and other captioners are columns, an empty place stays empty', () => {
    const sheet = toSheet([cell('1'), cell('2', { greedy: true, altText: 'b' })], [])
    expect(sheet.columns).toHaveLength(2)
    expect(
      sheet.rows.map((row) => row.places.map((place) => place.folds.map(({ id }) => id))),
    ).toEqual([
      [['1'], []],
      [[], ['2']],
    ])
  })

  test('a column is told by what its neighbours do not share', () => {
    const { columns } = toSheet([cell('1'), cell('2', { captionerId: 'd' })], [])
    expect(columns.map((column) => describeColumn(column, columns))).toEqual(['', ''])
    const drawn = toSheet([cell('1'), cell('2', { greedy: true })], []).columns
    expect(drawn.map((column) => describeColumn(column, drawn))).toEqual([
      'T 0.2, top-p 0.7, top-k 50',
      'greedy',
    ])
    expect(drawn.map((column) => describeColumn(column))[1]).toBe('greedy, squashed')
  })

  test('whoever wrote elsewhere has one column, told by name alone, and tells nothing of its neighbours', () => {
    const { columns } = toSheet(
      [
        cell('1', { altKind: 'empty', altText: '' }),
        cell('2', { altKind: 'empty', altText: '', captionerId: 'elsewhere:c' }),
        cell('3', { altKind: 'empty', altText: '', captionerId: 'elsewhere:c', greedy: true }),
        cell('4', { altKind: 'empty', altText: '', captionerId: 'elsewhere:d' }),
      ],
      [],
    )
    expect(columns.map(({ captionerId }) => captionerId)).toEqual([
      ...['c', 'elsewhere:c', 'elsewhere:d'],
    ])
    expect(columns.map((column) => describeColumn(column, columns))).toEqual(['', '', ''])
    expect(describeColumn(columns[1]!)).toBe('')
  })

  test('of an endpoint only the settings that it is told make a column, or tell one from another', () => {
    const by = (change: Partial<typeof settings>) => ({
      captionerId: 'endpoint:e',
      provenance: { settings: { ...settings, ...change } } as Cell['provenance'],
    })
    const { columns } = toSheet(
      [
        cell('1'),
        cell('2', by({})),
        cell('3', by({ topK: 5 })),
        cell('4', by({ variant: 'int8' })),
        cell('5', by({ topP: 0.9 })),
      ],
      [],
    )
    expect(columns).toHaveLength(3)
    const [ours, one, other] = columns
    expect(describeColumn(one!)).toBe('T 0.2, top-p 0.7')
    expect([ours!, one!].map((column) => describeColumn(column, [ours!, one!]))).toEqual(['', ''])
    expect([one!, other!].map((column) => describeColumn(column, columns))).toEqual([
      'T 0.2, top-p 0.7',
      'T 0.2, top-p 0.9',
    ])
  })

  test('what they wrote under a text of no stated kind stands in our row of that text', () => {
    const theirs = { captionerId: 'elsewhere:c' }
    const sheet = toSheet(
      [
        cell('1', { ...theirs, altText: 'teapot' }),
        cell('2', { ...theirs, altText: 'owl' }),
        cell('3', { altKind: 'wrong', altText: 'teapot' }),
        cell('4', { altKind: 'free', altText: 'owl' }),
        cell('5', { ...theirs, altKind: 'far', altText: 'teapot' }),
      ],
      [],
    )
    const shown = sheet.rows.map(({ altKind, places }) => [
      altKind,
      ...places.map(({ folds }) => folds.map(({ id }) => id).join()),
    ])
    expect(shown).toEqual([
      ['far', '5', ''],
      ['wrong', '1', '3'],
      ['free', '2', '4'],
    ])
    const moved = cell('1', { ...theirs, altText: 'teapot' })
    expect(rowOf(sheet, moved)).toMatchObject({ key: 'wrong teapot', altKind: 'wrong' })
    expect(rowOf(sheet, cell('9'))).toEqual({ key: 'free a', altKind: 'free' })
  })

  test('what a column lacks are the rows without a caption in it, all of them where it is not there', () => {
    const sheet = toSheet([cell('1'), cell('2', { greedy: true, altText: 'b' })], [])
    const key = (greedy: boolean, captionerId = 'c') =>
      columnKey({ captionerId, settings: { ...settings, greedy } })
    const [a, b] = ['a', 'b'].map((text) => ({ altKind: 'free', text }))
    expect(missingIn(sheet, key(false))).toEqual([b])
    expect(missingIn(sheet, key(true))).toEqual([a])
    expect(missingIn(sheet, key(true), 'free b')).toEqual([])
    expect(missingIn(sheet, key(true, 'another'))).toEqual([a, b])
  })

  test('the baseline is the empty alt-text until another one is pinned', () => {
    const empty = cell('1', { altKind: 'empty', altText: '' })
    const sheet = toSheet([empty, cell('2'), cell('3', { altText: 'b' })], [])
    const base = effectiveBaseline(sheet, null)
    expect(base).toEqual({ kind: 'row', key: rowKey(empty) })
    const column = sheet.columns[0]?.key ?? ''
    expect(baselineCell(sheet, base, { row: rowKey(empty), column })).toBeNull()
    expect(baselineCell(sheet, base, { row: rowKey(cell('2')), column })).toBe(empty)
    const gone = { kind: 'row', key: 'no such row' } as const
    expect(effectiveBaseline(sheet, gone)).toEqual(base)
  })

  test('the scale holds every score with room at both ends', () => {
    const scored = (clip: number) => cell(String(clip), { score: { clip } as Cell['score'] })
    const [low, high] = scoreRange([scored(20), scored(40), cell('none')])
    expect([low, high]).toEqual([18, 42])
    expect(scoreRange([scored(30)])).toEqual([28, 32])
  })
})

describe('differing phrases', () => {
  const pairs = [
    ['A drawing of an owl on a branch.', 'A drawing of a great gray owl, Strix nebulosa.'],
    ['', 'anything at all'],
    ['same', 'same'],
    ['a  b\nc', ' a b c '],
    ['大灰 owl', 'owl 大灰猫头鹰 🦉'],
  ] as const

  test.each(pairs)('%j against %j joins back to the caption', (baseline, caption) => {
    const parts = differingPhrases(baseline, caption)
    expect(parts.map(({ text }) => text).join('')).toBe(caption)
  })

  test('a name is one phrase, without the punctuation around it', () => {
    const parts = differingPhrases(
      'A drawing of an owl, perched.',
      'A drawing of a snowy owl, asleep.',
    )
    expect(parts.filter(({ differs }) => differs).map(({ text }) => text)).toEqual([
      'a snowy',
      'asleep',
    ])
  })
})

describe('planned alt-texts', () => {
  const image = { id: 'one', className: 'owl', altTexts: [] } as unknown as ImageDetail
  const others = ['owl', 'crab', 'fern'].map((className) => ({ className }) as ImageCard)

  test('empty, class name and a wrong one that is always the same', () => {
    const plan = planConditions(image, others, 7)
    expect(plan.map(({ altKind }) => altKind)).toEqual(['empty', 'class-name', 'wrong'])
    expect(['crab', 'fern']).toContain(plan[2]?.text)
    expect(planConditions(image, others, 7)).toEqual(plan)
  })

  test('an own alt-text is asked as well; a text that was cleared is not offered', () => {
    const altTexts = [
      { kind: 'own', text: 'an owl at night', source: '' },
      { kind: 'wrong', text: '', source: '' },
      { kind: 'general', text: 'a bird', source: '' },
    ]
    const known = { ...image, altTexts } as ImageDetail
    const kinds = (all: readonly { readonly altKind: string }[]) => all.map((one) => one.altKind)
    expect(kinds(planConditions(known, [], 7))).toEqual(['empty', 'own', 'class-name'])
    expect(kinds(fillOffers(known, [], 7))).toEqual(['empty', 'own', 'class-name', 'general'])
  })

  test('a wrong text that the image has comes before a drawn one; without others there is none', () => {
    const known = { ...image, altTexts: [{ kind: 'wrong', text: 'a dog', source: '' }] }
    expect(drawWrong(known as ImageDetail, others, 7)).toBe('a dog')
    expect(drawWrong(image, [], 7)).toBeNull()
  })

  test('a typed text is of the kind it equals, else free; nothing typed is empty', () => {
    const plan = planConditions(image, others, 7)
    expect(conditionOf('owl', plan).altKind).toBe('class-name')
    expect(conditionOf('an owl', plan).altKind).toBe('free')
    expect(conditionOf('', plan).altKind).toBe('empty')
  })
})

describe('what the model saw of an image', () => {
  test.each([
    ['centre-crop', 500, 375, 'Not seen: 13 % at the left, 13 % at the right'],
    ['centre-crop', 300, 600, 'Not seen: 25 % at the top, 25 % at the bottom'],
    ['centre-crop', 501, 500, ''],
    ['squash', 500, 375, ''],
    [undefined, 500, 375, ''],
  ])('%s of %d x %d: %s', (rule, width, height, words) => {
    expect(unseenWords(rule, width, height)).toBe(words)
  })

  test('rules have words; one of a later version stands as it is', () => {
    const words = (rule?: string) => ruleWords(rule, 500, 375)
    expect([words('squash'), words('pad'), words()]).toEqual(['squashed', 'pad', ''])
  })

  test('a square is seen whole, cut or squashed', () => {
    expect(['squash', 'centre-crop'].map((rule) => ruleWords(rule, 768, 768))).toEqual([
      'whole',
      'whole',
    ])
  })
})

describe('whether a caption without alt-text says the same words', () => {
  const owl = { altKind: 'class-name', altText: 'great gray owl' } as const
  const sheet = toSheet(
    [
      cell('1', { altKind: 'empty', altText: '', caption: 'A Great Gray owl, seen from afar.' }),
      cell('2', { ...owl, caption: 'A great gray owl, Strix nebulosa.' }),
      cell('3', { ...owl, caption: 'A great gray owl.', greedy: true }),
    ],
    [],
  )

  test('whole words count, in any capitals', () => {
    expect(saidWithout(sheet, '2', 'great gray owl')).toBe(true)
    expect(saidWithout(sheet, '2', 'Strix nebulosa')).toBe(false)
    expect(saidWithout(sheet, '2', 'see')).toBe(false)
  })

  test('nothing is said of it where no caption without alt-text stands in the column', () => {
    expect(saidWithout(sheet, '3', 'great gray owl')).toBeNull()
    expect(saidWithout(sheet, '1', 'great gray owl')).toBeNull()
  })
})
