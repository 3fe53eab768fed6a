/** A field-guide picture as the evaluation sees it: its truth turned into the phrases of a caption. */
import type { PictureTruth as DrawnTruth } from '../../fieldguide/picture.ts'
import type { Plate } from '../../fieldguide/plate.ts'
import type { AttributeTruth, PictureTruth } from './truth.ts'

/** Field-guide families whose WordNet names stand under another word. */
const POOLS: Readonly<Record<string, string>> = { shell: 'mollusk' }

const COUNTS = ['', 'a', 'two', 'three']
const MEDIA = ['drawing of', 'woodcut of']
const COLUMNS = ['left', 'middle', 'right']
/** Place as the truth has it -> how the caption says it ("its claw on the left" is no place). */
const PLACES: ReadonlyMap<string, string> = new Map([
  ...COLUMNS.flatMap((column) => [
    [`upper ${column}`, `it is in the upper ${column}`] as const,
    [`lower ${column}`, `it is in the lower ${column}`] as const,
  ]),
  ['center', 'it is in the center'],
  ['left', 'it is on the left'],
  ['right', 'it is on the right'],
  ...[
    'side by side',
    'one above the other',
    'one above and two below',
    'two above and one below',
  ].map((place) => [place, `they are ${place}`] as const),
])
const SIZES: Readonly<Record<string, string>> = {
  small: 'the small',
  medium: 'the medium-sized',
  large: 'the large',
  'close-up': 'seen in close-up',
}
const BACKGROUNDS = ['cream', 'white', 'pale blue', 'green', 'gray', 'dark blue', 'pink']

/** Key of a drawn family in the lexicon of names.json. */
export const poolOf = (family: string): string => POOLS[family] ?? family

/** Truth of one drawing. `plates`: all families, for the colour words that would be wrong. */
export function drawnPicture(truth: DrawnTruth, plates: readonly Plate[]): PictureTruth {
  const namesOf = ({ name, latin }: DrawnTruth['species']) => (latin ? [name, latin] : [name])
  return {
    id: truth.file,
    names: namesOf(truth.species),
    family: poolOf(truth.family),
    familyWords: [truth.family],
    alike: truth.alike.map(namesOf),
    attributes: drawnAttributes(truth, plates),
    caption: truth.caption,
  }
}

function drawnAttributes(truth: DrawnTruth, plates: readonly Plate[]): readonly AttributeTruth[] {
  const one = (
    kind: AttributeTruth['kind'],
    right: readonly string[],
    all: readonly string[],
  ): AttributeTruth => ({ kind, right, wrong: all.filter((phrase) => !right.includes(phrase)) })
  const families = plates.map(({ family }) => family)
  const colours = [
    ...new Set(plates.flatMap(({ morphs }) => Object.values(morphs).map(({ word }) => word))),
  ]
  const thing = (colour: string) => families.map((family) => `${colour} ${family}`)
  const counted = (count: number) => MEDIA.map((medium) => `${medium} ${COUNTS[count] ?? ''}`)
  const single = [...counted(1), ...MEDIA.map((medium) => `${medium} an`)]
  const found = [
    one('count', truth.count === 1 ? single : counted(truth.count), [...single, ...counted(2), ...counted(3)]),
    one('background', [`${truth.background} background`], BACKGROUNDS.map((tone) => `${tone} background`)),
  ] // prettier-ignore
  if (truth.colour !== null) found.push(one('colour', thing(truth.colour), colours.flatMap(thing)))
  if (truth.size !== 'close-up')
    found.push(one('position', [PLACES.get(truth.position) ?? ''], [...PLACES.values()]))
  if (truth.size !== null) found.push(one('size', [SIZES[truth.size] ?? ''], Object.values(SIZES)))
  return found
}
