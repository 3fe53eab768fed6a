/** Hidden items that test the raters, and the rules by which a rater is flagged: both fixed before anybody answers. */
import { changePlan, usePlan } from '../../../stores/study-plan.ts'
import type { PlanForm } from '../../../study/plan-form.ts'
import { Choice, NumberField, Section } from './fields.tsx'

export function QualitySection() {
  const form = usePlan((state) => state.form)
  const per50 = (label: string, key: 'wrongImage' | 'plantedError' | 'duplicate') => (
    <NumberField
      label={label}
      value={form[key]}
      min={0}
      max={50}
      onChange={(value) => changePlan({ [key]: value } as Partial<PlanForm>)}
    />
  )
  return (
    <Section
      title="Quality items"
      note="Hidden among the others, for every 50 images; they never count for a system."
      faults={['quality']}
    >
      <div className="plan-numbers">
        {per50('Caption of a wrong image', 'wrongImage')}
        {per50('Planted error', 'plantedError')}
        {per50('Duplicate card', 'duplicate')}
        <NumberField
          label="Shown again"
          unit="% of items"
          value={form.repeatPercent}
          min={0}
          max={50}
          onChange={(value) => changePlan({ repeatPercent: value })}
        />
      </div>
      <div className="plan-row">
        <Choice
          label="Images that everybody rates"
          value={form.anchors === null ? 'plan' : 'own'}
          options={[
            ['plan', 'Anchors as the plan needs'],
            ['own', 'A number of anchors'],
          ]}
          onChange={(value) => changePlan({ anchors: value === 'plan' ? null : 12 })}
        />
        {form.anchors !== null && (
          <NumberField
            label="Rated by everybody"
            unit="images"
            value={form.anchors}
            min={0}
            onChange={(value) => changePlan({ anchors: value })}
          />
        )}
      </div>
    </Section>
  )
}

export function RulesSection() {
  const rules = usePlan((state) => state.form.exclusion)
  const set = (change: Partial<typeof rules>) => changePlan({ exclusion: { ...rules, ...change } })
  return (
    <Section
      title="Exclusion rules"
      note="Fixed now and printed in the report: nobody can choose them after seeing who wins."
      faults={['exclusion']}
    >
      <div className="plan-numbers">
        <NumberField
          label="Hidden items passed, upper end below"
          value={rules.goldUpperBelow}
          step={0.05}
          min={0}
          max={1}
          onChange={(value) => set({ goldUpperBelow: value })}
        />
        <NumberField
          label="Kendall τ with oneself below"
          value={rules.selfTauBelow}
          step={0.05}
          min={-1}
          max={1}
          onChange={(value) => set({ selfTauBelow: value })}
        />
        <NumberField
          label="Share of answers too fast, over"
          value={rules.tooFastOver}
          step={0.05}
          min={0}
          max={1}
          onChange={(value) => set({ tooFastOver: value })}
        />
      </div>
      <Choice
        label="What a flag does"
        value={rules.action}
        options={[
          ['advice', 'Flag only: the report shows both results'],
          ['exclude', 'Leave flagged raters out'],
        ]}
        onChange={(action) => set({ action })}
      />
    </Section>
  )
}
