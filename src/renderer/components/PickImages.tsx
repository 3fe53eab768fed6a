/** A small grid to choose images of the library from, for a form. */
import { useLibrary } from '../stores/library.ts'
import { ImageGrid } from './ImageGrid.tsx'

export interface PickImagesProps {
  readonly label: string
  readonly imageIds: readonly string[]
  readonly onChange: (imageIds: string[]) => void
}

export function PickImages({ label, imageIds, onChange }: PickImagesProps) {
  const images = useLibrary((state) => state.images)
  return (
    <div className="pick-images">
      <ImageGrid
        label={label}
        side={56}
        gap={8}
        names={false}
        selectionMode="multiple"
        selectionBehavior="toggle"
        selectedKeys={imageIds}
        onSelectionChange={(keys) =>
          onChange(keys === 'all' ? images.map(({ id }) => id) : [...keys].map(String))
        }
      />
    </div>
  )
}
