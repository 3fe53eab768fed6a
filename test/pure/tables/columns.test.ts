/** Which column is what: guessed by its name, overruled by a person, never guessed twice. */
import { describe, expect, test } from 'vitest'
import { chooseColumns, guessColumns } from '../../../src/core/tables/guess-columns.ts'

const none = { image: null, altText: null, className: null, group: null }

describe('guessing', () => {
  test.each([
    [
      ['img_path', 'alt', 'round3', 'source', 'url'],
      ['img_path', 'alt', null, 'source'],
    ],
    [
      ['file_name', 'text'],
      ['file_name', 'text', null, null],
    ],
    [
      ['Image Path', 'ALT-TEXT', 'Class_Name', 'Domain'],
      ['Image Path', 'ALT-TEXT', 'Class_Name', 'Domain'],
    ],
    [
      ['filename', 'label', 'tag'],
      ['filename', null, 'label', 'tag'],
    ],
    [
      ['image', 'image_sha256', 'alt_text', 'class_name'],
      ['image_sha256', 'alt_text', 'class_name', null],
    ],
    [
      ['URL', 'TEXT'],
      ['URL', 'TEXT', null, null],
    ],
    [
      ['name', 'class'],
      ['name', null, 'class', null],
    ],
    [
      ['caption', 'round3', 'width'],
      [null, null, null, null],
    ],
  ])('%j reads as %j', (columns, [image, altText, className, group]) => {
    expect(guessColumns(columns)).toEqual({ image, altText, className, group })
  })

  test('two columns that read the same are left to the person', () => {
    expect(guessColumns(['alt', 'Alt', 'image'])).toEqual({ ...none, image: 'image' })
  })

  test('names of prototypes are names', () => {
    expect(guessColumns(['__proto__', 'constructor', 'toString'])).toEqual(none)
  })
})

describe('choosing', () => {
  const columns = ['image', 'alt', 'caption', 'label']
  test('a choice overrules the guess, also by none, whatever its case', () => {
    expect(chooseColumns(columns, { altText: 'CAPTION', className: null })).toEqual({
      ...none,
      image: 'image',
      altText: 'caption',
    })
  })
  test('a column that is chosen for one thing is not guessed for another', () => {
    expect(chooseColumns(columns, { group: 'label' })).toMatchObject({
      className: null,
      group: 'label',
    })
  })
  test('a column that is not there is told with those that are', () => {
    expect(() => chooseColumns(columns, { image: 'file' })).toThrow(
      expect.objectContaining({ code: 'bad-input', hint: expect.stringContaining('"caption"') }),
    )
  })
  test('one column cannot be two things', () => {
    expect(() => chooseColumns(columns, { altText: 'label', className: 'label' })).toThrow(
      'One column is chosen for two things',
    )
  })
})
