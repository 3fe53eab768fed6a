/** Which images are judged: the whole library, or those that are picked here. */
import { PickImages } from '../../../components/PickImages.tsx'
import { plural } from '../../../format.ts'
import { useStatus } from '../../../stores/status.ts'
import { changePlan, usePlan } from '../../../stores/study-plan.ts'
import { Choice, Section } from './fields.tsx'

export function ImagesSection() {
  const imageIds = usePlan((state) => state.form.imageIds)
  // Not the count of the library's list: that one follows its search.
  const total = useStatus((state) => state.status?.workspace.images ?? 0)
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
        <PickImages
          label="Images to judge"
          imageIds={imageIds}
          onChange={(picked) => changePlan({ imageIds: picked })}
        />
      )}
    </Section>
  )
}
