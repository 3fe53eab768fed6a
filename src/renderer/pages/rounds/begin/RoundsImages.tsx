/** Which images are rewritten: all of the library, some of it, or a sample that the seed draws. */
import { PickImages } from '../../../components/PickImages.tsx'
import { formatCount, plural } from '../../../format.ts'
import { changeBegin, useBegin } from '../../../stores/rounds-begin.ts'
import { useStatus } from '../../../stores/status.ts'
import { Choice, FormSection, NumberField } from '../../sessions/plan/fields.tsx'
import { useBeginFaults } from './use-begin-faults.ts'

export function RoundsImages() {
  const { which, imageIds, count } = useBegin((state) => state.form)
  // Not the count of the library's list: that one follows its search.
  const total = useStatus((state) => state.status?.workspace.images ?? 0)
  const { images: fault } = useBeginFaults()
  return (
    <FormSection
      title="Images"
      note="Fixed when the rounds begin."
      faults={fault === undefined ? [] : [fault]}
    >
      <Choice
        label="Images of the rounds"
        value={which}
        options={[
          ['all', `The whole library, ${plural(total, 'image')}`],
          [
            'some',
            imageIds.length === 0 ? 'A selection' : `A selection, ${formatCount(imageIds.length)}`,
          ],
          ['sample', 'A sample'],
        ]}
        onChange={(value) => changeBegin({ which: value })}
      />
      {which === 'some' && (
        <PickImages
          label="Images to rewrite"
          imageIds={imageIds}
          onChange={(picked) => changeBegin({ imageIds: picked })}
        />
      )}
      {which === 'sample' && (
        <NumberField
          label="Images of the sample"
          value={count}
          min={1}
          max={10_000}
          onChange={(value) => changeBegin({ count: value })}
        />
      )}
    </FormSection>
  )
}
