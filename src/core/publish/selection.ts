/** From what a person chose (images, a run, kinds) to the cells that are exported, image by image. */
import type { Selection } from '../../shared/contract/publish.ts'
import { RealignError } from '../../shared/errors.ts'
import { ALT_KINDS, type AltKind, type Cell, type ImageCard } from '../../shared/types.ts'
import type { Store } from '../store-port.ts'
import { drawImages, type Drawn } from './draw-images.ts'

export interface SelectedCell {
  readonly cell: Cell
  /** As the run called it, which may be another kind than the one the caption was first made under. */
  readonly altKind: AltKind
}

export interface SelectedImage {
  readonly image: Pick<ImageCard, 'id' | 'name' | 'className'>
  readonly cells: readonly SelectedCell[]
  /** Cells that fit the selection too but repeat another: older runs, further samples. */
  readonly leftOut: number
  /** Where the images of the selection were drawn: from what. */
  readonly drawn?: Drawn
}

const PAGE = 500
const RUNS_LOOKED_AT = 10_000

/** The full id behind 'last', a full id, or its first six or more characters. @throws not-found, bad-input */
export function findRun({ runs }: Pick<Store, 'runs'>, which: string): string {
  const known = runs.recent(RUNS_LOOKED_AT)
  const found =
    which === 'last'
      ? known.slice(0, 1)
      : known.filter(({ id }) => id === which || (which.length >= 6 && id.startsWith(which)))
  if (found.length > 1)
    throw new RealignError('bad-input', `${found.length} runs begin with ${which}`, {
      hint: 'Give more of the run id.',
    })
  if (found[0]) return found[0].id
  const latest = known[0]
  throw new RealignError('not-found', `There is no run ${JSON.stringify(which)}`, {
    hint: latest
      ? `The latest is ${latest.id} of ${latest.startedAt}; "last" stands for it.`
      : 'This workspace has no runs yet: compare some images first.',
  })
}

function* allImages({ images }: Pick<Store, 'images'>): Generator<string> {
  let after: string | null = null
  do {
    const page: ReturnType<typeof images.page> = images.page({
      after,
      limit: PAGE,
      search: '',
      group: null,
      sort: 'name',
    })
    for (const { id } of page.rows) yield id
    after = page.next
  } while (after !== null)
}

const kindOrder = (kind: AltKind): number => ALT_KINDS.indexOf(kind)

/** The newest of every condition and captioner; of one run its first sample. Order is kept. */
function firstOfEach(cells: readonly SelectedCell[]): readonly SelectedCell[] {
  const kept = new Map<string, SelectedCell>()
  for (const one of cells) {
    const key = JSON.stringify([one.altKind, one.cell.altText, one.cell.captionerId])
    const before = kept.get(key)
    // Cells come oldest first: another run replaces, another sample of the same run does not.
    if (before?.cell.runId !== one.cell.runId) kept.set(key, one)
  }
  const chosen = new Set(kept.values())
  return cells.filter((one) => chosen.has(one))
}

/** Branches stand in no table unless they are named: nobody's captioner said them freely. */
function cellsOf(
  store: Store,
  imageId: string,
  { runId, branches }: { readonly runId: string | null; readonly branches: boolean },
): readonly SelectedCell[] {
  if (runId !== null) return store.runs.cellsOf(runId, imageId)
  const { captions } = store
  return [...captions.ofImage(imageId), ...(branches ? captions.branchesOf(imageId) : [])]
    .map((cell) => ({ cell, altKind: cell.altKind }))
    .sort((a, b) => kindOrder(a.altKind) - kindOrder(b.altKind))
}

/** Of a run, the first sample of every place. */
function firstSamples(cells: readonly SelectedCell[]): readonly SelectedCell[] {
  const seen = new Set<string>()
  return cells.filter(({ cell, altKind }) => {
    const key = JSON.stringify([altKind, cell.altText, cell.captionerId])
    return !seen.has(key) && seen.add(key)
  })
}

function fitting({ altKinds, captionerIds, cellIds }: Selection) {
  const named = cellIds && new Set(cellIds)
  return ({ cell, altKind }: SelectedCell): boolean =>
    (altKinds === undefined || altKinds.includes(altKind)) &&
    (captionerIds === undefined || captionerIds.includes(cell.captionerId)) &&
    (named === undefined || named.has(cell.id))
}

/** Images of the named cells, in the order in which they are first named. */
function imagesOfCells({ captions }: Store, cellIds: readonly string[]): ReadonlySet<string> {
  const images = new Set<string>()
  for (const id of cellIds) {
    const cell = captions.get(id)
    if (!cell) throw new RealignError('not-found', `Cell ${id.slice(0, 8)} is not here`)
    images.add(cell.imageId)
  }
  return images
}

function withoutRepeats(
  cells: readonly SelectedCell[],
  { run, samples, cellIds }: Selection,
): readonly SelectedCell[] {
  if (samples === 'all' || cellIds) return cells
  return run === undefined ? firstOfEach(cells) : firstSamples(cells)
}

/** Images without a fitting cell are passed over. @throws RealignError not-found */
export function* selectImages(store: Store, selection: Selection): Generator<SelectedImage, void> {
  const runId = selection.run === undefined ? null : findRun(store, selection.run)
  const wanted = selection.cellIds
    ? imagesOfCells(store, selection.cellIds)
    : selection.imageIds && new Set(selection.imageIds)
  const fits = fitting(selection)
  const inRun = runId === null ? null : store.runs.imagesOf(runId)
  const ids = inRun ? inRun.filter((id) => !wanted || wanted.has(id)) : (wanted ?? allImages(store))
  const branches = selection.cellIds !== undefined
  const read = (id: string): SelectedImage | null => {
    const image = store.images.card(id)
    if (!image) {
      if (wanted) throw new RealignError('not-found', `Image ${id.slice(0, 12)} is not here`)
      return null
    }
    const found = cellsOf(store, id, { runId, branches }).filter(fits)
    const cells = withoutRepeats(found, selection)
    return cells.length > 0 ? { image, cells, leftOut: found.length - cells.length } : null
  }
  if (selection.random) {
    const { found, drawn } = drawImages([...ids], selection.random, read)
    for (const one of found) yield { ...one, drawn }
    return
  }
  for (const id of ids) {
    const one = read(id)
    if (one) yield one
  }
}
