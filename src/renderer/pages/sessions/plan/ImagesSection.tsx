/** Which images are judged: the whole library, or those that are picked here. */
import { ImageGrid } from '../../../components/ImageGrid.tsx'
import { plural } from '../../../format.ts'
import { useLibrary } from '../../../stores/library.ts'
import { useStatus } from '../../../stores/status.ts'
import { changePlan, usePlan } from '../../../stores/study-plan.ts'
import { Choice, Section } from './fields.tsx'

export function ImagesSection() {
  const imageIds = usePlan((state) => state.form.imageIds)
  // Not the count of the library's list: that one follows its search.
  const total = useStatus((state) => state.status?.workspace.images ?? 0)
  const images = useLibrary((state) => state.images)
  return (
    <Section
      title="Images"
      note="Images that lack a caption of some system are left out, and counted."
      faults={['images']}
    >
      <Choice
        label="Images of the study"
        value={imageIds === null ? 'all' : 'some'}
        options={[
          ['all', `The whole library, ${plural(total, 'image')}`],
          ['some', imageIds === null ? 'A selection' : `A selection, ${imageIds.length}`],
        ]}
        onChange={(value) => changePlan({ imageIds: value === 'all' ? null : [] })}
      />
      {imageIds !== null && (
        <div className="pick-images">
          <ImageGrid
            label="Images to judge"
            side={56}
            gap={8}
            names={false}
            selectionMode="multiple"
            selectionBehavior="toggle"
            selectedKeys={imageIds}
            onSelectionChange={(keys) =>
              changePlan({
                imageIds: keys === 'all' ? images.map(({ id }) => id) : [...keys].map(String),
              })
            }
          />
        </div>
      )}
    </Section>
  )
}
