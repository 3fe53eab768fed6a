/** Who rewrites, under which names, and whether they swap from round to round. */
import { Plus, X } from 'lucide-react'
import { useId } from 'react'
import { MOST_ANNOTATORS, swapBlocked } from '../../../rounds/begin-form.ts'
import { changeBegin, useBegin } from '../../../stores/rounds-begin.ts'
import { Button } from '../../../ui/Button.tsx'
import { FormSection } from '../../sessions/plan/fields.tsx'
import { useBeginFaults } from './use-begin-faults.ts'

/** The first letter that nobody has. */
function another(names: readonly string[]): string {
  for (let at = 0; at < 26; at++) {
    const letter = String.fromCharCode(65 + at)
    if (!names.includes(letter)) return letter
  }
  return ''
}

function Swap() {
  const form = useBegin((state) => state.form)
  const why = useId()
  const blocked = swapBlocked(form)
  return (
    <div>
      <label className="check">
        <input
          type="checkbox"
          checked={form.swap && blocked === null}
          aria-disabled={blocked !== null}
          aria-describedby={why}
          onChange={(event) => blocked === null && changeBegin({ swap: event.target.checked })}
        />
        Swap: from round 3 on nobody rewrites their own text
      </label>
      <p className="why" id={why}>
        {blocked === null
          ? 'As in the paper, where each of two vendors corrects the other.'
          : `${blocked}.`}
      </p>
    </div>
  )
}

export function AnnotatorsSection() {
  const names = useBegin((state) => state.form.annotators)
  const { annotators: fault } = useBeginFaults()
  const change = (annotators: readonly string[]) => changeBegin({ annotators })
  return (
    <FormSection
      title="Annotators"
      note="Pseudonyms, not names: they stand in every export."
      faults={fault === undefined ? [] : [fault]}
    >
      <ul className="rater-names">
        {names.map((name, index) => (
          <li key={index}>
            <input
              className="text-input"
              aria-label={`Name of annotator ${index + 1}`}
              value={name}
              maxLength={100}
              onChange={(event) =>
                change(names.map((one, at) => (at === index ? event.target.value : one)))
              }
            />
            <button
              type="button"
              className="btn quiet"
              aria-label={`Remove ${name || `annotator ${index + 1}`}`}
              onClick={() => change(names.filter((_, at) => at !== index))}
            >
              <X className="icon" aria-hidden="true" />
            </button>
          </li>
        ))}
        <li>
          <Button
            icon={<Plus className="icon" aria-hidden="true" />}
            blocked={
              names.length < MOST_ANNOTATORS ? null : `At most ${MOST_ANNOTATORS} annotators`
            }
            onPress={() => change([...names, another(names)])}
          >
            Add
          </Button>
        </li>
      </ul>
      <Swap />
    </FormSection>
  )
}
