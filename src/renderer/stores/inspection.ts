/** What was asked about single cells: their tokens and the verdict of a replay. */
import { create } from 'zustand'
import type { Output } from '../../shared/contract.ts'
import { isEndpoint } from '../../shared/endpoint-names.ts'
import type { Cell } from '../../shared/types.ts'
import { client } from '../api.ts'
import { note, showError } from './toasts.ts'

export type Token = Output<'cells.tokens'>['tokens'][number]
export type Verdict = Output<'cells.replay'> & { readonly at: string }

interface InspectionState {
  readonly tokens: Readonly<Record<string, readonly Token[]>>
  readonly verdicts: Readonly<Record<string, Verdict>>
  /** The cell being replayed and how far it is. */
  readonly replaying: {
    readonly cellId: string
    readonly phase: string
    readonly fraction: number
  } | null
}

export const useInspection = create<InspectionState>(() => ({
  tokens: {},
  verdicts: {},
  replaying: null,
}))

const asked = new Set<string>()

export async function loadTokens(cellId: string): Promise<void> {
  if (asked.has(cellId)) return
  asked.add(cellId)
  try {
    const { tokens } = await client.call('cells.tokens', { cellId })
    useInspection.setState((state) => ({ tokens: { ...state.tokens, [cellId]: tokens } }))
  } catch (error) {
    asked.delete(cellId)
    showError(error)
  }
}

let replay: AbortController | null = null
export const cancelReplay = (): void => replay?.abort()

/** Generates the caption again from what was stored and compares byte for byte; an endpoint is asked the same again. */
export async function replayCell({ id: cellId, captionerId }: Cell): Promise<void> {
  const behind = isEndpoint(captionerId)
  if (useInspection.getState().replaying) return
  replay = new AbortController()
  useInspection.setState({ replaying: { cellId, phase: 'waiting', fraction: 0 } })
  try {
    const work = client.run('cells.replay', { cellId }, { signal: replay.signal })
    let step = await work.next()
    for (; !step.done; step = await work.next()) {
      const { phase, fraction } = step.value
      useInspection.setState({ replaying: { cellId, phase, fraction } })
    }
    const verdict: Verdict = { ...step.value, at: new Date().toISOString() }
    useInspection.setState((state) => ({ verdicts: { ...state.verdicts, [cellId]: verdict } }))
    note(
      behind
        ? `It answered ${verdict.identical ? 'the same' : 'otherwise'}`
        : `Replay ${verdict.identical ? 'is identical' : 'differs'}`,
      verdict.note,
    )
  } catch (error) {
    showError(error)
  } finally {
    useInspection.setState({ replaying: null })
    replay = null
  }
}
