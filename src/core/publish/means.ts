/** Means per condition and captioner, with their difference to a baseline over the images that have both. */
import { isElsewhere } from '../../shared/elsewhere.ts'
import type { AltKind, Score } from '../../shared/types.ts'
import { deltasOf } from './baseline.ts'
import type { DataRow } from './data-columns.ts'
import { measured, METRICS, type Item, type Measure, type Measured } from './references.ts'
import type { SelectedCell, SelectedImage } from './selection.ts'

interface Sum {
  total: number
  n: number
}

export interface Mean {
  readonly altKind: AltKind
  /** null: the images' own alt-texts stand as captions. */
  readonly captionerId: string | null
  /** null of captions made elsewhere. */
  readonly captionerSha256: string | null
  readonly scorerId: string | null
  readonly scorerSha256: string | null
  readonly captions: number
  readonly images: number
  /** Mean CLIP (100 x cosine) of the scored captions. */
  readonly clip: number | null
  readonly clipN: number
  /** Mean of the differences within each image, and over how many captions. */
  readonly delta: number | null
  readonly deltaN: number
  /** Mean words a caption. */
  readonly words: number
  /** By what people wrote; null without references, and for those themselves. */
  readonly measured: Measured | null
}

interface Group {
  readonly first: SelectedCell
  /** The scorer of its first score. */
  scorer: Score | null
  readonly clip: Sum
  readonly delta: Sum
  readonly words: Sum
  /** What references measure; empty where there are none. */
  readonly items: Item[]
  images: number
  lastImage: string
}

const add = (sum: Sum, value: number | null | undefined): void => {
  if (value === null || value === undefined) return
  sum.total += value
  sum.n++
}
const mean = ({ total, n }: Sum): number | null => (n === 0 ? null : total / n)
const wordsIn = (text: string): number => text.split(/\s+/).filter(Boolean).length

const newGroup = (first: SelectedCell): Group => ({
  first,
  scorer: null,
  clip: { total: 0, n: 0 },
  delta: { total: 0, n: 0 },
  words: { total: 0, n: 0 },
  items: [],
  images: 0,
  lastImage: '',
})

/** Scores of a second scorer go to a group of their own; captions without a score stay with the first. */
function groupOf(groups: Map<string, Group>, one: SelectedCell): Group {
  const { captionerId, provenance, score } = one.cell
  const plain = [one.altKind, captionerId, provenance.bundleSha256].join(' ')
  const first = groups.get(plain)
  const other = score && first?.scorer && first.scorer.scorerSha256 !== score.scorerSha256
  const key = other ? `${plain} ${score.scorerSha256}` : plain
  const group = groups.get(key) ?? newGroup(one)
  group.scorer ??= score
  groups.set(key, group)
  return group
}

/** Words alone: whoever wrote an alt-text wrote it of the image, not for this table. */
const altTextMean = (items: readonly Item[], words: Sum): Mean => ({
  ...{ altKind: 'own', captionerId: null, captionerSha256: null, scorerId: null },
  ...{ scorerSha256: null, captions: items.length, images: items.length },
  ...{ clip: null, clipN: 0, delta: null, deltaN: 0 },
  words: mean(words) ?? 0,
  measured: measured(items, null),
})

/** Of the same captioner under the baseline's kind of alt-text. */
const baseOf = (groups: readonly Group[], { first }: Group, baseline: AltKind) =>
  groups.find(
    (one) =>
      one.first.altKind === baseline &&
      one.first.cell.captionerId === first.cell.captionerId &&
      one.first.cell.provenance.bundleSha256 === first.cell.provenance.bundleSha256,
  )

/** Captions of another captioner, bundle or scorer are never averaged together. Needs memory for the means only. */
export function meansOf(
  images: Iterable<SelectedImage>,
  baseline: AltKind,
  measure: Measure | null = null,
): readonly Mean[] {
  const groups = new Map<string, Group>()
  const altTexts: Item[] = []
  const altWords: Sum = { total: 0, n: 0 }
  for (const { image, cells } of images) {
    const deltas = deltasOf(cells, baseline)
    const altText = measure?.altTextOf(image.id)
    const altItem = altText ? measure?.item(image.id, null, altText) : null
    if (altItem) altTexts.push(altItem)
    if (altItem) add(altWords, wordsIn(altText ?? ''))
    cells.forEach((one, index) => {
      if (one.cell.provenance.branch) return // its beginning was forced: no sample of what the captioner says
      const group = groupOf(groups, one)
      add(group.clip, one.cell.score?.clip)
      add(group.delta, deltas[index])
      add(group.words, wordsIn(one.cell.caption))
      const item = measure?.item(image.id, one.cell.captionerId, one.cell.caption)
      if (item) group.items.push(item)
      if (group.lastImage !== image.id) group.images++
      group.lastImage = image.id
    })
  }
  const all = [...groups.values()]
  const measuredIn = (group: Group): Measured | null => {
    const base = baseOf(all, group, baseline)
    return measured(group.items, base === group ? null : (base?.items ?? null))
  }
  const own = altTexts.length > 0 ? [altTextMean(altTexts, altWords)] : []
  const rows = all.map((group): Mean => {
    const { first, scorer, clip, delta, words, images: n } = group
    return {
      altKind: first.altKind,
      captionerId: first.cell.captionerId,
      captionerSha256: isElsewhere(first.cell.captionerId)
        ? null
        : first.cell.provenance.bundleSha256,
      scorerId: scorer?.scorerId ?? null,
      scorerSha256: scorer?.scorerSha256 ?? null,
      captions: words.n,
      images: n,
      clip: mean(clip),
      clipN: clip.n,
      delta: mean(delta),
      deltaN: delta.n,
      words: mean(words) ?? 0,
      measured: measuredIn(group),
    }
  })
  return [...own, ...rows]
}

/** In the order of MEANS_COLUMNS. */
export const meansRow = (one: Mean, baseline: AltKind): DataRow => [
  one.altKind,
  one.captionerId,
  one.captionerSha256,
  one.captions,
  one.images,
  one.clip,
  one.clipN,
  one.delta,
  one.deltaN,
  baseline,
  one.words,
  one.scorerId,
  one.scorerSha256,
  one.measured?.captions ?? null,
  ...METRICS.flatMap((name) => [
    one.measured?.scores[name] ?? null,
    one.measured?.deltas?.[name] ?? null,
  ]),
  one.measured?.scores.lengthRatio ?? null,
]
