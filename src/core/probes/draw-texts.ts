/** The alt-text of each kind for one image, drawn with the pack's seed. Pure. */
import { hash } from '../../fieldguide/random.ts'
import type { ProbeKind, ProbeKindName } from '../../shared/contract/probes.ts'
import { randomInt, seededRandom } from '../../shared/random.ts'
import { tokenise, nameKey } from '../grounding/tokens.ts'
import { distance, type Taxonomy, type TaxonomyNode } from './taxonomy.ts'

export interface ProbedImage {
  readonly imageId: string
  readonly name: string
  readonly className: string | null
  readonly ownAlt: string | null
  /** Known truth, so that a "wrong" word or name is not right by chance. */
  readonly truth: string | null
  /** Text of another image, or null where there is none. */
  readonly random: string | null
}

/** A text, or why there is none. */
export type Drawn = { readonly text: string } | { readonly lacks: string }

export interface DrawOptions {
  readonly taxonomy: Taxonomy
  readonly seed: number
}

interface Draw extends DrawOptions {
  readonly image: ProbedImage
  readonly pick: <T>(from: readonly T[]) => T | undefined
  readonly digits: (count: number) => string
}

const WRONG_WORDS = ['purple', 'golden', 'transparent', 'striped', 'blue', 'green', 'red', 'wooden']
const FILLER =
  'from an old guide to the things of the world with notes in the margin and a number on every page'

/** "great gray owl, Strix nebulosa" is found by its whole, else by what stands before the comma. */
export function classNode(taxonomy: Taxonomy, className: string): TaxonomyNode | undefined {
  const parts = [className, ...className.split(',')]
  return parts.flatMap((part) => taxonomy.named(part))[0]
}

const noClass = (image: ProbedImage): Drawn => ({ lacks: `${image.name} has no class name` })

function withNode({ image, taxonomy }: Draw, use: (node: TaxonomyNode) => Drawn): Drawn {
  if (image.className === null) return noClass(image)
  const node = classNode(taxonomy, image.className)
  if (!node)
    return {
      lacks: `class ${JSON.stringify(image.className)} of ${image.name} is not in the taxonomy`,
    }
  return use(node)
}

const withArticle = (name: string): string => `${/^[aeiou]/i.test(name) ? 'an' : 'a'} ${name}`
const commonName = (className: string): string => (className.split(',')[0] ?? className).trim()

/** Says itself nowhere in what is known to be right. */
const isWrong = ({ truth, className }: ProbedImage, name: string): boolean => {
  const right = nameKey(`${className ?? ''} ${truth ?? ''}`)
  return !right.includes(nameKey(name))
}

function hypernym({ taxonomy }: Draw, node: TaxonomyNode, levels: number): Drawn {
  const up = [...taxonomy.above(node.key)].filter(([, steps]) => steps === levels)
  const name = taxonomy.nodes.get(up[0]?.[0] ?? '')?.name
  return name === undefined
    ? { lacks: `${node.name} has no parent ${levels} levels up` }
    : { text: withArticle(name) }
}

function sibling({ taxonomy, image, pick }: Draw, node: TaxonomyNode): Drawn {
  const near = node.parents.flatMap((parent) => taxonomy.below(nameKey(parent)))
  const others = near.filter(({ key, name }) => key !== node.key && isWrong(image, name))
  const chosen = pick(others)
  return chosen ? { text: withArticle(chosen.name) } : { lacks: `${node.name} has no sibling` }
}

function far({ taxonomy, image, pick }: Draw, node: TaxonomyNode, least: number): Drawn {
  const leaves = [...taxonomy.nodes.values()].filter(
    ({ key, name }) =>
      taxonomy.below(key).length === 0 &&
      isWrong(image, name) &&
      distance(taxonomy, node.key, key) >= least,
  )
  const chosen = pick(leaves)
  return chosen
    ? { text: withArticle(chosen.name) }
    : { lacks: `nothing is ${least} steps from ${node.name}` }
}

