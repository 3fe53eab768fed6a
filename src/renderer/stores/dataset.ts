/** The dataset view: which run is looked at, how it is filtered and sorted, and which rows that gives. */
import { create } from 'zustand'
import type { Input, Output } from '../../shared/contract.ts'
import type { RunSummary } from '../../shared/contract/dataset.ts'
import { client } from '../api.ts'
import { seldom } from './seldom.ts'
import { showError } from './toasts.ts'

export type Query = Input<'dataset.list'>
export type Listing = Output<'dataset.list'>

interface DatasetState {
  readonly runs: readonly RunSummary[]
  /** False until the runs came. */
  readonly loaded: boolean
  readonly query: Query
  /** null until the first answer. */
  readonly list: Listing | null
  readonly loading: boolean
  /** Raised by every other question; a list that only grew keeps it. */
  readonly view: number
  /** The bar of the profile whose cells are shown, in words. */
  readonly behind: string | null
  /** Place of the row that the keys move from. */
  readonly current: number
  readonly showProfile: boolean
}

export const useDataset = create<DatasetState>(() => ({
  runs: [],
  loaded: false,
  query: {},
  list: null,
  loading: false,
  view: 0,
  behind: null,
  current: 0,
  showProfile: true,
}))

/** Raised by every question, so that a late answer to an old one is dropped. */
let asked = 0
/** Another question than the one that the list answers. */
let another = false

/** `same`: the question is the old one, only its answer may have grown. */
export async function reloadDataset(same = false): Promise<void> {
  const mine = ++asked
  another ||= !same
  useDataset.setState({ loading: true })
  try {
    const list = await client.call('dataset.list', useDataset.getState().query)
    if (mine !== asked) return
    useDataset.setState(({ view, current }) => ({
      list,
      view: another ? view + 1 : view,
      current: another ? 0 : current,
    }))
    another = false
  } catch (error) {
    if (mine === asked) showError(error)
  } finally {
    if (mine === asked) useDataset.setState({ loading: false })
  }
}

/** undefined takes a filter away; what is not named stays. */
export type QueryChange = { readonly [K in keyof Query]?: Query[K] | undefined }

const without = (query: QueryChange): Query =>
  Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined)) as Query // only what was there

export function changeQuery(change: QueryChange): void {
  const query = without({ ...useDataset.getState().query, ...change })
  useDataset.setState({ query, ...(!query.cellIds && { behind: null }) })
  void reloadDataset()
}

export async function refreshRuns(): Promise<readonly RunSummary[]> {
  try {
    const listed = await client.call('runs.list', {})
    // A branch is a run of one caption: nothing to scroll, and there may be many.
    const runs = listed.runs.filter(({ kind }) => kind !== 'branch')
    useDataset.setState({ runs, loaded: true })
    return runs
  } catch (error) {
    showError(error)
    return []
  }
}

/** Captions, marks and scores that came since, here or in another window. */
export const followDataset = seldom(async () => {
  if (useDataset.getState().list) await Promise.all([refreshRuns(), reloadDataset(true)])
})

/** Another run starts without the filters of the old one. null: every cell of the workspace. */
export function chooseRun(runId: string | null): void {
  const { sort, descending } = useDataset.getState().query
  const query = without({ ...(runId !== null && { runId }), sort, descending })
  useDataset.setState({ query, behind: null })
  void reloadDataset()
}

/** The newest run of probes when nothing was chosen yet. */
export async function openDataset(): Promise<void> {
  const runs = await refreshRuns()
  const { query, list } = useDataset.getState()
  const newest = runs.find(({ kind, cells }) => kind === 'probes' && cells > 0)
  if (list === null && query.runId === undefined && newest) chooseRun(newest.id)
  else await reloadDataset()
}

export function showBehind(behind: string, cellIds: readonly string[]): void {
  useDataset.setState({ behind })
  changeQuery({ cellIds: [...cellIds] })
}

export const toggleProfile = (): void =>
  useDataset.setState(({ showProfile }) => ({ showProfile: !showProfile }))

export const clearFilters = (): void =>
  changeQuery({
    ...{ words: undefined, altKinds: undefined, cellIds: undefined, change: undefined },
    ...{ carried: undefined, rejected: undefined, erroneous: undefined },
  })

export const isFiltered = ({ words, altKinds, cellIds, change, ...query }: Query): boolean =>
  Boolean(words || altKinds || cellIds) ||
  (change ?? 'all') !== 'all' ||
  [query.carried, query.rejected, query.erroneous].some((one) => one !== undefined)
