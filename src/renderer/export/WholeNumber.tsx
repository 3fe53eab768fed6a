/** A field for a whole number; what is wrong with it stands below, and nothing is exported until it is right. */
import { useId } from 'react'
import { Fault } from '../ui/Fault.tsx'
import { useExport } from './export-store.ts'
import { WHOLE_NUMBERS, wholeFault, type WholeField } from './whole-numbers.ts'

export function WholeNumber({ field }: { readonly field: WholeField }) {
  const about = useId()
  const value = useExport((state) => state[field])
  const { label, from, to, empty } = WHOLE_NUMBERS[field]
  const fault = wholeFault(field, value)
  return (
    <div>
      <label>
        <span>{label}</span>
        <input
          type="number"
          className="text-input num"
          {...{ min: from, max: to, placeholder: empty ?? undefined }}
          step={1}
          value={value === null || Number.isNaN(value) ? '' : value}
          aria-describedby={about}
          aria-invalid={fault !== null}
          onChange={({ target }) => {
            // A browser gives no number for an empty field and for what is none.
            const none = target.validity.badInput ? Number.NaN : null
            const typed = target.valueAsNumber
            useExport.setState({ [field]: Number.isNaN(typed) ? none : typed })
          }}
        />
      </label>
      <div id={about} role="status">
        {fault !== null && <Fault words={fault} />}
      </div>
    </div>
  )
}
