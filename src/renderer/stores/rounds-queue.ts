/** The images of the open annotation as its list shows them: page by page as far as one has scrolled. */
import { create } from 'zustand'
import type { AnnotationPlace } from '../../shared/annotation.ts'
import type { Input } from '../../shared/contract.ts'
import { client } from '../api.ts'
import { annotatorOf, useRounds } from './rounds.ts'
import { showError } from './toasts.ts'

export type QueueShow = NonNullable<Input<'annotations.places'>['show']>

interface QueueState {
  readonly places: readonly AnnotationPlace[]
  readonly total: number
  readonly show: QueueShow
  /** Images that wait for whoever sits here, or for anybody; null until that is known. */
  readonly open: number | null
  readonly loading: boolean
  readonly loaded: boolean
}

export const PAGE_PLACES = 200
/** As many as one request may ask for. */
const MOST_AT_ONCE = 500

const EMPTY = { places: [], total: 0, open: null, loading: false, loaded: false }
export const useQueue = create<QueueState>(() => ({ ...EMPTY, show: 'open' }))

/** Raised by every new list, so that a late page of the old one is dropped. */
let listing = 0

/** Whose list it is, as the host is asked. */
export function asked(): Pick<Input<'annotations.places'>, 'annotationId' | 'annotator'> | null {
  const state = useRounds.getState()
  if (state.openId === null || !state.detail) return null
  return { annotationId: state.openId, annotator: annotatorOf(state) }
}

async function readOn(
  known: readonly AnnotationPlace[],
  { until, quiet = false }: { readonly until: number; readonly quiet?: boolean },
): Promise<void> {
  const mine = listing
  const about = asked()
  if (!about) return
  const { show } = useQueue.getState()
  if (!quiet) useQueue.setState({ loading: true })
  try {
    const places = [...known]
    for (;;) {
      const limit = Math.min(MOST_AT_ONCE, Math.max(1, until - places.length))
      const after = places.at(-1)?.place ?? -1
      const page = await client.call('annotations.places', { ...about, show, after, limit })
      if (mine !== listing) return
      places.push(...page.places)
      const { total } = page
      if (page.places.length < limit || places.length >= until) {
        useQueue.setState({ places, total, loaded: true, ...(show === 'open' && { open: total }) })
        break
      }
    }
    if (show !== 'open') await countOpen(about, mine)
  } catch (error) {
    if (mine === listing) showError(error)
  } finally {
    if (mine === listing) useQueue.setState({ loading: false })
  }
}

async function countOpen(
  about: NonNullable<ReturnType<typeof asked>>,
  mine: number,
): Promise<void> {
  const { total } = await client.call('annotations.places', { ...about, show: 'open', limit: 1 })
  if (mine === listing) useQueue.setState({ open: total })
}

/** Another list: another annotation, annotator or choice of what to show. */
export async function openQueue(show: QueueShow = useQueue.getState().show): Promise<void> {
  listing++
  useQueue.setState({ ...EMPTY, show })
  await readOn([], { until: PAGE_PLACES })
}

/** The same list as it is by now; the old one stays in view until then. */
export async function reloadQueue(): Promise<void> {
  const { places } = useQueue.getState()
  listing++
  await readOn([], { until: Math.max(PAGE_PLACES, places.length), quiet: true })
}

export async function loadMorePlaces(): Promise<void> {
  const { places, total, loading } = useQueue.getState()
  if (loading || places.length >= total) return
  await readOn(places, { until: places.length + PAGE_PLACES })
}

/** The next image that waits for whoever sits here, from this place on and then from the beginning. */
export async function nextOpen(after: number): Promise<AnnotationPlace | null> {
  const about = asked()
  if (!about) return null
  const find = async (from: number) =>
    (await client.call('annotations.places', { ...about, show: 'open', after: from, limit: 1 }))
      .places[0] ?? null
  return (await find(after)) ?? (after >= 0 ? await find(-1) : null)
}

/** The neighbour of a place in the list that is shown; null at its ends. */
export async function neighbour(place: number, by: 1 | -1): Promise<AnnotationPlace | null> {
  const { places, show } = useQueue.getState()
  if (by === -1) return places.findLast((one) => one.place < place) ?? null
  const known = places.find((one) => one.place > place)
  const about = asked()
  if (known || !about) return known ?? null
  const input = { ...about, show, after: place, limit: 1 }
  return (await client.call('annotations.places', input)).places[0] ?? null
}
