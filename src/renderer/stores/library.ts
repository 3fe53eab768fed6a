/** The images of the workspace, page by page as far as one has scrolled. */
import { create } from 'zustand'
import type { ImageCard, ImageDetail } from '../../shared/types.ts'
import { client } from '../api.ts'
import { showError } from './toasts.ts'

export type Sort = 'added' | 'name'

interface LibraryState {
  readonly images: readonly ImageCard[]
  readonly next: string | null
  readonly total: number
  readonly search: string
  readonly sort: Sort
  readonly loading: boolean
  /** False until the first page came. */
  readonly loaded: boolean
  /** Ids of the images that are selected in the library. */
  readonly selected: readonly string[]
}

const PAGE = 500

export const useLibrary = create<LibraryState>(() => ({
  images: [],
  next: null,
  total: 0,
  search: '',
  sort: 'added',
  loading: false,
  loaded: false,
  selected: [],
}))

export const selectImages = (selected: readonly string[]): void => useLibrary.setState({ selected })

/** Raised by every new list, so that a late page of the old one is dropped. */
let listing = 0

async function fetchPage(after: string | null): Promise<void> {
  const mine = listing
  const { search, sort } = useLibrary.getState()
  useLibrary.setState({ loading: true })
  try {
    const page = await client.call('images.list', { after, search, sort, limit: PAGE })
    if (mine !== listing) return
    useLibrary.setState(({ images }) => ({
      images: after === null ? page.images : [...images, ...page.images],
      next: page.next,
      total: page.total,
      loaded: true,
    }))
  } catch (error) {
    if (mine === listing) showError(error)
  } finally {
    if (mine === listing) useLibrary.setState({ loading: false })
  }
}

export async function reloadImages(): Promise<void> {
  listing++
  await fetchPage(null)
}

export async function loadMoreImages(): Promise<void> {
  const { next, loading } = useLibrary.getState()
  if (next !== null && !loading) await fetchPage(next)
}

export async function searchImages(search: string): Promise<void> {
  useLibrary.setState({ search })
  await reloadImages()
}

export async function sortImages(sort: Sort): Promise<void> {
  useLibrary.setState({ sort })
  await reloadImages()
}

/** Keeps the card in step with what was just learnt about its image. */
export function patchCard(detail: ImageDetail): void {
  const { altTexts: _alts, sourcePath: _path, truth: _truth, ...card } = detail
  useLibrary.setState(({ images }) => ({
    images: images.map((image) => (image.id === card.id ? card : image)),
  }))
}

export async function removeImages(imageIds: readonly string[]): Promise<number> {
  const { removed } = await client.call('images.remove', { imageIds: [...imageIds] })
  useLibrary.setState(({ selected }) => ({
    selected: selected.filter((id) => !imageIds.includes(id)),
  }))
  await reloadImages()
  return removed
}
