/** The images of the workspace, page by page as far as one has scrolled. */
import { create } from 'zustand'
import type { Input, Output } from '../../shared/contract.ts'
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

/** Lists of up to so many images are read to their end at once, so that the scroll bar tells where one is. */
const WHOLE = 10_000

/** Raised by every new list, so that a late page of the old one is dropped. */
let listing = 0

interface Reading {
  readonly after: string | null
  /** What is shown first has so many images, or all; later it is shown again whenever it has doubled. */
  readonly first: number
  readonly until: number
}

/** Reads on after `known`. */
async function readOn(known: readonly ImageCard[], reading: Reading): Promise<void> {
  const mine = listing
  const { search, sort } = useLibrary.getState()
  useLibrary.setState({ loading: true })
  try {
    const images = [...known]
    let { after: next, first: least } = reading
    do {
      const page = await client.call('images.list', { after: next, search, sort, limit: PAGE })
      if (mine !== listing) return
      images.push(...page.images)
      next = page.next
      const atEnd = next === null || images.length >= reading.until
      if (!atEnd && images.length < least) continue
      least = 2 * images.length
      useLibrary.setState({ images: [...images], next, total: page.total, loaded: true })
    } while (next !== null && images.length < reading.until)
  } catch (error) {
    if (mine === listing) showError(error)
  } finally {
    if (mine === listing) useLibrary.setState({ loading: false })
  }
}

async function openList(): Promise<void> {
  listing++
  await readOn([], { after: null, first: PAGE, until: WHOLE })
}

/** The same list as it is by now: the old one stays until the new one is as long, so that nobody loses the place. */
export async function reloadImages(): Promise<void> {
  const { length } = useLibrary.getState().images
  listing++
  await readOn([], { after: null, first: length, until: Math.max(length, WHOLE) })
}

export async function loadMoreImages(): Promise<void> {
  const { images, next, loading } = useLibrary.getState()
  if (next === null || loading) return
  const until = images.length + PAGE
  await readOn(images, { after: next, first: until, until })
}

export async function searchImages(search: string): Promise<void> {
  useLibrary.setState({ search })
  await openList()
}

export async function sortImages(sort: Sort): Promise<void> {
  useLibrary.setState({ sort })
  await openList()
}

/** Keeps the card in step with what was just learnt about its image. */
export function patchCard(detail: ImageDetail): void {
  const { altTexts: _alts, sourcePath: _path, truth: _truth, ...card } = detail
  useLibrary.setState(({ images }) => ({
    images: images.map((image) => (image.id === card.id ? card : image)),
  }))
}

/** A list of one page is read again at once, a longer one takes its time. */
const isShort = (): boolean => useLibrary.getState().images.length < PAGE

/** One caption more on the card of an image in a list that is read again late. */
export function countCaption(imageId: string): void {
  if (isShort()) return
  useLibrary.setState(({ images }) => ({
    images: images.map((image) =>
      image.id === imageId ? { ...image, captions: image.captions + 1 } : image,
    ),
  }))
}

/** Ids of all images that a listing has, page by page. */
export async function* imageIdPages(
  listing: Pick<Input<'images.list'>, 'search' | 'sort'>,
): AsyncGenerator<readonly string[]> {
  let after: string | null = null
  do {
    const input: Input<'images.list'> = { ...listing, after, limit: PAGE }
    const page: Output<'images.list'> = await client.call('images.list', input)
    yield page.images.map(({ id }) => id)
    after = page.next
  } while (after !== null)
}

/** Everything that the list stands for, also what nobody has scrolled to; what came before a failure of it. */
export async function listedImageIds(): Promise<readonly string[]> {
  const { search, sort } = useLibrary.getState()
  const ids: string[] = []
  try {
    for await (const page of imageIdPages({ search, sort })) ids.push(...page)
  } catch (error) {
    showError(error)
  }
  return ids
}

/** As many as one request may name. */
const REMOVED_AT_ONCE = 10_000

export async function removeImages(imageIds: readonly string[]): Promise<number> {
  let count = 0
  for (let from = 0; from < imageIds.length; from += REMOVED_AT_ONCE) {
    const some = imageIds.slice(from, from + REMOVED_AT_ONCE)
    const { removed } = await client.call('images.remove', { imageIds: some })
    count += removed
  }
  const gone = new Set(imageIds)
  useLibrary.setState(({ selected, images }) => ({
    selected: selected.filter((id) => !gone.has(id)),
    images: images.filter(({ id }) => !gone.has(id)),
  }))
  await reloadImages()
  return count
}
