/** The figures of the Statistics table: how captions of each captioner, under each kind of alt-text, are written. */
import type { Parsed } from '../../../shared/contract.ts'
import { isElsewhere } from '../../../shared/elsewhere.ts'
import type { AltKind } from '../../../shared/types.ts'
import { createBreather } from '../../../shared/breather.ts'
import type { Deps } from '../../deps.ts'
import { countedWords } from '../../metrics/caption-words.ts'
import { tokenise } from '../../grounding/tokens.ts'
import { quantile } from '../../studies/statistics/bootstrap.ts'
import { createResampler, type Later } from '../../studies/statistics/resampler.ts'
import { hidesNames } from '../../text-statistics/entities.ts'
import { sampleOrder, sampleSize } from '../../text-statistics/equal-sample.ts'
import { ratiosLater, type Ratio, type RatioRow } from '../../text-statistics/ratios.ts'
import { createLexicon, vocabularyOf, type Vocabulary } from '../../text-statistics/vocabulary.ts'
import { baseRowOf, type BaseRow } from '../base-row.ts'
import type { BundleNames } from '../bundle-names.ts'
import type { SelectedImage } from '../selection.ts'
import { surveyOf } from '../survey.ts'
import {
  collect,
  countOpening,
  isShare,
  MEASURES,
  type Group,
  type MeasureName,
} from './collect.ts'

export const RESAMPLES = 1000
/** Of the bootstrap and of the sample; both are told below the table. */
export const SEED = 1

export interface StatisticsRow {
  readonly altKind: AltKind
  /** null: the images' own alt-texts. */
  readonly captionerId: string | null
  /** null of captions made elsewhere. */
  readonly captionerSha256: string | null
  readonly captions: number
  readonly images: number
  readonly ratios: Readonly<Record<MeasureName, Ratio | null>>
  readonly deltas: Readonly<Record<MeasureName, Ratio | null>>
  /** Of the words of a caption. */
  readonly quartiles: readonly [number, number, number]
  /** The most frequent first three words. */
  readonly opening: string
  /** Null of a row with fewer images than the sample. */
  readonly vocabulary: Vocabulary | null
}

export interface Statistics {
  readonly rows: readonly StatisticsRow[]
  readonly base: BaseRow
  /** Images of each row that its vocabulary is counted over. */
  readonly sample: { readonly images: number; readonly asked: boolean }
  readonly altTexts: {
    readonly texts: number
    readonly images: number
    /** Titles and texts in capitals, whose names cannot be told. */
    readonly hidden: number
  }
  readonly visual: { readonly name: string; readonly words: number } | null
}

type Request = Pick<Parsed<'publish.rows'>, 'base' | 'baseline' | 'statistics'>

export interface StatisticsAsked extends Request {
  readonly names: BundleNames
  /** Of the table: read twice. */
  readonly images: () => Iterable<SelectedImage>
}

/** The group that a row's differences are to; null of that row itself, and where there is none. */
function baseOf(groups: readonly Group[], group: Group, base: BaseRow): Group | null {
  const found = groups.find((one) => {
    if (base.kind === 'alt-text') return one.captionerId === null
    if (one.captionerId === null || one.altKind !== base.altKind) return false
    return base.kind === 'row'
      ? one.captionerId === base.captionerId
      : one.captionerId === group.captionerId && one.bundleSha256 === group.bundleSha256
  })
  return found === group ? null : (found ?? null)
}

const named = (values: readonly (Ratio | null)[]): StatisticsRow['ratios'] =>
  Object.fromEntries(MEASURES.map((name, at) => [name, values[at] ?? null])) as Record<
    MeasureName,
    Ratio | null
  >

function quartilesOf(lengths: readonly number[]): StatisticsRow['quartiles'] {
  const sorted = Float64Array.from(lengths).sort()
  return [quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75)]
}

/** The first caption of the images that come first in an order of all. */
function sampled({ imageIds, first }: Group, size: number): readonly Uint32Array[] {
  return sampleOrder(imageIds, SEED)
    .slice(0, size)
    .map((at) => first[at]!)
}

async function rowsOf(
  groups: readonly Group[],
  {
    base,
    size,
    types,
    breathe,
  }: {
    readonly base: BaseRow
    readonly size: number
    readonly types: number
    readonly breathe: () => Promise<void>
  },
): Promise<readonly StatisticsRow[]> {
  const resampler = createResampler({ seed: SEED, resamples: RESAMPLES })
  const shares = MEASURES.map(isShare)
  const openings: string[] = []
  for (const group of groups) {
    await breathe()
    openings.push(countOpening(group))
  }
  const later: Later<RatioRow>[] = []
  for (const group of groups) {
    await breathe()
    const tallies = baseOf(groups, group, base)?.tallies ?? null
    const rows = { rows: group.tallies, base: tallies, breathe }
    later.push(await ratiosLater(resampler, shares, rows))
  }
  for (const _ of resampler.run()) await breathe()
  const rows: StatisticsRow[] = []
  for (const [at, group] of groups.entries()) {
    await breathe()
    const { altKind, captionerId, bundleSha256, tallies, lengths } = group
    const { ratios, deltas } = later[at]!()
    await breathe()
    const enough = size > 0 && tallies.length >= size
    const vocabulary = enough ? await vocabularyOf(sampled(group, size), types, breathe) : null
    await breathe()
    rows.push({
      ...{ altKind, captionerId, captions: lengths.length, images: tallies.length },
      captionerSha256: captionerId === null || isElsewhere(captionerId) ? null : bundleSha256,
      ...{ ratios: named(ratios), deltas: named(deltas), quartiles: quartilesOf(lengths) },
      opening: openings[at]!,
      vocabulary,
    })
  }
  return rows
}

/** Fails as base rows do that are not in the selection. */
export async function statisticsFor(
  deps: Deps,
  { base: asked, baseline, statistics, names, images }: StatisticsAsked,
  signal: AbortSignal,
): Promise<Statistics> {
  const breathe = createBreather(signal, deps.clock.elapsedMs)
  const survey = await surveyOf(deps.store, images(), null, breathe)
  const base = baseRowOf(survey, { base: asked, baseline, known: new Set(names.keys()) })
  const { altTexts } = survey
  const { vocabulary, sampleImages } = statistics
  const visual = vocabulary ? new Set(vocabulary.words.flatMap(countedWords)) : null
  const lexicon = createLexicon()
  const groups = await collect(images(), { lexicon, altTexts, visual, breathe })
  const size = sampleImages ?? sampleSize(groups.map(({ tallies }) => tallies.length))
  const rows = await rowsOf(groups, { base, size, types: lexicon.size, breathe })
  let hidden = 0
  for (const text of altTexts.values()) {
    if (hidesNames(text, tokenise(text))) hidden++
    await breathe()
  }
  return {
    ...{ rows, base, sample: { images: size, asked: sampleImages !== undefined } },
    altTexts: { texts: altTexts.size, images: survey.images, hidden },
    visual: vocabulary && visual ? { name: vocabulary.name, words: visual.size } : null,
  }
}
