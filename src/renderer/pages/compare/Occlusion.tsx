/** What the caption hangs on: alt-text words left out one by one, patches of the picture covered one by one. */
import type { Cell } from '../../../shared/types.ts'
import { useCursor } from '../../stores/cursor.ts'
import { GRID, imageOcclusion, useLensView, wordOcclusion } from '../../stores/lens.ts'
import { Button } from '../../ui/Button.tsx'
import { ArcDiagram } from './ArcDiagram.tsx'
import { TaskLine } from './LensProgress.tsx'

function Patches({ cell }: { readonly cell: Cell }) {
  const result = imageOcclusion.use((state) => state.results[cell.id])
  const shown = useLensView((state) => state.heat === cell.id)
  if (!result)
    return (
      <TaskLine
        task={imageOcclusion}
        cellId={cell.id}
        label="Covering the picture patch by patch"
        ask={`Cover ${GRID} × ${GRID} patches`}
      />
    )
  return (
    <span>
      <Button
        pressed={shown}
        onPress={() => useLensView.setState({ heat: shown ? null : cell.id })}
      >
        Heat map over the picture
      </Button>
    </span>
  )
}

export function Occlusion({ cell }: { readonly cell: Cell }) {
  const words = wordOcclusion.use((state) => state.results[cell.id])
  const at = useCursor(({ cursor }) =>
    cursor?.foldId === cell.id && cursor.place === 'caption' ? cursor : null,
  )
  return (
    <section className="part wide" aria-label="What it hangs on">
      <h3 className="label">What the caption hangs on</h3>
      {words ? (
        <ArcDiagram result={words} at={at} />
      ) : (
        <TaskLine
          task={wordOcclusion}
          cellId={cell.id}
          label="Leaving out one alt-text word after another"
          ask="Leave out each alt-text word"
          blocked={cell.altText === '' ? 'This caption was made without alt-text' : null}
        />
      )}
      <Patches cell={cell} />
    </section>
  )
}
