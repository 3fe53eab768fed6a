/** Parts of the plan's form: a section with its fault beside it, a number, a choice. */
import { TriangleAlert } from 'lucide-react'
import { useId, type ReactNode } from 'react'
import { faultsOf, usePlan } from '../../../stores/study-plan.ts'
import type { PlanField } from '../../../study/plan-form.ts'

export interface FormSectionProps {
  readonly title: string
  readonly note?: string
  /** What is wrong, in words. */
  readonly faults: readonly string[]
  readonly children: ReactNode
}

export function FormSection({ title, note, faults, children }: FormSectionProps) {
  const heading = useId()
  return (
    <section className="plan-section" aria-labelledby={heading}>
      <div className="plan-title">
        <h2 id={heading}>{title}</h2>
        {note !== undefined && <p className="dim">{note}</p>}
      </div>
      <div className="plan-body">
        {children}
        {faults.map((words) => (
          <p key={words} className="fault">
            <TriangleAlert className="icon" aria-hidden="true" />
            <span>{words}</span>
          </p>
        ))}
      </div>
    </section>
  )
}

export interface SectionProps extends Omit<FormSectionProps, 'faults'> {
  readonly faults: readonly PlanField[]
}

/** A section of the plan of a study. */
export function Section({ faults, ...section }: SectionProps) {
  const said = faultsOf(usePlan())
  return <FormSection {...section} faults={faults.flatMap((field) => said[field] ?? [])} />
}

export interface NumberFieldProps {
  readonly label: string
  /** NaN: the field is empty. */
  readonly value: number
  readonly onChange: (value: number) => void
  readonly unit?: string
  readonly step?: number
  readonly min?: number
  readonly max?: number
}

export function NumberField(props: NumberFieldProps) {
  const { label, value, onChange, unit, ...range } = props
  return (
    <label className="number-field">
      <span>{label}</span>
      <span className="number-input">
        <input
          type="number"
          className="text-input num"
          value={Number.isNaN(value) ? '' : value}
          onChange={(event) => onChange(event.target.valueAsNumber)}
          {...range}
        />
        {unit !== undefined && <span className="dim">{unit}</span>}
      </span>
    </label>
  )
}

export interface ChoiceProps<T extends string> {
  readonly label: string
  readonly value: T
  readonly options: readonly (readonly [T, string])[]
  readonly onChange: (value: T) => void
}

/** Two or three that exclude each other, all in view. */
export function Choice<T extends string>({ label, value, options, onChange }: ChoiceProps<T>) {
  return (
    <div className="segments" role="group" aria-label={label}>
      {options.map(([one, title]) => (
        <button key={one} type="button" aria-pressed={one === value} onClick={() => onChange(one)}>
          {title}
        </button>
      ))}
    </div>
  )
}
