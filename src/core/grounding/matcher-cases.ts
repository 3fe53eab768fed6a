/** Alt-texts and captions made by rule from drawn truths, with the marks that a perfect matcher proposes. */
import { article, pluralOf } from '../../fieldguide/caption.ts'
import type { PictureTruth, SpeciesName } from '../../fieldguide/picture.ts'
import { PLATES } from '../../fieldguide/plates.ts'
import type { MarkClass, MarkSpan } from '../../shared/contract/grounding.ts'
import { noisyAlt } from '../evaluation/noise.ts'

export interface Gold extends MarkSpan {
  readonly markClass: Extract<MarkClass, 'carried' | 'rejected' | 'erroneous'>
}

export interface MatcherCase {
  readonly kind: string
  readonly altText: string
  readonly caption: string
  readonly truth: string | null
  readonly className: string | null
  readonly gold: readonly Gold[]
}

export type Random = () => number

/** A text built piece by piece, so that the place of every marked piece is known and never searched for. */
class Builder {
  text = ''
  readonly gold: Gold[] = []
  private readonly place: MarkSpan['place']

  constructor(place: MarkSpan['place']) {
    this.place = place
  }

  /** Field-guide text is ASCII: code points and UTF-16 units are the same here. */
  add(piece: string, ...classes: readonly Gold['markClass'][]): this {
    const [start, end] = [this.text.length, this.text.length + piece.length]
    for (const markClass of classes) this.gold.push({ place: this.place, start, end, markClass })
    this.text += piece
    return this
  }
}

interface NameMarks {
  readonly name?: readonly Gold['markClass'][]
  readonly latin?: readonly Gold['markClass'][]
}

/** The head of the truth's caption with a species' names in it, then its tail as it is. */
function captionWith(truth: PictureTruth, species: SpeciesName, marks: NameMarks = {}): Builder {
  const { prefix, plural } = truth.head
  const start = plural ? prefix : prefix.replace(/\ban?$/, article(species.name))
  const built = new Builder('caption').add(`${start} `)
  built.add(plural ? pluralOf(species.name) : species.name, ...(marks.name ?? []))
  if (species.latin) built.add(', ').add(species.latin, ...(marks.latin ?? []))
  return built.add(`. ${truth.tail}`)
}

const pick = <T>(from: readonly T[], random: Random): T => from[Math.floor(random() * from.length)]!

const truthText = (truth: PictureTruth): string =>
  [truth.caption, ...truth.alike.map(({ name }) => `It could as well be ${name}.`)].join(' ')

export const classNameOf = ({ name, latin }: SpeciesName): string =>
  latin ? `${name}, ${latin}` : name

/** Changes of spelling that leave a name the same name. */
const SPELLINGS: readonly ((name: string) => string)[] = [
  (name) => name.toUpperCase(),
  (name) => name.replace(/-/g, ' '),
  (name) => pluralOf(name),
  (name) => name.toLowerCase(),
  (name) => name.replace(/ /g, '-'),
]

const ALL = PLATES.flatMap(({ family, species }) => species.map((one) => ({ family, ...one })))

export interface CaseOptions {
  readonly random: Random
  /** Names of no drawn family, with their Latin names: wrong species that are no part of the field guide. */
  readonly strangers: readonly { readonly name: string; readonly latin: string }[]
}

/** About a dozen cases for one picture. */
export function matcherCases(truth: PictureTruth, options: CaseOptions): readonly MatcherCase[] {
  const { random, strangers } = options
  const own = truth.species
  const alike = new Set([own.id, ...truth.alike.map(({ id }) => id)])
  const others = ALL.filter(({ id }) => !alike.has(id))
  const other = (same: boolean) =>
    pick(
      others.filter(
        ({ family, latin }) => (family === truth.family) === same && latin !== own.latin,
      ),
      random,
    )
  const sibling = others.some(({ family, latin }) => family === truth.family && latin !== own.latin)
    ? other(true)
    : other(false)
  const far = other(false)
  const stranger = { id: 'stranger', ...pick(strangers, random) }
  const known = { truth: truthText(truth), className: null }
  const named = { truth: null, className: classNameOf(own) }
  const make = (
    kind: string,
    [alt, caption]: readonly [Builder, Builder],
    references: Pick<MatcherCase, 'truth' | 'className'>,
  ): MatcherCase => ({
    kind,
    altText: alt.text,
    caption: caption.text,
    ...references,
    gold: [...alt.gold, ...caption.gold],
  })
  const alt = (text: string, ...marks: readonly Gold['markClass'][]) =>
    new Builder('alt-text').add(text, ...marks)
  const both: NameMarks = { name: ['carried'], latin: ['carried'] }
  const wrong: NameMarks = { name: ['erroneous'], latin: ['erroneous'] }
  const classAlt = alt(own.name)
    .add(own.latin ? ', ' : '')
    .add(own.latin)
  const respelled = pick(SPELLINGS, random)(own.name)
  const followed: NameMarks = { name: ['carried', 'erroneous'], latin: ['erroneous'] }
  const noisy = noisyAlt(own.name, random).altText
  const several = alt('a ').add(far.name, 'rejected').add(`; ${own.name}`)
  const refusedOwn = alt(own.name, 'rejected')
  if (own.latin) refusedOwn.add(', ').add(own.latin, 'rejected')
  return [
    make('carried: class name', [classAlt, captionWith(truth, own, both)], known),
    make('carried: class name, class known', [classAlt, captionWith(truth, own, both)], named),
    make('carried: other spelling', [alt(`a ${respelled}`), captionWith(truth, own, { name: ['carried'] })], known),
    make('carried: in noise', [alt(noisy), captionWith(truth, own, { name: ['carried'] })], known),
    ...(own.latin
      ? [make('carried: Latin alone', [alt(own.latin), captionWith(truth, own, { latin: ['carried'] })], known)]
      : []),
    make('rejected: far name', [alt('a ').add(far.name, 'rejected'), captionWith(truth, own)], known),
    make('rejected: sibling', [alt(sibling.name, 'rejected'), captionWith(truth, own)], known),
    make('rejected: stranger', [alt(`a ${article(stranger.name)} `.slice(2)).add(stranger.name, 'rejected'), captionWith(truth, own)], named),
    make('several: one right, one wrong', [several, captionWith(truth, own, { name: ['carried'] })], known),
    make('erroneous: sibling, class given', [alt(''), captionWith(truth, sibling, wrong)], named),
    make('erroneous: far, class given', [alt(''), captionWith(truth, far, wrong)], named),
    make('erroneous: stranger, class given', [alt(''), captionWith(truth, stranger, wrong)], named),
    make('erroneous: class is also the alt-text', [refusedOwn, captionWith(truth, far, wrong)], named),
    make('erroneous: sibling, truth known', [alt(''), captionWith(truth, sibling, wrong)], known),
    make('followed: wrong alt-text, truth known', [alt(far.name), captionWith(truth, far, followed)], known),
  ] // prettier-ignore
}
