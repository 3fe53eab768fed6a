/** A study before it starts: every choice on the left, what it comes to on the right. */
import { useEffect, useState } from 'react'
import { changePlan, preparePlan, usePlan } from '../../../stores/study-plan.ts'
import { BeforeStart } from './BeforeStart.tsx'
import { NumberField, Section } from './fields.tsx'
import { ImagesSection } from './ImagesSection.tsx'
import { QualitySection, RulesSection } from './QualitySection.tsx'
import { QuestionsSection } from './QuestionsSection.tsx'
import { RatersSection } from './RatersSection.tsx'
import { SystemsSection } from './SystemsSection.tsx'

function NameSection() {
  const name = usePlan((state) => state.form.name)
  const title = usePlan((state) => state.form.title)
  // A field that nobody came to yet is empty, not wrong; the button says that it is wanted.
  const [left, setLeft] = useState(false)
  return (
    <Section title="Study" faults={left ? ['name', 'title'] : ['title']}>
      <div className="plan-two">
        <label>
          <span className="label">Name, for you</span>
          <input
            className="text-input"
            value={name}
            maxLength={200}
            placeholder="Round 3 against Round 2"
            onChange={(event) => changePlan({ name: event.target.value })}
            onBlur={() => setLeft(true)}
          />
        </label>
        <label>
          <span className="label">Title that raters read</span>
          <input
            className="text-input"
            value={title}
            maxLength={200}
            onChange={(event) => changePlan({ title: event.target.value })}
          />
        </label>
      </div>
    </Section>
  )
}

function SeedSection() {
  const seed = usePlan((state) => state.form.seed)
  return (
    <Section
      title="Seed"
      note="Draws every order: cards, items, raters. The same seed gives the same plan."
      faults={['seed']}
    >
      <NumberField
        label="Seed"
        value={seed}
        min={0}
        onChange={(value) => changePlan({ seed: value })}
      />
    </Section>
  )
}

export function PlanPage() {
  useEffect(() => void preparePlan(), [])
  return (
    <>
      <div className="page-head study-head">
        <div className="grow">
          <h2>Plan a study</h2>
          <div className="sub">Nothing is written until it starts.</div>
        </div>
      </div>
      <div className="plan">
        <div className="plan-form sheet">
          <NameSection />
          <QuestionsSection />
          <SystemsSection />
          <ImagesSection />
          <RatersSection />
          <QualitySection />
          <RulesSection />
          <SeedSection />
        </div>
        <BeforeStart />
      </div>
    </>
  )
}
