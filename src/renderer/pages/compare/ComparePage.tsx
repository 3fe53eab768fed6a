/** The home screen: one image, several alt-texts, captions side by side. */
import { useEffect } from 'react'
import { openImage, useComparison } from '../../stores/comparison.ts'
import { useLayout } from '../../stores/inspector-fold.ts'
import { useLibrary } from '../../stores/library.ts'
import { Compose } from './Compose.tsx'
import { EmptyWorkspace } from './EmptyWorkspace.tsx'
import { FoldedInspector } from './FoldedInspector.tsx'
import { Inspector } from './Inspector.tsx'
import { MarkCard } from './MarkCard.tsx'
import { Rail } from './Rail.tsx'
import { StageHead } from './StageHead.tsx'
import { Table } from './Table.tsx'
import { useMarksOfImage } from './use-marks.ts'

export function ComparePage() {
  const imageId = useComparison((state) => state.imageId)
  const first = useLibrary((state) => state.images[0]?.id)
  const { many, folded } = useLayout()
  useMarksOfImage()
  useEffect(() => {
    if (imageId === null && first !== undefined) void openImage(first)
  }, [imageId, first])
  if (imageId === null) return <EmptyWorkspace />
  return (
    <div className={['compare', many && 'many', folded && 'folded'].filter(Boolean).join(' ')}>
      <Rail />
      <main className="stage">
        <StageHead />
        <Table />
        <Compose />
        <MarkCard />
      </main>
      {folded ? <FoldedInspector /> : <Inspector />}
    </div>
  )
}
