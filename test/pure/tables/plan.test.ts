/** Rows to images: found by hash, path or file name; what is not used is told with its line and reason. */
import { describe, expect, test } from 'vitest'
import { createImageFinder, type KnownImage } from '../../../src/core/tables/find-image.ts'
import { guessColumns } from '../../../src/core/tables/guess-columns.ts'
import { planTable, type TablePlan } from '../../../src/core/tables/plan-table.ts'

const id = (sign: string): string => sign.repeat(64)
const image = (sign: string, name: string, path: string | null = null): KnownImage => ({
  ...{ id: id(sign), name, path },
})

function plan(
  images: readonly KnownImage[],
  rows: readonly (readonly string[])[],
  folder: string | null = null,
): TablePlan {
  const finder = createImageFinder(folder)
  for (const one of images) finder.add(one)
  const columns = ['image', 'alt', 'class', 'group']
  const lines = rows.map((fields, index) => ({ line: index + 2, fields }))
  const steps = planTable({ columns, rows: lines, faults: [] }, guessColumns(columns), finder)
  let step = steps.next()
  while (!step.done) step = steps.next()
  return step.value
}

/** The image that one row means, as its sign, or why it means none. */
function meant(named: string, images: readonly KnownImage[], folder: string | null = null): string {
  const { gifts, unused } = plan(images, [[named, 'words']], folder)
  return gifts[0]?.imageId[0] ?? unused[0]?.reason ?? ''
}

describe('an image is found', () => {
  const owls = [
    image('a', 'cats/01.jpg', '/data/set/cats/01.jpg'),
    image('b', 'dogs/01.jpg', '/data/set/dogs/01.jpg'),
    image('c', 'owl.jpg', '/elsewhere/owl.jpg'),
  ]
  test.each([
    ['by content hash', id('b').toUpperCase().replaceAll('B', 'b'), 'b'],
    ['by path below the folder of the table', 'cats/01.jpg', 'a'],
    ['by a path with dots', './dogs/../cats/./01.jpg', 'a'],
    ['by a path with backslashes', 'dogs\\01.jpg', 'b'],
    ['by its whole path', '/data/set/dogs/01.jpg', 'b'],
    ['by file name', 'owl.jpg', 'c'],
    ['by the file name of another path', 'images/owl.jpg', 'c'],
  ])('%s', (_, named, sign) => {
    expect(meant(named, owls, '/data/set')).toBe(sign)
  })

  test('a hash is a hash in capitals too', () => {
    expect(meant('AB'.repeat(32), [{ id: 'ab'.repeat(32), name: 'x', path: null }])).toBe('a')
  })
  test('accents written in two ways are the same name', () => {
    expect(meant('caf\u00e9.jpg', [image('a', 'cafe\u0301.jpg')])).toBe('a')
  })
  test('beside the table before elsewhere', () => {
    const two = [image('a', 'owl.jpg', '/set/owl.jpg'), image('b', 'owl.jpg', '/other/owl.jpg')]
    expect(meant('owl.jpg', two, '/set')).toBe('a')
  })
  test('in the folder that was dropped with the table', () => {
    const two = [image('a', 'photos/owl.jpg'), image('b', 'owl.jpg')]
    expect(meant('owl.jpg', two, 'photos')).toBe('a')
  })
  test('under another name of the same file', () => {
    const finder = createImageFinder(null)
    finder.add(image('a', 'one.jpg'))
    finder.addName('copy.jpg', id('a'))
    expect(finder.find('copy.jpg')).toEqual({ imageId: id('a') })
  })
})

describe('no image is guessed', () => {
  const twins = [image('a', 'x/01.jpg'), image('b', 'y/01.jpg'), image('c', 'z/y/01.jpg')]
  test.each([
    ['01.jpg', '3 images have this file name; name the one that is meant by its content hash'],
    ['y/01.jpg', '2 images have this path; name the one that is meant by its content hash'],
    ['nope.jpg', 'no image of the workspace has this name'],
    [id('f'), 'no image of the workspace has this content'],
    [
      '../nope.jpg',
      'no image of the workspace has this name, and its path leads out of the folder of the table',
    ],
    ['', 'it names no image'],
    ['__proto__', 'no image of the workspace has this name'],
  ])('%j: %s', (named, reason) => {
    expect(meant(named, twins)).toBe(reason)
  })
  test.each([
    'https://x.example/01.jpg',
    'HTTP://x/y',
    'data:image/png;base64,AA',
    's3://b/01.jpg',
  ])('the address %s is to be downloaded first', (named) => {
    expect(meant(named, twins)).toBe(
      'it is an address: download the image first, then name its file here',
    )
  })
  test('by a file name that the table itself gives to several paths', () => {
    const { gifts, unused } = plan(
      [image('a', '01.jpg')],
      [
        ['cats/01.jpg', 'a cat'],
        ['dogs/01.jpg', 'a dog'],
      ],
    )
    expect(gifts).toEqual([])
    expect(unused.map(({ line }) => line)).toEqual([2, 3])
  })
})

