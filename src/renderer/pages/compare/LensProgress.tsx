/** The lens at work: started where it is wanted, with progress and Cancel; else what went wrong, or a button. */
import { useEffect } from 'react'
import type { Cell } from '../../../shared/types.ts'
import { smallNumber } from '../../grounding/numbers.ts'
import type { CellTask } from '../../stores/cell-task.ts'
import { useComparison } from '../../stores/comparison.ts'
import { lens, type Lens } from '../../stores/lens.ts'
import { Button } from '../../ui/Button.tsx'
import { Progress } from '../../ui/Progress.tsx'

export interface TaskLineProps<T> {
  readonly task: CellTask<T>
  readonly cellId: string
  readonly label: string
  /** What the button says before anything was computed. */
  readonly ask: string
  /** Why it cannot be asked now; null when it can. */
  readonly blocked?: string | null
}

/** One line of a task on one caption: a button, then progress with Cancel, or why it failed. */
export function TaskLine<T>({ task, cellId, label, ask, blocked = null }: TaskLineProps<T>) {
  const running = task.use((state) => (state.running?.cellId === cellId ? state.running : null))
  const failed = task.use((state) => (state.failed?.cellId === cellId ? state.failed : null))
  if (running)
    return (
      <div className="progress" role="status">
        <span className="clip">{running.phase}</span>
        <Progress label={label} fraction={running.fraction} />
        <Button look="quiet" onPress={task.cancel}>
          Cancel
        </Button>
      </div>
    )
  return (
    <>
      {failed && (
        <p className="warn" role="alert">
          {failed.words}
        </p>
      )}
      <span>
        <Button blocked={blocked} onPress={() => void task.start(cellId)}>
          {failed ? 'Try again' : ask}
        </Button>
      </span>
    </>
  )
}

/** True when the row has an alt-text that the lens has not looked under. */
function useStale(cell: Cell, result: Lens | undefined): boolean {
  return useComparison(({ cells }) => {
    const known = new Set(result?.contexts.map(({ altText }) => altText))
    return (
      result !== undefined &&
      cells.some((one) => one.captionerId === cell.captionerId && !known.has(one.altText))
    )
  })
}

function Agreement({ result }: { readonly result: Lens }) {
  const difference = smallNumber(result.generationDiff)
  if (result.agrees)
    return (
      <p className="why num" title="Largest difference of any token’s log-probability">
        {result.generationDiff === 0
          ? 'Agrees with the generation, digit for digit'
          : `Agrees with the generation to ${difference} nats`}
      </p>
    )
  return (
    <p className="warn">
      These numbers differ from those of the generation by up to {difference} nats: another device
      or precision read the caption. Compare them within this view only.
    </p>
  )
}

export function LensProgress({ cell, wanted }: { readonly cell: Cell; readonly wanted: boolean }) {
  const result = lens.use((state) => state.results[cell.id])
  const stale = useStale(cell, result)
  const running = lens.use((state) => state.running?.cellId === cell.id)
  const cellId = cell.id
  // Asked for by choosing a lift: on the way through the captions each is computed, and left when one moves on.
  const missing = wanted && (result === undefined || stale)
  useEffect(() => {
    if (missing) void lens.start(cellId)
  }, [missing, cellId])
  useEffect(() => lens.cancel, [cellId])
  if (result && !stale && !running) return <Agreement result={result} />
  return (
    <TaskLine
      task={lens}
      cellId={cellId}
      label="Reading the caption under every alt-text"
      ask={stale ? 'Read under the new alt-text too' : 'Compare under every alt-text'}
    />
  )
}
