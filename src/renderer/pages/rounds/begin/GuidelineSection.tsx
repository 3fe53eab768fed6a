/** What annotators are told and reminded of; kept with the rounds as it is when they begin. */
import { Plus, X } from 'lucide-react'
import type { Guideline } from '../../../../shared/annotation.ts'
import { plural } from '../../../format.ts'
import { withStep } from '../../../rounds/begin-form.ts'
import { RULE_ABOUT, RULE_NAMES, RULES } from '../../../rounds/words.ts'
import { useRounds } from '../../../stores/rounds.ts'
import { changeBegin, useBegin } from '../../../stores/rounds-begin.ts'
import { Button } from '../../../ui/Button.tsx'
import { FormSection } from '../../sessions/plan/fields.tsx'
import { useBeginFaults } from './use-begin-faults.ts'

interface PartProps {
  readonly guideline: Guideline
  readonly change: (change: Partial<Guideline>) => void
}

function Steps({ guideline, change }: PartProps) {
  const { steps } = guideline
  return (
    <div>
      <span className="label">Steps, ticked for every rewrite</span>
      <ol className="guideline-steps">
        {steps.map(({ id, text }, index) => (
          <li key={id}>
            <textarea
              className="text-input grows"
              aria-label={`Step ${index + 1}`}
              value={text}
              rows={1}
              maxLength={500}
              onChange={(event) =>
                change({
                  steps: steps.map((one) =>
                    one.id === id ? { id, text: event.target.value } : one,
                  ),
                })
              }
            />
            <button
              type="button"
              className="btn quiet"
              aria-label={`Remove step ${index + 1}`}
              onClick={() => change({ steps: steps.filter((one) => one.id !== id) })}
            >
              <X className="icon" aria-hidden="true" />
            </button>
          </li>
        ))}
      </ol>
      <Button
        look="quiet"
        icon={<Plus className="icon" aria-hidden="true" />}
        blocked={steps.length < 20 ? null : 'At most 20 steps'}
        onPress={() => change(withStep(guideline))}
      >
        Add a step
      </Button>
    </div>
  )
}

function Rules({ guideline: { rules }, change }: PartProps) {
  return (
    <fieldset className="radios">
      <legend className="label">Texts are held against</legend>
      {RULES.map((rule) => (
        <label key={rule} className="check">
          <input
            type="checkbox"
            checked={rules.includes(rule)}
            onChange={(event) =>
              change({
                rules: RULES.filter((one) =>
                  one === rule ? event.target.checked : rules.includes(one),
                ),
              })
            }
          />
          <span>
            {RULE_NAMES[rule]}: <span className="dim">{RULE_ABOUT[rule]}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}

export function GuidelineSection() {
  const own = useRounds((state) => state.guideline)
  const changed = useBegin((state) => state.form.guideline)
  const { guideline: fault } = useBeginFaults()
  const guideline = changed ?? own
  if (!guideline) return null
  const change = (part: Partial<Guideline>) => changeBegin({ guideline: { ...guideline, ...part } })
  return (
    <FormSection
      title="Guideline"
      note="The paper's, unless you change it."
      faults={fault === undefined ? [] : [fault]}
    >
      <details className="guideline-form">
        <summary>
          Goal, {plural(guideline.steps.length, 'step')},{' '}
          {plural(guideline.openings.length, 'opening')}, {plural(guideline.rules.length, 'rule')}
          {changed && ', changed'}
        </summary>
        <label>
          <span className="label">Goal</span>
          <textarea
            className="text-input grows"
            value={guideline.goal}
            rows={3}
            maxLength={2000}
            onChange={(event) => change({ goal: event.target.value })}
          />
        </label>
        <Steps {...{ guideline, change }} />
        <label>
          <span className="label">Openings, one a line; none allows every beginning</span>
          <textarea
            className="text-input grows"
            value={guideline.openings.join('\n')}
            rows={4}
            onChange={(event) => change({ openings: event.target.value.split('\n').slice(0, 60) })}
          />
        </label>
        <Rules {...{ guideline, change }} />
        {changed && (
          <Button look="quiet" onPress={() => changeBegin({ guideline: null })}>
            Back to the product's own
          </Button>
        )}
      </details>
    </FormSection>
  )
}
