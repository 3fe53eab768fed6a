/** What stands in round 1: the alt-text, as in the paper, or what a captioner said. */
import { plural } from '../../../format.ts'
import type { StartChoice } from '../../../rounds/begin-form.ts'
import { changeBegin, useBegin } from '../../../stores/rounds-begin.ts'
import { sourceName } from '../../../stores/study-plan.ts'
import { Choice, FormSection } from '../../sessions/plan/fields.tsx'

function Captions({ start }: { readonly start: Extract<StartChoice, { from: 'captions' }> }) {
  const sources = useBegin((state) => state.sources)
  const chosen = sources.findIndex(
    ({ captionerId, altKind }) => captionerId === start.captionerId && altKind === start.altKind,
  )
  return (
    <label>
      <span className="label">Captions of</span>
      <select
        className="text-input"
        value={chosen}
        onChange={(event) => {
          const source = sources[Number(event.target.value)]
          if (!source) return
          const { captionerId, altKind } = source
          changeBegin({ start: { from: 'captions', captionerId, altKind } })
        }}
      >
        {sources.map((source, index) => (
          <option key={index} value={index}>
            {sourceName(source)}, {plural(source.images, 'image')}
          </option>
        ))}
      </select>
    </label>
  )
}

export function StartSection() {
  const start = useBegin((state) => state.form.start)
  const sources = useBegin((state) => state.sources)
  const [first] = sources
  return (
    <FormSection
      title="Round 1"
      note="Never written: it is what the first rewrite begins from."
      faults={[]}
    >
      <Choice
        label="What stands in round 1"
        value={start.from}
        options={[
          ['alt-text', 'The alt-text'],
          ['captions', 'Captions of a captioner'],
        ]}
        onChange={(from) => {
          if (from === 'alt-text') return changeBegin({ start: { from } })
          if (first)
            changeBegin({
              start: { from, captionerId: first.captionerId, altKind: first.altKind },
            })
        }}
      />
      {start.from === 'captions' && <Captions start={start} />}
      {!first && (
        <p className="why">No captioner has captioned anything yet; Compare and Dataset do that.</p>
      )}
    </FormSection>
  )
}
