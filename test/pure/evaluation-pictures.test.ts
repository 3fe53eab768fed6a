/** The phrases an evaluation looks for are the phrases the drawn and photographed captions use. */
import { describe, expect, test } from 'vitest'
import { judgeAttributes } from '../../src/core/evaluation/attributes.ts'
import { drawnPicture } from '../../src/core/evaluation/drawn-picture.ts'
import { readNames } from '../../src/core/evaluation/lexicon.ts'
import { familyRight, speciesRight } from '../../src/core/evaluation/judge.ts'
import { nameRemover } from '../../src/core/evaluation/names.ts'
import { photoPicture } from '../../src/core/evaluation/photo-picture.ts'
import type { PhotoTruth } from '../../src/core/evaluation/photo-truth.ts'
import { drawPicture, setMember } from '../../src/fieldguide/picture.ts'
import { PLATES } from '../../src/fieldguide/plates.ts'

const drawn = Array.from({ length: 120 }, (_, i) =>
  drawPicture(setMember('evaluation-test', i).seed, { size: 64, detail: 0.3 }),
).map(({ truth }) => drawnPicture(truth, PLATES))
const speciesNames = PLATES.flatMap(({ species }) =>
  species.flatMap(({ name, latin }) => (latin ? [name, latin] : [name])),
).filter((name) => name.includes(' '))
const withoutNames = nameRemover(speciesNames)

describe('a drawing', () => {
  test('every attribute is found right in its own caption', () => {
    for (const truth of drawn) {
      const verdicts = judgeAttributes(withoutNames(truth.caption), truth.attributes)
      expect(
        verdicts.filter(({ right }) => !right),
        truth.caption,
      ).toEqual([])
      expect(verdicts.length, truth.caption).toBe(truth.attributes.length)
    }
  })

  test('attributes are found wrong in the captions of others', () => {
    const wrong = new Map<string, number>()
    drawn.forEach((truth, i) => {
      const other = drawn[(i + 1) % drawn.length]?.caption ?? ''
      for (const { kind, right } of judgeAttributes(withoutNames(other), truth.attributes))
        if (!right) wrong.set(kind, (wrong.get(kind) ?? 0) + 1)
    })
    for (const kind of ['colour', 'background', 'position', 'size', 'count'])
      expect(wrong.get(kind), kind).toBeGreaterThan(10)
  })

  test('its own caption names its species and family', () => {
    for (const truth of drawn) {
      expect(speciesRight(truth, truth.caption)).toBe(true)
      expect(familyRight(truth, truth.caption)).toBe(true)
    }
  })
})

const sure = <W extends string>(word: W) => ({ word, sure: true })
const photo: PhotoTruth = {
  size: sure('small'),
  position: sure('in the lower left'),
  colour: sure('brown'),
  background: sure('grey'),
  medium: sure('colour'),
  focus: sure('sharp'),
  light: sure('ordinary'),
}
const CAPTION =
  'A photo of a goldfinch, Carduelis carduelis. The bird is small, brown and in the lower left, against a grey background.'
const facts = { id: 'p', names: ['goldfinch', 'Carduelis carduelis'], family: 'bird', truth: photo }

describe('a photograph', () => {
  const judge = (truth: PhotoTruth, caption: string) =>
    judgeAttributes(
      nameRemover(facts.names)(caption),
      photoPicture({ ...facts, truth }).attributes,
    ).map(({ kind, right }) => `${kind} ${right ? 'right' : 'wrong'}`)

  test('is captioned in the style of the training captions', () => {
    expect(photoPicture(facts).caption).toBe(CAPTION)
  })

  test('has every sure attribute found right in its own caption', () => {
    expect(judge(photo, CAPTION).sort()).toEqual([
      'background right',
      'colour right',
      'position right',
      'size right',
    ])
  })

  test('has each wrong word found', () => {
    const wrong = CAPTION.replace('small', 'large')
      .replace('brown', 'blue')
      .replace('lower', 'upper')
      .replace('grey', 'white')
    expect(judge(photo, wrong).every((verdict) => verdict.endsWith('wrong'))).toBe(true)
    expect(judge(photo, wrong)).toHaveLength(4)
  })

  test('is not judged by what was not measured surely', () => {
    const unsure = { ...photo, background: { word: 'grey', sure: false } as const }
    expect(judge(unsure, CAPTION.replace('grey', 'red'))).not.toContain('background wrong')
    expect(judge(unsure, CAPTION.replace('grey', 'red'))).toContain('colour right')
  })

  test('black and white is no pair of colours', () => {
    const verdicts = judge(photo, CAPTION.replace('A photo', 'A black and white photo'))
    expect(verdicts).toContain('colour right')
  })
})

test('names.json: families of a group are near, classes lead to their family', () => {
  const file = {
    families: {
      owl: { group: 'animal', classes: [], seen: [['barn owl', 'Tyto alba']], unseen: [['boobook', null]] },
      dog: { group: 'animal', classes: ['n1'], seen: [], unseen: [] },
      boat: { group: 'vehicle', classes: ['n2'], seen: [['barge', null]], unseen: [] },
    },
    everyday: { animal: 'window breakfast' },
  } // prettier-ignore
  const { lexicon, familyOfClass } = readNames(file, new Map([['n1', ['beagle', 'small hound']]]))
  expect(lexicon['owl']).toEqual({
    seen: ['barn owl'],
    unseen: ['boobook'],
    near: ['owl', 'dog'],
    everyday: ['window', 'breakfast'],
  })
  expect(lexicon['boat']?.everyday).toEqual([])
  expect(lexicon['dog']?.seen).toEqual(['beagle'])
  expect(lexicon['boat']?.near).toEqual(['boat'])
  expect(familyOfClass.get('n2')).toBe('boat')
  expect(() => readNames({ families: { owl: {} } })).toThrow()
})
