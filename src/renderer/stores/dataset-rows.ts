/** Rows of the dataset view, fetched a page at a time as they are scrolled to; the oldest pages are forgotten. */
import { create } from 'zustand'
import type { DatasetRow } from '../../shared/contract/dataset.ts'
import type { AltKind } from '../../shared/types.ts'
import { client } from '../api.ts'
import { KIND_NAMES } from '../kinds.ts'
import type { Listing } from './dataset.ts'
import { showError } from './toasts.ts'

export const PAGE_ROWS = 50
const MOST_PAGES = 120

/** In the order of ALT_KINDS, of which the page takes only the type. */
const KINDS = Object.keys(KIND_NAMES) as readonly AltKind[]

/** Which rows a list has, in its order. */
export type Places = Pick<Listing, 'cellIds' | 'kinds' | 'others'>

interface RowsState {
  /** The list that these pages belong to. */
  readonly of: Places | null
  readonly pages: ReadonlyMap<number, readonly DatasetRow[]>
}

export const useDatasetRows = create<RowsState>(() => ({ of: null, pages: new Map() }))

let asked = new Map<number, AbortController>()
/** Pages that came for the present list. */
let fresh = new Set<number>()

/** Pages with the rows of the new list stay until they come again: their marks and scores may be others by now. */
function start(list: Places): void {
  for (const abort of asked.values()) abort.abort()
  asked = new Map()
  fresh = new Set()
  useDatasetRows.setState(({ pages }) => ({
    of: list,
    pages: new Map(
      [...pages].filter(
        ([page, rows]) =>
          (rows.length === PAGE_ROWS || rows.length === list.cellIds.length - page * PAGE_ROWS) &&
          rows.every(
            ({ cellId, other, altKind }, index) =>
              cellId === list.cellIds[page * PAGE_ROWS + index] &&
              altKind === KINDS[list.kinds[page * PAGE_ROWS + index] ?? -1] &&
              (other?.cellId ?? null) === (list.others[page * PAGE_ROWS + index] ?? null),
          ),
      ),
    ),
  }))
}

export const kindAt = (list: Places, index: number): AltKind =>
  KINDS[list.kinds[index] ?? 0] ?? 'free'

function placesOf(list: Places, page: number) {
  const from = page * PAGE_ROWS
  return list.cellIds.slice(from, from + PAGE_ROWS).map((cellId, index) => ({
    cellId,
    altKind: kindAt(list, from + index),
    other: list.others[from + index] ?? null,
  }))
}

async function fetchPage(list: Places, page: number): Promise<void> {
  const abort = new AbortController()
  asked.set(page, abort)
  try {
    const { signal } = abort
    const { rows } = await client.call('dataset.rows', { places: placesOf(list, page) }, { signal })
    if (useDatasetRows.getState().of !== list) return
    fresh.add(page)
    useDatasetRows.setState(({ pages }) => {
      // The same rows are not drawn again.
      if (JSON.stringify(pages.get(page)) === JSON.stringify(rows)) return { pages }
      const kept = new Map(pages).set(page, rows)
      for (const old of kept.keys()) {
        if (kept.size <= MOST_PAGES) break
        kept.delete(old)
        fresh.delete(old)
      }
      return { pages: kept }
    })
  } catch (error) {
    if (!abort.signal.aborted) showError(error)
  } finally {
    if (asked.get(page) === abort) asked.delete(page)
  }
}

/** Rows [from, to) of a list are on the screen or near it: fetches what is missing, gives up what was only passed by. */
export function needRows(list: Places, from: number, to: number): void {
  if (useDatasetRows.getState().of !== list) start(list)
  const last = Math.ceil(list.cellIds.length / PAGE_ROWS) - 1
  const [first, end] = [
    Math.max(0, Math.floor(from / PAGE_ROWS)),
    Math.min(last, Math.floor((to - 1) / PAGE_ROWS)),
  ]
  for (const [page, abort] of asked)
    if (page < first || page > end) {
      abort.abort()
      asked.delete(page)
    }
  for (let page = first; page <= end; page++)
    if (!fresh.has(page) && !asked.has(page)) void fetchPage(list, page)
}

/** The page that a row lies on, itself, so that who looks at it alone learns only of it. */
export const pageOf = (state: RowsState, index: number): readonly DatasetRow[] | undefined =>
  state.pages.get(Math.floor(index / PAGE_ROWS))

export const rowAt = (state: RowsState, index: number): DatasetRow | undefined =>
  state.pages.get(Math.floor(index / PAGE_ROWS))?.[index % PAGE_ROWS]
