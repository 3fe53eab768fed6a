/** Who rewrites, under which names, and whether they swap from round to round. */
import { useId } from 'react'
import { NameList } from '../../../components/NameList.tsx'
import { MOST_ANNOTATORS, swapBlocked } from '../../../rounds/begin-form.ts'
import { changeBegin, useBegin } from '../../../stores/rounds-begin.ts'
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
      <NameList
        names={names}
        fieldLabel={(number) => `Name of annotator ${number}`}
        who="annotator"
        onChange={change}
        onAdd={() => change([...names, another(names)])}
        full={names.length < MOST_ANNOTATORS ? null : `At most ${MOST_ANNOTATORS} annotators`}
      />
      <Swap />
    </FormSection>
  )
}
