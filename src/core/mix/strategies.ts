/** Which text each image is trained with, by strategy (Nguyen et al. 2023, section 5 and Table 4; Altogether, sections 5.3 and 5.4). */
import type { MixOptions, MixStrategy } from '../../shared/contract/publish.ts'
import { sampleOrder } from '../text-statistics/equal-sample.ts'

/** An image with an alt-text of its own, a caption, or both; scores are 100 times a cosine. */
export interface Candidate {
  readonly imageId: string
  readonly alt: { readonly clip: number | null } | null
  readonly caption: { readonly clip: number | null } | null
}

export type Source = 'alt-text' | 'caption' | 'joined'

export interface Pair {
  /** Place of the candidate. */
  readonly at: number
  readonly from: Source
}

export interface Mix {
  /** In the order of the candidates, an alt-text before the caption of the same image. */
  readonly pairs: readonly Pair[]
  /** CLIP score of the last one of the top; null where the strategy has no top. */
  readonly threshold: number | null
}

type Side = 'alt' | 'caption'
export type Options = Pick<MixOptions, 'top' | 'share' | 'seed'>

interface Top {
  readonly places: ReadonlySet<number>
  readonly threshold: number
}

/** The best so many per cent of all candidates; of equal scores those that a seeded order has first. */
function topOf(
  candidates: readonly Candidate[],
  side: Side,
  order: readonly number[],
  { top }: Options,
): Top {
  const clip = (at: number): number => candidates[at]?.[side]?.clip ?? -Infinity
  const sorted = order.filter((at) => clip(at) > -Infinity).sort((a, b) => clip(b) - clip(a))
  const places = sorted.slice(0, Math.round((top / 100) * candidates.length))
  const last = places.at(-1)
  return { places: new Set(places), threshold: last === undefined ? Infinity : clip(last) }
}

/** Of candidates with both texts the share, to the nearest one, that takes the caption. */
function drawn(
  candidates: readonly Candidate[],
  order: readonly number[],
  { share }: Options,
): ReadonlySet<number> {
  const both = order.filter((at) => candidates[at]?.alt && candidates[at].caption)
  return new Set(both.slice(0, Math.round(share * both.length)))
}

/** What one image is trained with, from what is known of all. */
type Rule = (one: Candidate, at: number) => readonly (Source | null)[]

interface World {
  /** The share of candidates with both texts that takes the caption. */
  share(): ReadonlySet<number>
  top(side: Side): Top
}

interface Made {
  readonly rule: Rule
  readonly threshold: number | null
}

const own = (one: Candidate): Source | null => (one.alt ? 'alt-text' : null)
const caption = (one: Candidate): Source | null => (one.caption ? 'caption' : null)

/** A strategy with a top: `first` for those in it, `rest` for the others. */
const byTop =
  (
    side: Side,
    first: (one: Candidate) => Source | null,
    rest: (one: Candidate, threshold: number) => Source | null = () => null,
  ) =>
  ({ top }: World): Made => {
    const { places, threshold } = top(side)
    return {
      rule: (one, at) => [places.has(at) ? first(one) : rest(one, threshold)],
      threshold: places.size === 0 ? null : threshold,
    }
  }

const good =
  (side: Side) =>
  (one: Candidate, threshold: number): Source | null =>
    (one[side]?.clip ?? -Infinity) < threshold ? null : side === 'alt' ? own(one) : caption(one)

const joined = (one: Candidate): Source | null => (one.caption ? 'joined' : own(one))

const MADE: Readonly<Record<MixStrategy, (world: World) => Made>> = {
  'alt-text': () => ({ rule: (one) => [own(one)], threshold: null }),
  caption: () => ({ rule: (one) => [caption(one)], threshold: null }),
  share: ({ share }) => {
    const taken = share()
    return {
      rule: (one, at) => [taken.has(at) || !one.alt ? caption(one) : own(one)],
      threshold: null,
    }
  },
  'top-alt-text': byTop('alt', own),
  'top-caption': byTop('caption', caption),
  'caption-of-top-alt-text': byTop('alt', caption),
  'top-alt-text-else-caption': byTop('alt', own, caption),
  'top-alt-text-else-good-caption': byTop('alt', own, good('caption')),
  'top-caption-else-good-alt-text': byTop('caption', caption, good('alt')),
  'joined-else-good-caption': byTop('alt', joined, good('caption')),
  'top-both': ({ top }) => {
    const [alts, captions] = [top('alt'), top('caption')]
    return {
      rule: (one, at) => [
        alts.places.has(at) ? own(one) : null,
        captions.places.has(at) ? caption(one) : null,
      ],
      threshold: null,
    }
  },
}

/** Strategies that choose by CLIP score: each text needs one. */
export const NEEDS: Readonly<Record<MixStrategy, readonly Side[]>> = {
  'alt-text': [],
  caption: [],
  share: [],
  'top-alt-text': ['alt'],
  'top-caption': ['caption'],
  'caption-of-top-alt-text': ['alt'],
  'top-alt-text-else-caption': ['alt'],
  'top-alt-text-else-good-caption': ['alt', 'caption'],
  'top-caption-else-good-alt-text': ['alt', 'caption'],
  'joined-else-good-caption': ['alt', 'caption'],
  'top-both': ['alt', 'caption'],
}

/** Mixes of the same candidates by any strategy. Images to which a strategy gives no text are left out of its mix. */
export function mixer(
  candidates: readonly Candidate[],
  options: Options,
): (strategy: MixStrategy) => Mix {
  const ids = candidates.map(({ imageId }) => imageId)
  const order = sampleOrder(ids, options.seed)
  // Most strategies share a top: it is sorted once.
  const tops = new Map<Side, Top>()
  const top = (side: Side): Top => {
    const found = tops.get(side) ?? topOf(candidates, side, order, options)
    tops.set(side, found)
    return found
  }
  const share = () => drawn(candidates, order, options)
  return (strategy) => {
    const { rule, threshold } = MADE[strategy]({ top, share })
    const pairs = candidates.flatMap((one, at) =>
      rule(one, at).flatMap((from): Pair[] => (from === null ? [] : [{ at, from }])),
    )
    return { pairs, threshold }
  }
}
