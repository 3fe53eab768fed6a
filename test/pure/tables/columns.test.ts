/** Which column is what: guessed by its name, overruled by a person, never guessed twice. */
import { describe, expect, test } from 'vitest'
import { chooseColumns, guessColumns } from '../../../src/core/tables/guess-columns.ts'

const none = {
  ...{ image: null, altText: null, className: null, group: null },
  ...{ caption: null, captioner: null },
}

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
    expect(guessColumns(columns)).toEqual({ ...none, image, altText, className, group })
  })

  test('two columns that read the same are left to the person', () => {
    expect(guessColumns(['alt', 'Alt', 'image'])).toEqual({ ...none, image: 'image' })
  })

  test('names of prototypes are names', () => {
    expect(guessColumns(['__proto__', 'constructor', 'toString'])).toEqual(none)
  })
})

describe('captions that somebody wrote', () => {
  test.each([
    [['image', 'caption', 'captioner'], 'caption', 'captioner'],
    [['image', 'system', 'altText', 'caption'], 'caption', 'system'],
    [['image', 'alt_kind', 'alt_text', 'model', 'model_sha256', 'caption'], 'caption', 'model'],
    [
      ['image', 'alt_text', 'caption', 'provenance.captionerId'],
      'caption',
      'provenance.captionerId',
    ],
    [['file_name', 'Model Name', 'Generated Text', 'label'], 'Generated Text', 'Model Name'],
    [['file', 'prediction', 'annotator'], 'prediction', 'annotator'],
  ])('%j: %s by %s', (columns, caption, captioner) => {
    expect(guessColumns(columns)).toMatchObject({ caption, captioner })
  })

  test('a caption by nobody is left alone, for many call the alt-text so', () => {
    expect(guessColumns(['image', 'caption'])).toEqual({ ...none, image: 'image' })
    expect(chooseColumns(['image', 'model'], {})).toEqual({ ...none, image: 'image' })
  })

  test('whom the person names goes before what a column says, unless it is chosen', () => {
    const columns = ['image', 'caption', 'model']
    const by = (chosen: Parameters<typeof chooseColumns>[1]) =>
      chooseColumns(columns, chosen, { captionsBy: 'GPT-4o' })
    expect(by({})).toMatchObject({ caption: 'caption', captioner: null })
    expect(by({ captioner: 'model' })).toMatchObject({ caption: 'caption', captioner: 'model' })
    expect(by({ caption: null })).toMatchObject({ caption: null, captioner: null })
  })

  test('a chosen caption brings its captioner; a captioner by no column leaves the caption', () => {
    const columns = ['image', 'words', 'caption', 'model']
    expect(chooseColumns(columns, { caption: 'words' })).toMatchObject({
      ...{ caption: 'words', captioner: 'model' },
    })
    expect(chooseColumns(columns, { captioner: null })).toMatchObject({
      ...{ caption: 'caption', captioner: null },
    })
    expect(chooseColumns(columns, { group: 'model' })).toMatchObject({ captioner: null })
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