describe('rows', () => {
  const images = [image('a', 'a.jpg'), image('b', 'b.jpg')]

  test('words are kept as they are, empty fields set nothing', () => {
    const { gifts, blank, unused } = plan(images, [
      ['a.jpg', '  two  spaces ', '', ' birds '],
      ['b.jpg', '', ' ', ''],
      ['', '', '', ''],
    ])
    expect(gifts).toEqual([
      {
        ...{ imageId: id('a'), altText: '  two  spaces ', className: null, group: 'birds' },
        lines: { altText: 2, group: 2 },
      },
    ])
    expect([blank, unused]).toEqual([2, []])
  })

  test('the same words again are fine, other words are not used', () => {
    const { gifts, unused } = plan(images, [
      ['a.jpg', 'an owl'],
      ['a.jpg', 'an owl', 'owl'],
      ['./a.jpg', 'a cat', 'owl'],
      ['a.jpg', '', 'cat'],
    ])
    expect(gifts).toMatchObject([{ altText: 'an owl', className: 'owl' }])
    expect(unused).toEqual([
      { line: 4, image: './a.jpg', reason: 'line 2 gives the same image another alt-text' },
      { line: 5, image: 'a.jpg', reason: 'line 3 gives the same image another class name' },
    ])
  })

  test.each([
    [
      'alt-text',
      ['a.jpg', 'x'.repeat(8193)],
      'its alt-text has 8193 characters; at most 8192 are kept',
    ],
    [
      'class name',
      ['a.jpg', '', 'x'.repeat(1001)],
      'its class name has 1001 characters; at most 1000 are kept',
    ],
    [
      'group',
      ['a.jpg', '', '', 'x'.repeat(201)],
      'its group has 201 characters; at most 200 are kept',
    ],
    ['path', ['x'.repeat(4097), 'y'], 'its path has 4097 characters; at most 4096 are kept'],
  ])('a %s over the limit is not used', (_, fields, reason) => {
    const { gifts, unused } = plan(images, [fields, ['b.jpg', 'x'.repeat(8192)]])
    expect(gifts).toMatchObject([{ imageId: id('b') }])
    expect(unused).toMatchObject([{ line: 2, reason }])
  })

  test('only the own alt-text of an export of ours is taken for the own one', () => {
    const columns = ['image', 'alt_kind', 'alt_text']
    const finder = createImageFinder(null)
    for (const one of images) finder.add(one)
    const rows = [
      { line: 2, fields: ['a.jpg', 'wrong', 'a teapot'] },
      { line: 3, fields: ['a.jpg', 'own', 'an owl'] },
    ]
    const steps = planTable({ columns, rows, faults: [] }, guessColumns(columns), finder)
    let step = steps.next()
    while (!step.done) step = steps.next()
    expect(step.value.gifts).toMatchObject([{ altText: 'an owl' }])
    expect(step.value.unused).toMatchObject([
      { line: 2, reason: 'its alt-text is of the kind "wrong", not the image\'s own' },
    ])
  })

  test('a list in place of a text is not used; elsewhere it does no harm', () => {
    const columns = ['image', 'alt', 'boxes']
    const finder = createImageFinder(null)
    for (const one of images) finder.add(one)
    const rows = [
      { line: 1, fields: ['a.jpg', '', ''], noText: [1] },
      { line: 2, fields: ['b.jpg', 'words', ''], noText: [2] },
    ]
    const steps = planTable({ columns, rows, faults: [] }, guessColumns(columns), finder)
    let step = steps.next()
    while (!step.done) step = steps.next()
    expect(step.value.gifts).toMatchObject([{ imageId: id('b') }])
    expect(step.value.unused).toMatchObject([
      { line: 1, reason: 'its alt-text is a list, not a text' },
    ])
  })
})
