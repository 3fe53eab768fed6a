/** Means per condition and captioner, with their difference to a base row over the images that have both. */
import { isElsewhere } from '../../shared/elsewhere.ts'
import type { AltKind, Score } from '../../shared/types.ts'
import { baseText, type BaseRow } from './base-row.ts'
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

export type AltScore = Pick<Score, 'clip' | 'scorerId' | 'scorerSha256'>

export interface AltTexts {
  /** The images' own alt-texts, by image. */
  readonly texts: ReadonlyMap<string, string>
  /** Of those that were scored, all by one scorer. */
  readonly scores: ReadonlyMap<string, AltScore>
  /** Whether they stand in the table as a row of their own. */
  readonly shown: boolean
}

export interface MeansOptions {
  readonly base: BaseRow
  readonly measure?: Measure | null
  readonly altTexts?: AltTexts | null
  readonly breathe?: () => Promise<void>
}

const add = (sum: Sum, value: number | null | undefined): void => {
  if (value === null || value === undefined) return
  sum.total += value
  sum.n++
}
const mean = ({ total, n }: Sum): number | null => (n === 0 ? null : total / n)
export const wordsIn = (text: string): number => text.split(/\s+/).filter(Boolean).length

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

/** The alt-texts of the images as captions that nobody was asked for. */
interface AltRow {
  readonly items: Item[]
  readonly clip: Sum
  readonly delta: Sum
  readonly words: Sum
  scorer: AltScore | null
}

const newAltRow = (): AltRow => ({
  items: [],
  scorer: null,
  clip: { total: 0, n: 0 },
  delta: { total: 0, n: 0 },
  words: { total: 0, n: 0 },
})

const ALT_TEXT_ROW = { altKind: 'own', captionerId: null, captionerSha256: null } as const

const altTextMean = (
  { items, clip, delta, words, scorer }: AltRow,
  base: readonly Item[] | null,
): Mean => ({
  ...ALT_TEXT_ROW,
  scorerId: scorer?.scorerId ?? null,
  scorerSha256: scorer?.scorerSha256 ?? null,
  captions: words.n,
  images: words.n,
  clip: mean(clip),
  clipN: clip.n,
  delta: mean(delta),
  deltaN: delta.n,
  words: mean(words) ?? 0,
  measured: measured(items, base),
})

/** Whether this caption, or all of a row, is of the row that differences are to. */
const isBase = ({ cell, altKind }: SelectedCell, base: BaseRow): boolean =>
  base.kind !== 'alt-text' &&
  altKind === base.altKind &&
  (base.kind === 'baseline' || cell.captionerId === base.captionerId)

/** Null of the base row itself, where one is not scored, and under another scorer. */
function clipDifferences(
  cells: readonly SelectedCell[],
  base: BaseRow,
  altScore: AltScore | undefined,
): readonly (number | null)[] {
  if (base.kind === 'baseline')
    return deltasOf(cells, base.altKind).map((delta, at) =>
      isBase(cells[at]!, base) ? null : delta,
    )
  const to = altScoreOr(cells, base, altScore)
  return cells.map((one) => {
    const { score } = one.cell
    if (!to || !score || isBase(one, base) || score.scorerSha256 !== to.scorerSha256) return null
    return score.clip - to.clip
  })
}

/** What all captions of an image are compared with: the base row's score of it. */
const altScoreOr = (
  cells: readonly SelectedCell[],
  base: BaseRow,
  altScore: AltScore | undefined,
): AltScore | null =>
  base.kind === 'alt-text'
    ? (altScore ?? null)
    : (cells.find((one) => isBase(one, base) && !one.cell.provenance.branch)?.cell.score ?? null)

