/** Long work on one caption at a time: its progress, its result, or why there is none. */
import { create, type StoreApi, type UseBoundStore } from 'zustand'
import { isCancelled } from '../../shared/errors.ts'
import { explain } from '../words.ts'

interface Step {
  readonly phase: string
  readonly fraction: number
}

export interface CellTaskState<T> {
  readonly results: Readonly<Record<string, T>>
  readonly running: (Step & { readonly cellId: string }) | null
  /** In words, with what to do next. */
  readonly failed: { readonly cellId: string; readonly words: string } | null
}

export interface CellTask<T> {
  readonly use: UseBoundStore<StoreApi<CellTaskState<T>>>
  /** Stops what runs, for whichever caption, and starts this one. */
  readonly start: (cellId: string) => Promise<void>
  readonly cancel: () => void
}

/** A result holds numbers for every word under every alt-text: old ones are let go, the workspace keeps the readings. */
const MOST_KEPT = 40

function keep<T>(results: Readonly<Record<string, T>>, cellId: string, result: T) {
  const others = Object.entries(results).filter(([id]) => id !== cellId)
  return Object.fromEntries([...others.slice(1 - MOST_KEPT), [cellId, result]])
}

export function createCellTask<T>(
  work: (cellId: string, signal: AbortSignal) => AsyncGenerator<Step, T>,
): CellTask<T> {
  const use = create<CellTaskState<T>>(() => ({ results: {}, running: null, failed: null }))
  let abort: AbortController | undefined
  const cancel = (): void => abort?.abort()
  const start = async (cellId: string): Promise<void> => {
    cancel()
    const mine = (abort = new AbortController())
    const put = (change: Partial<CellTaskState<T>>): void => {
      if (abort === mine) use.setState(change)
    }
    put({ running: { cellId, phase: 'starting', fraction: 0 }, failed: null })
    try {
      const steps = work(cellId, mine.signal)
      let step = await steps.next()
      for (; !step.done; step = await steps.next()) {
        const { phase, fraction } = step.value
        put({ running: { cellId, phase, fraction } })
      }
      const result = step.value
      use.setState(({ results }) => ({ results: keep(results, cellId, result) }))
    } catch (error) {
      const { message, hint } = explain(error)
      const words = `${message.replace(/\.$/, '')}. ${hint}`
      if (!isCancelled(error)) put({ failed: { cellId, words } })
    } finally {
      put({ running: null })
    }
  }
  return { use, start, cancel }
}
