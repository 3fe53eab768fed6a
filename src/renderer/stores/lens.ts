/** The token lens, occlusion of alt-text words and of picture patches: each for one caption at a time. */
import { create } from 'zustand'
import type { Output } from '../../shared/contract.ts'
import { client } from '../api.ts'
import { createCellTask } from './cell-task.ts'

export type Lens = Output<'lens.compute'>
export type WordOcclusion = Output<'lens.occludeWords'>
export type ImageOcclusion = Output<'lens.occludeImage'>

export const lens = createCellTask((cellId, signal) =>
  client.run('lens.compute', { cellId, alternatives: 5 }, { signal }),
)
export const wordOcclusion = createCellTask((cellId, signal) =>
  client.run('lens.occludeWords', { cellId }, { signal }),
)

/** 8 x 8 patches: 65 forward passes, and squares still large enough to hold a thing. */
export const GRID = 8
export const imageOcclusion = createCellTask(async function* (cellId, signal) {
  const result = yield* client.run('lens.occludeImage', { cellId, grid: GRID }, { signal })
  useLensView.setState({ heat: cellId })
  return result
})

export type LensMode = 'alt' | 'image' | 'probability'
const MODES: readonly LensMode[] = ['alt', 'image', 'probability']

interface LensView {
  /** Probability was kept with the caption; the lifts must be computed, so they wait to be asked for. */
  readonly mode: LensMode
  /** The caption whose heat map lies over the picture. */
  readonly heat: string | null
  /** The alternatives take the focus as soon as they are there. */
  readonly branching: boolean
}

export const useLensView = create<LensView>(() => ({
  mode: 'probability',
  heat: null,
  branching: false,
}))

export const setLensMode = (mode: LensMode): void => useLensView.setState({ mode })
export const nextLensMode = (): void =>
  setLensMode(MODES[(MODES.indexOf(useLensView.getState().mode) + 1) % MODES.length] ?? 'alt')

export const setBranching = (branching: boolean): void => useLensView.setState({ branching })

export function cancelLens(): void {
  setBranching(false)
  for (const task of [lens, wordOcclusion, imageOcclusion]) task.cancel()
}