/** Items of the row that this one's differences are to; null of that row itself, and where there is none. */
function baseItems(
  groups: readonly Group[],
  { first }: Group,
  base: BaseRow,
  altTexts: readonly Item[],
): readonly Item[] | null {
  if (isBase(first, base)) return null
  if (base.kind === 'alt-text') return altTexts
  const same = (one: Group) =>
    one.first.cell.captionerId === first.cell.captionerId &&
    one.first.cell.provenance.bundleSha256 === first.cell.provenance.bundleSha256
  const rows = groups.filter((one) => isBase(one.first, base) && (base.kind === 'row' || same(one)))
  return rows.length === 0 ? null : rows.flatMap(({ items }) => items)
}

function toMean(
  { first, scorer, clip, delta, words, images, items }: Group,
  base: readonly Item[] | null,
): Mean {
  const { captionerId, provenance } = first.cell
  return {
    altKind: first.altKind,
    captionerId,
    captionerSha256: isElsewhere(captionerId) ? null : provenance.bundleSha256,
    scorerId: scorer?.scorerId ?? null,
    scorerSha256: scorer?.scorerSha256 ?? null,
    captions: words.n,
    images,
    clip: mean(clip),
    clipN: clip.n,
    delta: mean(delta),
    deltaN: delta.n,
    words: mean(words) ?? 0,
    measured: measured(items, base),
  }
}

/**
 * Captions of another captioner, bundle or scorer are never averaged together. Needs memory for the means, and what
 * references measure, only.
 */
export async function meansOf(
  images: Iterable<SelectedImage>,
  { base, measure = null, altTexts = null, breathe = async () => {} }: MeansOptions,
): Promise<readonly Mean[]> {
  const groups = new Map<string, Group>()
  const alt = newAltRow()
  for (const { image, cells } of images) {
    const altText = altTexts?.shown ? altTexts.texts.get(image.id) : undefined
    const altScore = altTexts?.scores.get(image.id)
    const deltas = clipDifferences(cells, base, altScore)
    if (altText !== undefined) {
      const to = base.kind === 'row' ? altScoreOr(cells, base, undefined) : null
      if (altScore) alt.scorer = altScore
      add(alt.clip, altScore?.clip)
      if (altScore?.scorerSha256 === to?.scorerSha256)
        add(alt.delta, to && altScore && altScore.clip - to.clip)
      add(alt.words, wordsIn(altText))
      const item = measure?.item(image.id, null, altText)
      if (item) alt.items.push(item)
    }
    for (const [index, one] of cells.entries()) {
      if (one.cell.provenance.branch) continue // its beginning was forced: no sample of what the captioner says
      const group = groupOf(groups, one)
      add(group.clip, one.cell.score?.clip)
      add(group.delta, deltas[index])
      add(group.words, wordsIn(one.cell.caption))
      const item = measure?.item(image.id, one.cell.captionerId, one.cell.caption)
      if (item) group.items.push(item)
      if (group.lastImage !== image.id) group.images++
      group.lastImage = image.id
      await breathe()
    }
  }
  const all = [...groups.values()]
  const altBase =
    base.kind === 'row'
      ? all.filter(({ first }) => isBase(first, base)).flatMap(({ items }) => items)
      : null
  return [
    ...(alt.words.n > 0 ? [altTextMean(alt, altBase)] : []),
    ...all.map((group) => toMean(group, baseItems(all, group, base, alt.items))),
  ]
}

/** In the order of MEANS_COLUMNS. */
export const meansRow = (one: Mean, base: BaseRow): DataRow => [
  one.altKind,
  one.captionerId,
  one.captionerSha256,
  one.captions,
  one.images,
  one.clip,
  one.clipN,
  one.delta,
  one.deltaN,
  baseText(base),
  one.words,
  one.scorerId,
  one.scorerSha256,
  one.measured?.captions ?? null,
  ...METRICS.flatMap((name) => [
    one.measured?.scores[name] ?? null,
    one.measured?.deltas?.[name] ?? null,
  ]),
  one.measured?.scores.lengthRatio ?? null,
  one.measured ? one.measured.deltaN : null,
]
