/** What a selection holds besides its captions: alt-texts, references, which rows it makes and which scorer. Read once. */
import type { AltKind } from '../../shared/types.ts'
import type { Store } from '../store-port.ts'
import type { References } from './references.ts'
import type { SelectedImage } from './selection.ts'

/** A row of Table 1, but for the scorer. */
export interface RowKey {
  readonly captionerId: string
  readonly altKind: AltKind
  readonly bundleSha256: string
}

export interface Scorer {
  readonly scorerId: string
  readonly scorerSha256: string
}

export interface Survey {
  readonly images: number
  /** The images' own alt-texts, by image; images without one are left out. */
  readonly altTexts: ReadonlyMap<string, string>
  /** What people wrote of each image; empty without references. */
  readonly references: ReadonlyMap<string, readonly string[]>
  readonly rows: readonly RowKey[]
  /** The one that scored most of the captions; null where none is scored. */
  readonly scorer: Scorer | null
}

interface Tally extends Scorer {
  n: number
}

/** The image's own alt-text, the newest; undefined where it has none, or only spaces. */
export function ownAltText({ images }: Pick<Store, 'images'>, imageId: string): string | undefined {
  const own = images.detail(imageId)?.altTexts.findLast(({ kind }) => kind === 'own')?.text
  return own === undefined || own.trim() === '' ? undefined : own
}

export async function surveyOf(
  store: Pick<Store, 'images'>,
  images: Iterable<SelectedImage>,
  references: References | null,
  breathe: () => Promise<void>,
): Promise<Survey> {
  const altTexts = new Map<string, string>()
  const texts = new Map<string, readonly string[]>()
  const rows = new Map<string, RowKey>()
  const scorers = new Map<string, Tally>()
  let count = 0
  for (const { image, cells } of images) {
    count++
    const own = ownAltText(store, image.id)
    if (own !== undefined) altTexts.set(image.id, own)
    if (references) texts.set(image.id, references.of(image.id))
    for (const { cell, altKind } of cells) {
      const { captionerId, provenance, score } = cell
      const { bundleSha256, branch } = provenance
      if (branch) continue
      rows.set([altKind, captionerId, bundleSha256].join(' '), {
        ...{ altKind, captionerId, bundleSha256 },
      })
      if (!score) continue
      const { scorerId, scorerSha256 } = score
      const tally = scorers.get(scorerSha256) ?? { scorerId, scorerSha256, n: 0 }
      tally.n++
      scorers.set(scorerSha256, tally)
    }
    await breathe()
  }
  const [scorer = null] = [...scorers.values()].sort((a, b) => b.n - a.n)
  return {
    ...{ images: count, altTexts, references: texts, rows: [...rows.values()] },
    scorer: scorer && { scorerId: scorer.scorerId, scorerSha256: scorer.scorerSha256 },
  }
}
