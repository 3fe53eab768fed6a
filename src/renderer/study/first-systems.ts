/** What a new study compares before anybody has chosen: what a person would ask about first. */
import type { Output } from '../../shared/contract.ts'
import type { AltKind } from '../../shared/types.ts'

type Source = Output<'studies.sources'>['sources'][number]

/** Nothing, a right word, a wrong word: does the alt-text help, and does it mislead? */
const ASKED_FIRST: readonly (readonly AltKind[])[] = [
  ['empty'],
  ['class-name'],
  ['own'],
  ['wrong', 'sibling', 'partly-wrong', 'far', 'random'],
]

/** What fills up where those are too few, telling ones first. */
const THEN: readonly AltKind[] = [
  'general',
  'hypernym',
  'several',
  'free',
  'other-language',
  'self',
  'sibling',
  'partly-wrong',
  'far',
  'random',
  'over-length',
  'noise',
]

/**
 * The present captioner under the kinds that are asked about first; then the same kinds by other captioners, then
 * other kinds, until there are as many as the template needs. A kind that few images have is passed over: whatever
 * lacks a system is left out of the study.
 */
export function firstSystems(
  sources: readonly Source[],
  about: { readonly captionerId: string | null; readonly fewest: number; readonly most: number },
): readonly Source[] {
  const widest = Math.max(0, ...sources.map(({ images }) => images))
  const common = sources.filter(({ images }) => 2 * images >= widest)
  const captioners = [...new Set(common.map(({ captionerId }) => captionerId))]
  const { captionerId: present } = about
  const [first = '', ...others] = [
    ...captioners.filter((id) => id === present),
    ...captioners.filter((id) => id !== present),
  ]
  const sourceOf = (captionerId: string, altKind: AltKind) =>
    common.find((one) => one.captionerId === captionerId && one.altKind === altKind)
  const askedOf = (id: string) =>
    ASKED_FIRST.flatMap((kinds) => {
      const found = kinds.flatMap((kind) => sourceOf(id, kind) ?? [])
      return found.slice(0, 1)
    })
  const thenOf = (id: string) => THEN.flatMap((kind) => sourceOf(id, kind) ?? [])
  const chosen = askedOf(first)
  const more = [
    ...others.flatMap(askedOf),
    ...[first, ...others].flatMap(thenOf),
    ...sources,
  ].filter((one) => !chosen.includes(one))
  const wanted = Math.max(chosen.length, about.fewest)
  return [...new Set([...chosen, ...more])].slice(0, Math.min(wanted, about.most))
}
