/** A labelled photograph as the evaluation sees it: measured facts turned into the phrases of a caption. */
import { COLOURS, type Reading } from './photo-colour.ts'
import type { PhotoTruth, Position, Size } from './photo-truth.ts'
import type { AttributeTruth, PictureTruth } from './truth.ts'

const SIZES: Readonly<Record<Size, readonly string[]>> = {
  'close-up': ['fills the frame', 'close-up photo'],
  large: ['large'],
  small: ['small'],
}
const POSITIONS: readonly Position[] = [
  'in the centre',
  'on the left',
  'on the right',
  'near the top',
  'near the bottom',
  'in the upper left',
  'in the upper right',
  'in the lower left',
  'in the lower right',
]

export interface PhotoFacts {
  readonly id: string
  /** Names of the class, common first. */
  readonly names: readonly string[]
  readonly family: string
  readonly truth: PhotoTruth
}

/** Truth of one photograph; attributes whose measurement is not sure are left out. */
export function photoPicture({ id, names, family, truth }: PhotoFacts): PictureTruth {
  return {
    id,
    names,
    family,
    familyWords: [family],
    alike: [],
    attributes: photoAttributes(truth),
    caption: photoCaption(names, family, truth),
  }
}

function photoAttributes(truth: PhotoTruth): readonly AttributeTruth[] {
  const found: AttributeTruth[] = []
  const add = <W extends string>(
    kind: AttributeTruth['kind'],
    reading: Reading<W> | undefined,
    phrases: readonly (readonly [W, readonly string[]])[],
  ) => {
    if (!reading?.sure) return
    const own = phrases.filter(([word]) => word === reading.word).flatMap(([, said]) => said)
    const others = phrases.filter(([word]) => word !== reading.word).flatMap(([, said]) => said)
    found.push({ kind, right: own, wrong: others })
  }
  const bare = COLOURS.map((colour) => [colour, [colour]] as const)
  const behind = COLOURS.map((colour) => [colour, [`${colour} background`]] as const)
  add('size', truth.size, Object.entries(SIZES) as [Size, readonly string[]][])
  add('position', truth.position, POSITIONS.map((word) => [word, [word]] as const)) // prettier-ignore
  if (truth.medium.word !== 'colour') return found
  // Always there when colours are, so that its words are not read as colours.
  found.push({ kind: 'medium', right: [], wrong: ['black and white'] })
  add('colour', truth.colour, bare)
  add('background', truth.background, behind)
  if (!truth.background?.sure && truth.colour?.sure)
    found.push({ kind: 'medium', right: behind.flatMap(([, said]) => said), wrong: [] })
  return found
}

/** A plain caption with the same facts, for the scorer: what a perfect captioner of this style would say. */
function photoCaption(names: readonly string[], family: string, truth: PhotoTruth): string {
  const [name = family, ...rest] = names
  const latin = rest.find((other) => /^[A-Z][a-z]+ [a-z]+$/.test(other))
  const plain = truth.medium.word === 'colour'
  const kind = plain
    ? truth.focus.word === 'blurry'
      ? 'A blurry photo'
      : truth.size.word === 'close-up'
        ? 'A close-up photo'
        : 'A photo'
    : 'A black and white photo'
  const colour = plain ? truth.colour?.word : undefined
  const place = truth.position ? ` and ${truth.position.word}` : ''
  const seen =
    truth.size.word === 'close-up'
      ? `fills the frame${colour ? ` and is ${colour}` : ''}`
      : `is ${[truth.size.word, ...(colour ? [colour] : [])].join(', ')}${place}`
  const background = plain && truth.background ? truth.background.word : undefined
  const behind = background ? `, against ${withArticle(background)} background` : ''
  const light = truth.light.word === 'ordinary' ? '' : ` The picture is ${truth.light.word}.`
  const head = `${kind} of ${withArticle(name)}${latin ? `, ${latin}` : ''}.`
  return `${head} The ${family} ${seen}${behind}.${light}`
}

const withArticle = (word: string): string => `${/^[aeiou]/i.test(word) ? 'an' : 'a'} ${word}`
