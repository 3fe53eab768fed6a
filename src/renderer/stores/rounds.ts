/** Rounds of annotation: which are there, which is open, and who sits at this window. */
import { create } from 'zustand'
import type { Annotation, AnnotationSummary, Guideline } from '../../shared/annotation.ts'
import { client } from '../api.ts'
import { tabStorage } from '../rate/storage.ts'
import { showError } from './toasts.ts'

export type RoundsView = 'begin' | 'rewrite' | 'figures'

interface RoundsState {
  /** Newest first. */
  readonly annotations: readonly AnnotationSummary[]
  /** The product's own. */
  readonly guideline: Guideline | null
  /** False until the first list came. */
  readonly loaded: boolean
  readonly view: RoundsView
  readonly openId: string | null
  readonly detail: Annotation | null
  /** Who writes at this window, by annotation. */
  readonly annotators: Readonly<Record<string, string>>
}

const KEY = 'realign-rounds'
type Place = Pick<RoundsState, 'view' | 'openId' | 'annotators'>
const NOWHERE: Place = { view: 'begin', openId: null, annotators: {} }

function kept(): Place {
  try {
    const place = JSON.parse(tabStorage.kept.getItem(KEY) ?? '{}') as Partial<Place> // written below
    return { ...NOWHERE, ...place }
  } catch {
    return NOWHERE
  }
}

export const useRounds = create<RoundsState>(() => ({
  ...{ annotations: [], guideline: null, loaded: false, detail: null },
  ...kept(),
}))

useRounds.subscribe(({ view, openId, annotators }) => {
  tabStorage.kept.setItem(KEY, JSON.stringify({ view, openId, annotators } satisfies Place))
})

const isOpen = (id: string): boolean => useRounds.getState().openId === id

/** Who sits here; the only annotator where there is one. */
export const annotatorOf = ({ detail, annotators }: RoundsState): string | null => {
  if (!detail) return null
  const [only, other] = detail.annotators
  if (only !== undefined && other === undefined) return only
  return detail.annotators.find((name) => name === annotators[detail.id]) ?? null
}

export function sitDown(name: string | null): void {
  const { openId, annotators } = useRounds.getState()
  if (openId === null) return
  const { [openId]: _left, ...others } = annotators
  useRounds.setState({ annotators: name === null ? others : { ...others, [openId]: name } })
}

export const showRoundsView = (view: RoundsView): void => useRounds.setState({ view })

export function flipRoundsView(): void {
  const { view, openId } = useRounds.getState()
  if (openId !== null) showRoundsView(view === 'figures' ? 'rewrite' : 'figures')
}

export const beginNew = (): void =>
  useRounds.setState({ view: 'begin', openId: null, detail: null })

/** What is known of the open one, from whoever just learnt it. */
export function learnt(detail: Annotation): void {
  const { id, name, createdAt, images, openRound, done } = detail
  useRounds.setState(({ annotations, openId }) => ({
    annotations: annotations.map((one) =>
      one.id === id ? { id, name, createdAt, images, openRound, done } : one,
    ),
    ...(openId === id && { detail }),
  }))
}

export async function refreshRounds(): Promise<void> {
  const { openId: annotationId } = useRounds.getState()
  if (annotationId === null) return
  try {
    const detail = await client.call('annotations.get', { annotationId })
    if (isOpen(annotationId)) learnt(detail)
  } catch (error) {
    if (isOpen(annotationId)) showError(error)
  }
}

export async function openRounds(openId: string, view: RoundsView = 'rewrite'): Promise<void> {
  const same = isOpen(openId)
  useRounds.setState({ openId, view, ...(!same && { detail: null }) })
  await refreshRounds()
}

/** The newest opens by itself when nothing is open yet; one that is gone is open no more. */
export async function refreshAnnotations(): Promise<void> {
  try {
    const first = !useRounds.getState().loaded
    const { annotations, guideline } = await client.call('annotations.list', {})
    useRounds.setState({ annotations, guideline, loaded: true })
    const { openId, view } = useRounds.getState()
    const there = annotations.some(({ id }) => id === openId)
    if (openId !== null && !there) beginNew()
    else if (openId !== null) await refreshRounds()
    else if (first && annotations[0])
      await openRounds(annotations[0].id, view === 'figures' ? view : 'rewrite')
  } catch (error) {
    showError(error)
  }
}

/** Images that lack an earlier round keep that one first. */
export async function openNextRound(): Promise<Annotation | null> {
  const { openId: annotationId, detail: seen } = useRounds.getState()
  if (annotationId === null || !seen) return null
  try {
    const round = seen.openRound + 1
    const detail = await client.call('annotations.openRound', { annotationId, round })
    learnt(detail)
    return detail
  } catch (error) {
    showError(error)
    return null
  }
}
