/** The open image: what is known of it, its cells, what is selected and pinned. */
import { create } from 'zustand'
import type { Cell, ImageDetail } from '../../shared/types.ts'
import { client } from '../api.ts'
import type { Baseline } from '../sheet/baseline.ts'
import { toSheet } from '../sheet/sheet-model.ts'
import { countCaption, patchCard, useLibrary } from './library.ts'
import { showError } from './toasts.ts'

interface ComparisonState {
  readonly imageId: string | null
  readonly image: ImageDetail | null
  readonly cells: readonly Cell[]
  /** False until the cells of `imageId` came. */
  readonly loaded: boolean
  /** Id of a cell, or key of a running one. */
  readonly selected: string | null
  readonly baseline: Baseline | null
  readonly asSeen: boolean
  readonly showDifferences: boolean
}

export const useComparison = create<ComparisonState>(() => ({
  imageId: null,
  image: null,
  cells: [],
  loaded: false,
  selected: null,
  baseline: null,
  asSeen: false,
  // Off at first: marks and differences together are more than one reads at a glance.
  showDifferences: false,
}))

const isOpen = (imageId: string) => useComparison.getState().imageId === imageId

/** The first row whose alt-text says something is what one came to look at, whichever was captioned first. */
export function firstToShow(cells: readonly Cell[]): string | null {
  const { rows } = toSheet(cells, [])
  const row = rows.find(({ altKind }) => altKind !== 'empty') ?? rows[0]
  return row?.places.flatMap(({ folds }) => folds)[0]?.id ?? null
}

export async function openImage(imageId: string): Promise<void> {
  if (isOpen(imageId)) return
  useComparison.setState({ imageId, image: null, cells: [], loaded: false, selected: null })
  try {
    const [image, { cells }] = await Promise.all([
      client.call('images.get', { imageId }),
      client.call('cells.list', { imageId }),
    ])
    if (!isOpen(imageId)) return
    useComparison.setState({ image, cells, loaded: true, selected: firstToShow(cells) })
  } catch (error) {
    if (isOpen(imageId)) showError(error)
  }
}

/** What is known of the open image may have been said elsewhere. */
export async function refreshImage(): Promise<void> {
  const { imageId } = useComparison.getState()
  if (imageId === null) return
  try {
    const image = await client.call('images.get', { imageId })
    if (isOpen(imageId)) useComparison.setState({ image })
  } catch (error) {
    if (isOpen(imageId)) showError(error)
  }
}

/** Captions of the open image that somebody else made join it; what this page knows already stays. */
export async function refreshCells(): Promise<void> {
  const { imageId, loaded } = useComparison.getState()
  if (imageId === null || !loaded) return
  try {
    const { cells: found } = await client.call('cells.list', { imageId })
    if (!isOpen(imageId)) return
    useComparison.setState(({ cells, selected }) => {
      const known = new Map(cells.map((cell) => [cell.id, cell]))
      const listed = found.map((cell) => (cell.score ? cell : (known.get(cell.id) ?? cell)))
      const ids = new Set(found.map(({ id }) => id))
      const all = [...listed, ...cells.filter(({ id }) => !ids.has(id))]
      return { cells: all, selected: selected ?? firstToShow(all) }
    })
  } catch (error) {
    if (isOpen(imageId)) showError(error)
  }
}

/** Opens the neighbour of the open image in the list, -1 or 1. */
export function openNeighbour(step: number): void {
  const { images } = useLibrary.getState()
  const at = images.findIndex((image) => image.id === useComparison.getState().imageId)
  const next = images[Math.min(images.length - 1, Math.max(0, at + step))]
  if (next) void openImage(next.id)
}

/** A new cell joins at the end; one already there is replaced (its score came). */
export function putCell(cell: Cell): void {
  if (!isOpen(cell.imageId)) return
  const { cells } = useComparison.getState()
  const known = cells.some(({ id }) => id === cell.id)
  useComparison.setState({
    cells: known ? cells.map((old) => (old.id === cell.id ? cell : old)) : [...cells, cell],
  })
  if (!known) countCaption(cell.imageId)
}

export const select = (selected: string | null): void => useComparison.setState({ selected })

export async function setAltText(kind: 'class-name' | 'own', text: string): Promise<void> {
  const { imageId } = useComparison.getState()
  if (imageId === null) return
  const image = await client.call('images.setAltText', { imageId, altKind: kind, text })
  if (isOpen(imageId)) useComparison.setState({ image })
  patchCard(image)
}
