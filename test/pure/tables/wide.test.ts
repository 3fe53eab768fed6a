/** Data with a row an image, unfolded to a row a caption: which heads say what, and what cannot come back. */
import { expect, test } from 'vitest'
import { planWide, wideRow } from '../../../src/core/publish/rows.ts'
import { wideColumns } from '../../../src/core/publish/data-columns.ts'
import { unfolded, wideTable } from '../../../src/core/tables/wide-table.ts'
import { cellOf, imageOf, selectedCell } from '../publish/selected.ts'
import type { SelectedCell } from '../../../src/core/publish/selection.ts'

function unfold(columns: readonly string[], rows: readonly (readonly string[])[]) {
  const wide = wideTable(columns)
  if (!wide) return null
  const lines = rows.map((fields, index) => ({ line: index + 2, fields }))
  const work = unfolded({ columns, rows: lines, faults: [] }, wide)
  let step = work.next()
  while (!step.done) step = work.next()
  return step.value
}

/** As it is exported. */
function exported(cells: readonly SelectedCell[]) {
  const image = imageOf('a.png', cells)
  const plan = planWide(() => [image])
  const columns = wideColumns(plan.keys).map(({ name }) => name)
  return unfold(columns, [wideRow(image, plan).map((value) => String(value ?? ''))])
}

const by = (captionerId: string, caption: string): SelectedCell => ({
  altKind: 'class-name',
  cell: cellOf(caption, { captionerId, altText: 'owl' }),
})

test('captioners whose names end as a count does are told apart from a second caption', () => {
  const found = exported([
    by('elsewhere:GPT', 'one'),
    by('elsewhere:GPT', 'two'),
    by('elsewhere:GPT_2', 'three'),
    by('elsewhere:a@b_caption', 'four'),
  ])
  const at = (name: string) => found?.columns.indexOf(name) ?? -1
  expect(found?.rows.map(({ fields }) => [fields[at('model')], fields[at('caption')]])).toEqual([
    ['elsewhere:GPT', 'one'],
    ['elsewhere:GPT', 'two'],
    ['elsewhere:GPT_2', 'three'],
    ['elsewhere:a@b_caption', 'four'],
  ])
  expect(found?.rows.every(({ fields }) => fields[at('alt_kind')] === 'class-name')).toBe(true)
})

test('one captioner of ours is named nowhere, so that a person can say who it was', () => {
  const found = exported([selectedCell('empty', { caption: 'one' }), selectedCell('free')])
  expect(found?.columns).not.toContain('model')
  expect(found?.rows).toHaveLength(2)
})

test('a branch is not read, and its row says why', () => {
  const one = selectedCell('free', { caption: 'forced' })
  const forced = { id: 1, text: 'x' }
  const branch = { of: one.cell.id, token: 1, start: 0, end: 1, forced, instead: forced }
  const cell = { ...one.cell, provenance: { ...one.cell.provenance, branch } }
  const found = exported([selectedCell('free', { caption: 'free' }), { ...one, cell }])
  expect(found?.rows).toHaveLength(1)
  expect(found?.faults).toEqual([{ line: 2, message: expect.stringContaining('branch') }])
})

test('an image without a caption keeps its class name', () => {
  const columns = [
    ...['image', 'image_sha256', 'class_name'],
    ...['empty_alt_text', 'empty_caption', 'empty_clip_score', 'empty_cell_id'],
  ]
  const found = unfold(columns, [['a.png', 'aa', 'owl', '', '', '', '']])
  expect(found?.rows).toEqual([{ line: 2, fields: ['a.png', 'aa', 'owl', '', '', '', ''] }])
})

test.each([
  ['long data', ['image', 'image_sha256', 'class_name', 'alt_text', 'caption', 'model']],
  [
    'a kind that is none of ours',
    ['image', 'image_sha256', 'class_name', 'my_alt_text', 'my_caption', 'my_cell_id'],
  ],
  ['a caption of its own', ['image', 'image_sha256', 'class_name', 'empty_caption']],
])('%s is not unfolded', (_what, columns) => {
  expect(wideTable(columns)).toBeNull()
})
