/** Captions that a table brings, as cells of a run of their own, with a provenance that says where they were read. */
import { isElsewhere } from '../../shared/elsewhere.ts'
import { DEFAULT_SETTINGS, type AltKind, type Cell, type ImageDetail } from '../../shared/types.ts'
import { timestamp, type Deps } from '../deps.ts'
import type { NewCaption } from '../store-port.ts'
import type { PlannedCaption } from './plan-table.ts'
import type { EntryCaption } from './read-entry.ts'

/** A planned caption of somebody with a name. */
export type WrittenCaption = PlannedCaption & { readonly captionerId: string }

export interface TableFile {
  readonly name: string
  readonly sha256: string
}

/** Known of the image before the table is looked at. */
export interface Known {
  readonly detail: Pick<ImageDetail, 'altTexts' | 'className'> | undefined
  /** Free captions of the image, oldest first. */
  readonly cells: readonly Cell[]
}

export const knownOf = ({ store }: Pick<Deps, 'store'>, imageId: string): Known => ({
  detail: store.images.detail(imageId),
  cells: store.captions.ofImage(imageId),
})

/**
 * The kind of alt-text that the captioner was given: as the table says; else by what the image has, own words before
 * its class; else as captions under the same words are called here, so that they stand in one row.
 */
export function givenKind(
  { altText, altKind }: Pick<EntryCaption, 'altText' | 'altKind'>,
  { detail, cells }: Known,
): AltKind {
  if (altKind !== null) return altKind
  if (altText === '') return 'empty'
  const has = (kind: AltKind): boolean =>
    detail?.altTexts.some((one) => one.kind === kind && one.text === altText) ?? false
  if (has('own')) return 'own'
  if (has('class-name') || detail?.className === altText) return 'class-name'
  return cells.findLast((cell) => cell.altText === altText)?.altKind ?? 'free'
}

/** The cell that says the same already, whatever table it came from. */
export const sameCaption = (
  { captionerId, altText, text }: Pick<WrittenCaption, 'captionerId' | 'altText' | 'text'>,
  { cells }: Pick<Known, 'cells'>,
): Cell | undefined =>
  cells.findLast(
    (cell) => cell.captionerId === captionerId && cell.altText === altText && cell.caption === text,
  )

/** True for a row of an export of ours whose cell is here, with the same words. */
export const isCellHere =
  ({ store }: Pick<Deps, 'store'>) =>
  (imageId: string, { cellId, text }: Pick<EntryCaption, 'cellId' | 'text'>): boolean => {
    const cell = cellId === null ? undefined : store.captions.get(cellId)
    return cell?.imageId === imageId && cell.caption.trim() === text
  }

interface KeptBy {
  readonly runId: string
  readonly file: TableFile
  readonly kind: AltKind
}

/** What would say how it was made stays empty: nobody knows it, and `elsewhere` says so. */
export function toElsewhereCaption(
  deps: Pick<Deps, 'appVersion' | 'clock'>,
  { imageId, captionerId, altText, text, line, notes }: WrittenCaption,
  { runId, file, kind }: KeptBy,
): NewCaption {
  const settings = DEFAULT_SETTINGS
  return {
    identity: { imageId, altText, captionerId, bundleSha256: '', settings, seed: 0 },
    ...{ runId, altKind: kind, text, tokenIds: [], logProbs: [] },
    provenance: {
      ...{ captionerId, bundleSha256: '', variant: '', device: '', deviceReason: '' },
      ...{ preprocessing: '', runtime: '', appVersion: deps.appVersion, settings, seed: 0 },
      ...{ altTokens: 0, altCut: false, finish: 'eos', encodeMs: 0, prefillMs: 0, decodeMs: 0 },
      notes: [...notes],
      elsewhere: { file: file.name, fileSha256: file.sha256, line },
    },
    createdAt: timestamp(deps),
  }
}

interface Batch {
  readonly runId: string
  readonly file: TableFile
  /** Image by image. */
  readonly images: readonly (readonly WrittenCaption[])[]
}

interface Kept {
  readonly cells: readonly Cell[]
  /** How many of them are new. */
  readonly added: number
}

function keepOfImage(
  deps: Deps,
  { runId, file }: Omit<Batch, 'images'>,
  captions: readonly WrittenCaption[],
): Kept {
  const { store } = deps
  const known = knownOf(deps, captions[0]?.imageId ?? '')
  let added = 0
  const cells = captions.map((caption, condition) => {
    const kind = givenKind(caption, known)
    const there = sameCaption(caption, known)
    if (!there) added++
    const cell =
      there ?? store.captions.add(toElsewhereCaption(deps, caption, { runId, file, kind }))
    const reused = there !== undefined
    store.runs.addUse({ runId, cellId: cell.id, altKind: kind, condition, sample: 0, reused })
    return cell
  })
  return { cells, added }
}

/** The captions of some images, in one transaction. */
export const keepSome = (deps: Deps, { images, ...how }: Batch): Kept =>
  deps.store.together(() => {
    const kept = images.map((captions) => keepOfImage(deps, how, captions))
    return {
      cells: kept.flatMap(({ cells }) => cells),
      added: kept.reduce((sum, { added }) => sum + added, 0),
    }
  })

export const isWritten = (caption: PlannedCaption): caption is WrittenCaption =>
  caption.captionerId !== null && isElsewhere(caption.captionerId)
