/** Figures of the open annotation, and the two long works on it: scoring its texts, putting a round into the project. */
import { create } from 'zustand'
import type { AnnotationFigures } from '../../shared/annotation.ts'
import type { Input, Output } from '../../shared/contract.ts'
import { client } from '../api.ts'
import { saveText } from '../files/save-text.ts'
import { plural } from '../format.ts'
import { refreshCells } from './comparison.ts'
import { refreshRounds, useRounds } from './rounds.ts'
import { note, showError } from './toasts.ts'

export type ExportWhat = Input<'annotations.export'>['what']
export type PutIn = Output<'annotations.toCaptions'> & { readonly round: number }

interface Working {
  readonly what: 'score' | 'put'
  readonly done: number
  /** 0 until it is known. */
  readonly total: number
}

interface FiguresState {
  readonly annotationId: string | null
  readonly figures: AnnotationFigures | null
  readonly working: Working | null
  /** What the last putting into the project did. */
  readonly put: PutIn | null
  /** Why some texts have no score, in words. */
  readonly problem: string | null
}

const NOTHING: FiguresState = {
  ...{ annotationId: null, figures: null, working: null, put: null, problem: null },
}

export const useFigures = create<FiguresState>(() => NOTHING)

let abort: AbortController | null = null
export const cancelRoundsWork = (): void => abort?.abort()

export async function refreshFigures(): Promise<void> {
  const { openId: annotationId } = useRounds.getState()
  if (annotationId === null) return
  const { working, annotationId: before } = useFigures.getState()
  if (before !== annotationId) useFigures.setState({ ...NOTHING, annotationId, working })
  try {
    const figures = await client.call('annotations.figures', { annotationId })
    if (useFigures.getState().annotationId === annotationId) useFigures.setState({ figures })
  } catch (error) {
    if (useFigures.getState().annotationId === annotationId) showError(error)
  }
}

type Steps<R> = AsyncGenerator<{ readonly done: number; readonly total: number }, R>

/** One at a time. What a cancel leaves is done the next time. */
async function work<R>(
  what: Working['what'],
  begin: (signal: AbortSignal) => Steps<R>,
): Promise<R | null> {
  if (abort) return null
  abort = new AbortController()
  useFigures.setState({ working: { what, done: 0, total: 0 }, problem: null })
  try {
    const steps = begin(abort.signal)
    let step = await steps.next()
    for (; !step.done; step = await steps.next()) {
      const { done, total } = step.value
      useFigures.setState({ working: { what, done, total } })
    }
    return step.value
  } catch (error) {
    showError(error)
    return null
  } finally {
    abort = null
    useFigures.setState({ working: null })
    await Promise.all([refreshRounds(), refreshFigures()])
  }
}

export async function scoreTexts(annotationId: string): Promise<void> {
  const done = await work('score', (signal) =>
    client.run('annotations.score', { annotationId }, { signal }),
  )
  if (!done) return
  const { scored, failed, problem } = done
  useFigures.setState({ problem })
  note(
    `${plural(scored, 'text')} scored`,
    failed > 0 ? `${plural(failed, 'text')} could not be.` : '',
  )
}

export async function putIntoProject(annotationId: string, round: number): Promise<void> {
  const done = await work('put', (signal) =>
    client.run('annotations.toCaptions', { annotationId, round }, { signal }),
  )
  if (!done) return
  useFigures.setState({ put: { ...done, round } })
  void refreshCells()
}

export async function exportRounds(annotationId: string, what: ExportWhat): Promise<void> {
  try {
    const { name, text } = await client.call('annotations.export', { annotationId, what })
    saveText(name, text)
    note(`${name} saved`)
  } catch (error) {
    showError(error)
  }
}