function noise({ image, pick, digits }: Draw, concept: boolean): Drawn {
  const year = pick([2009, 2014, 2019, 2023]) ?? 2014
  const pieces = [
    `IMG_${digits(4)}.jpg`,
    `${year}-0${pick([1, 3, 5, 7, 9])}-1${digits(1)}`,
    `$${pick([3, 12, 25, 49])}.${digits(2)}`,
    `photo by ${pick(['J. Smith', 'A. Novak', 'M. Rossi', 'K. Tanaka'])}`,
  ]
  const first = pick(pieces)!
  const second = pick(pieces.filter((piece) => piece !== first))!
  if (!concept) return { text: `${first}; ${second}` }
  return image.className === null
    ? noClass(image)
    : { text: `${first}; ${commonName(image.className)}; ${second}` }
}

function overLength({ image }: Draw, words: number): Drawn {
  const concept = image.className ?? image.ownAlt
  if (concept === null) return { lacks: `${image.name} has neither class name nor alt-text` }
  const filler = FILLER.split(' ')
  const count = Math.max(1, words - tokenise(concept).length)
  return {
    text: `${concept} ${Array.from({ length: count }, (_, i) => filler[i % filler.length]).join(' ')}`,
  }
}

function otherLanguage(draw: Draw, kind: Extract<ProbeKind, { kind: 'other-language' }>): Drawn {
  const { image, taxonomy } = draw
  const { language, texts = {} } = kind
  if (image.className !== null && Object.hasOwn(texts, image.className))
    return { text: texts[image.className]! }
  return withNode(draw, (node) => {
    const keys = [node.key, ...taxonomy.above(node.key).keys()]
    const names = keys.map((key) => taxonomy.nodes.get(key))
    const said = names.find((one) => one && Object.hasOwn(one.inLanguages, language))
    return said
      ? { text: said.inLanguages[language]! }
      : { lacks: `the taxonomy has no ${language} words for ${node.name}` }
  })
}

function draw(kind: ProbeKind, context: Draw): Drawn {
  const { image, pick } = context
  switch (kind.kind) {
    case 'empty':
      return { text: '' }
    case 'own':
      return image.ownAlt === null
        ? { lacks: `${image.name} has no own alt-text` }
        : { text: image.ownAlt }
    case 'class-name':
      return image.className === null ? noClass(image) : { text: image.className }
    case 'hypernym':
      return withNode(context, (node) => hypernym(context, node, kind.levels))
    case 'sibling':
      return withNode(context, (node) => sibling(context, node))
    case 'far':
      return withNode(context, (node) => far(context, node, kind.least))
    case 'random':
      if (image.random !== null) return { text: image.random }
      // Texts are exchanged: whoever has none gets none.
      return image.className === null && image.ownAlt === null
        ? { lacks: `${image.name} has no text of its own to exchange for another's` }
        : { lacks: `there is no other image with a text for ${image.name}` }
    case 'partly-wrong': {
      const concept = image.className ?? image.ownAlt
      if (concept === null) return noClass(image)
      const wrong = (kind.words ?? WRONG_WORDS).filter((word) => isWrong(image, word))
      const word = pick(wrong)
      return word === undefined
        ? { lacks: `every word to choose from is right for ${image.name}` }
        : { text: withArticle(`${word} ${commonName(concept)}`) }
    }
    case 'noise':
      return noise(context, kind.concept)
    case 'over-length':
      return overLength(context, kind.words)
    case 'other-language':
      return otherLanguage(context, kind)
    case 'several': {
      const parts = kind.of.map((name) => drawText(withDefaults(name), image, context))
      const lacking = parts.find((part) => 'lacks' in part)
      const texts = new Set(parts.flatMap((part) => ('text' in part ? [part.text] : [])))
      return lacking ?? { text: [...texts].join('; ') }
    }
  }
}

const withDefaults = (kind: Exclude<ProbeKindName, 'empty' | 'several'>): ProbeKind => {
  if (kind === 'hypernym') return { kind, levels: 1 }
  if (kind === 'far') return { kind, least: 6 }
  if (kind === 'noise') return { kind, concept: false }
  if (kind === 'over-length') return { kind, words: 200 }
  if (kind === 'other-language') return { kind, language: 'de' }
  return { kind }
}

/** Depends on seed, image and kind alone: more images or kinds change no text that was drawn before. */
export function drawText(kind: ProbeKind, image: ProbedImage, options: DrawOptions): Drawn {
  const random = seededRandom(hash(`${options.seed} ${image.imageId} ${kind.kind}`))
  return draw(kind, {
    ...options,
    image,
    pick: (from) => from[randomInt(random, from.length)],
    digits: (count) => Array.from({ length: count }, () => randomInt(random, 10)).join(''),
  })
}
