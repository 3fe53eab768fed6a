/** Which images are rewritten: all of the library, some of it, or a sample that the seed draws. */
import { ImageGrid } from '../../../components/ImageGrid.tsx'
import { formatCount, plural } from '../../../format.ts'
import { useLibrary } from '../../../stores/library.ts'
import { changeBegin, useBegin } from '../../../stores/rounds-begin.ts'
import { useStatus } from '../../../stores/status.ts'
import { Choice, FormSection, NumberField } from '../../sessions/plan/fields.tsx'
import { useBeginFaults } from './use-begin-faults.ts'

function Pick() {
  const imageIds = useBegin((state) => state.form.imageIds)
  const images = useLibrary((state) => state.images)
  return (
    <div className="pick-images">
      <ImageGrid
        label="Images to rewrite"
        side={56}
        gap={8}
        names={false}
        selectionMode="multiple"
        selectionBehavior="toggle"
        selectedKeys={imageIds}
        onSelectionChange={(keys) =>
          changeBegin({
            imageIds: keys === 'all' ? images.map(({ id }) => id) : [...keys].map(String),
          })
        }
      />
    </div>
  )
}

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
      {which === 'some' && <Pick />}
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
