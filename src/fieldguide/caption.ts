/** The words of a picture: dense captions in the style of the paper, composed from what was drawn. */
import type { Layout } from './layout.ts'
import type { Medium } from './pen.ts'
import type { Plate, Species } from './plate.ts'

export interface Head {
  /** 'A drawing of a', 'An ink drawing of two', … */
  readonly prefix: string
  readonly plural: boolean
}

export interface CaptionFacts {
  readonly plate: Plate
  readonly species: Species
  readonly medium: Medium
  readonly layout: Layout
  /** Null where colour cannot be seen. */
  readonly colour: string | null
  readonly pose: string
  readonly background: string
}

const MEDIA: Readonly<Record<Medium, string>> = {
  colour: 'A drawing of',
  ink: 'An ink drawing of',
  woodcut: 'A woodcut of',
}
const NUMBERS = ['no', 'one', 'two', 'three'] as const

/** 'a' or 'an': by sound, so 'a European robin'. */
export const article = (word: string): string =>
  /^[aeiou]/i.test(word) && !/^(eu|uni|one)/i.test(word) ? 'an' : 'a'

/** The plural of a common name: the last word carries it. */
export const pluralOf = (name: string): string => {
  if (/(fish|sheep|deer|trout|salmon|perch|pike|carp)$/i.test(name)) return name
  if (/[^aeiou]y$/i.test(name)) return `${name.slice(0, -1)}ies`
  if (/(s|x|z|ch|sh)$/i.test(name)) return `${name}es`
  return `${name}s`
}

export const headOf = ({ species, medium, layout: { count } }: CaptionFacts): Head => {
  const plural = count > 1
  return { prefix: `${MEDIA[medium]} ${plural ? NUMBERS[count] : article(species.name)}`, plural }
}

const sizeWord = (facts: CaptionFacts): string => {
  const { size } = facts.layout
  if (size === null || size === 'close-up') return ''
  return size === 'medium' ? 'medium-sized ' : `${size} `
}

const placeWords = ({ layout: { position, size } }: CaptionFacts): string => {
  if (size === 'close-up') return 'seen in close-up'
  if (size === null) return position
  return position === 'left' || position === 'right' ? `on the ${position}` : `in the ${position}`
}

/** 'The small gray owl, perched, …, has …. It is in the upper left on a cream background.' */
export const tailOf = (facts: CaptionFacts): string => {
  const { plate, species, layout, colour, background } = facts
  const many = layout.count > 1
  const noun = many ? `${NUMBERS[layout.count]} ${colour ? `${colour} ` : ''}${plate.plural}` : ''
  const one = `${sizeWord(facts)}${colour ? `${colour} ` : ''}${plate.family}`
  const pose = plate.poses[facts.pose] ?? ''
  const posed = pose && many ? `each ${pose}` : pose
  const features = plate.features[species.form] ?? ''
  const shown = many ? features.replace(/\bits\b/g, 'their') : features
  return (
    `The ${many ? noun : one}${posed ? `, ${posed},` : ''}${shown ? ` ${many ? 'have' : 'has'} ${shown}` : ''}. ` +
    `${many ? 'They are' : 'It is'} ${placeWords(facts)} on a ${background} background.`
  )
}

/** Head and tail with the given names. */
export const captionOf = (facts: CaptionFacts): string => {
  const { prefix, plural } = headOf(facts)
  const { name, latin } = facts.species
  return `${prefix} ${plural ? pluralOf(name) : name}${latin ? `, ${latin}` : ''}. ${tailOf(facts)}`
}
