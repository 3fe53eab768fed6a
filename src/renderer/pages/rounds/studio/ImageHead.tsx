/** Which image it is, and the way to its neighbours in the list. */
import { ChevronLeft, ChevronRight } from 'lucide-react'
import type { AnnotationItem } from '../../../../shared/annotation.ts'
import { formatCount } from '../../../format.ts'
import { useRounds } from '../../../stores/rounds.ts'
import { stepItem } from '../../../stores/rounds-rewrite.ts'
import { Button } from '../../../ui/Button.tsx'

export function ImageHead({ item }: { readonly item: AnnotationItem }) {
  const images = useRounds((state) => state.detail?.images ?? 0)
  return (
    <div className="studio-head">
      <h3 className="grow clip" title={item.imageName} dir="auto">
        {item.imageName}
      </h3>
      <span className="num dim">
        {formatCount(item.place + 1)} of {formatCount(images)}
      </span>
      <Button
        look="quiet"
        icon={<ChevronLeft className="icon" aria-hidden="true" />}
        label="Previous image (Alt ↑)"
        onPress={() => void stepItem(-1)}
      >
        {null}
      </Button>
      <Button
        look="quiet"
        icon={<ChevronRight className="icon" aria-hidden="true" />}
        label="Next image (Alt ↓)"
        onPress={() => void stepItem(1)}
      >
        {null}
      </Button>
    </div>
  )
}
