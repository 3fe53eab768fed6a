/** What a mix is made from: of every image its own alt-text and one caption, with their CLIP scores. */
import type { Parsed } from '../../../shared/contract.ts'
import { createBreather } from '../../../shared/breather.ts'
import { writerOf } from '../../../shared/elsewhere.ts'
import { RealignError } from '../../../shared/errors.ts'
import { ALT_KINDS, type AltKind } from '../../../shared/types.ts'
import type { Deps } from '../../deps.ts'
import type { Candidate } from '../../mix/strategies.ts'
import type { BundleNames } from '../bundle-names.ts'
import { captionerCalled } from '../references.ts'
import type { SelectedCell, SelectedImage } from '../selection.ts'
import { surveyOf, type Scorer } from '../survey.ts'

export type MixAsked = Pick<Parsed<'publish.rows'>, 'mix'> & {
  readonly names: BundleNames
  /** Of the selection: read twice, so that no more than scores is held. */
  readonly images: () => Iterable<SelectedImage>
}

/** Whose captions, under which kind of alt-text. */
export interface CaptionRow {
  readonly captionerId: string
  readonly altKind: AltKind
}

export interface Pool {
  readonly row: CaptionRow
  /** Rows that there are: of those with as many images, the image's own alt-text first. */
  readonly rows: readonly CaptionRow[]
  /** An image each, in the order of the selection. */
  readonly candidates: readonly Candidate[]
  readonly altTexts: ReadonlyMap<string, string>
  readonly scorer: Scorer | null
}

interface Found extends CaptionRow {
  /** Of the newest caption, by image. */
  readonly scores: Map<string, number | null>
}

/** The newest free caption of an image in a row. */
export const captionOf = (
  { cells }: SelectedImage,
  { captionerId, altKind }: CaptionRow,
): SelectedCell | undefined =>
  cells.findLast(
    (one) =>
      one.altKind === altKind &&
      one.cell.captionerId === captionerId &&
      !one.cell.provenance.branch,
  )

const kindPlace = ({ altKind }: CaptionRow): number =>
  altKind === 'own' ? -1 : ALT_KINDS.indexOf(altKind)

const called = ({ captionerId, altKind }: CaptionRow): string =>
  `${writerOf(captionerId)},${altKind}`

function chosen(found: readonly Found[], { mix, names }: MixAsked): Found {
  const { captions } = mix
  if (!captions) return found[0]!
  const captionerId = captionerCalled(captions.captionerId, new Set(names.keys()))
  const row = found.find(
    (one) =>
      one.captionerId === captionerId &&
      (captions.altKind === undefined || one.altKind === captions.altKind),
  )
  if (row) return row
  throw new RealignError(
    'not-found',
    `No caption of this selection is by ${writerOf(captionerId)}${captions.altKind === undefined ? '' : ` under the kind ${captions.altKind}`}`,
    { hint: `Captions here are by: ${found.slice(0, 8).map(called).join('; ')}.` },
  )
}

/** Null where the selection has no caption. */
export async function poolOf(
  deps: Deps,
  asked: MixAsked,
  signal: AbortSignal,
): Promise<Pool | null> {
  const breathe = createBreather(signal, deps.clock.elapsedMs)
  const { altTexts, rows, scorer } = await surveyOf(deps.store, asked.images(), null, breathe)
  const found = new Map<string, Found>()
  for (const { captionerId, altKind } of rows)
    found.set(called({ captionerId, altKind }), { captionerId, altKind, scores: new Map() })
  const ids: string[] = []
  for (const one of asked.images()) {
    ids.push(one.image.id)
    for (const row of found.values()) {
      const cell = captionOf(one, row)?.cell
      if (!cell) continue
      const same = cell.score?.scorerSha256 === scorer?.scorerSha256
      row.scores.set(one.image.id, same ? (cell.score?.clip ?? null) : null)
    }
    await breathe()
  }
  const sorted = [...found.values()].sort(
    (a, b) => b.scores.size - a.scores.size || kindPlace(a) - kindPlace(b),
  )
  if (sorted.length === 0) return null
  const row = chosen(sorted, asked)
  const candidates: Candidate[] = []
  for (const imageId of ids) {
    const text = altTexts.get(imageId)
    const clip = row.scores.get(imageId)
    candidates.push({
      imageId,
      alt:
        text === undefined
          ? null
          : {
              clip: scorer
                ? (deps.store.annotations.clip(imageId, text, scorer.scorerSha256) ?? null)
                : null,
            },
      caption: clip === undefined ? null : { clip },
    })
    await breathe()
  }
  const { captionerId, altKind } = row
  return {
    ...{ row: { captionerId, altKind }, candidates, altTexts, scorer },
    rows: sorted.map((one) => ({ captionerId: one.captionerId, altKind: one.altKind })),
  }
}

/** Texts without a score, which no strategy that chooses by score can place. */
export const unscored = (
  { candidates }: Pick<Pool, 'candidates'>,
  side: 'alt' | 'caption',
): number => candidates.filter((one) => one[side] && one[side].clip === null).length
