/** Keeps the marks of the open image in step with its captions. */
import { useEffect } from 'react'
import { useComparison } from '../../stores/comparison.ts'
import { refreshMarks } from '../../stores/marks.ts'
import { useRuns } from '../../stores/runs.ts'

/** Waits for the end of a run: the caption under the empty alt-text is one of the things marks go by. */
export function useMarksOfImage(): void {
  const ids = useComparison((state) => state.cells.map(({ id }) => id).join(' '))
  // What is known of the picture is the other: its class name, once somebody said it.
  const className = useComparison((state) => state.image?.className ?? '')
  const runs = useRuns(({ live }) =>
    live.some(({ imageId }) => imageId === useComparison.getState().imageId),
  )
  useEffect(() => {
    if (ids !== '' && !runs) void refreshMarks(ids.split(' '))
  }, [ids, className, runs])
}
