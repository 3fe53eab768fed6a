/** How far the giving of a table is, over words, captions and scores together. */
import type { TaskEvent } from '../../shared/contract.ts'

type Progress = TaskEvent<'tables.apply'>
export type Step = (what: Progress['what'], done: number) => Progress

/** What one of each takes beside the others: a score needs the scorer, the rest a few rows of the workspace. */
const WEIGHTS: Readonly<Record<Progress['what'], number>> = { words: 1, captions: 1, scores: 20 }

export function createSteps(totals: Readonly<Record<Progress['what'], number>>): Step {
  const order = ['words', 'captions', 'scores'] as const
  const all = order.reduce((sum, what) => sum + totals[what] * WEIGHTS[what], 0)
  return (what, done) => {
    const before = order
      .slice(0, order.indexOf(what))
      .reduce((sum, one) => sum + totals[one] * WEIGHTS[one], 0)
    const fraction = all === 0 ? 1 : (before + done * WEIGHTS[what]) / all
    return { kind: 'progress', what, done, total: totals[what], fraction: Math.min(1, fraction) }
  }
}
