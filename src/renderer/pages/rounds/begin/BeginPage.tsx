/** Rounds before they begin: what they are, and every choice of them on one page. */
import { useEffect, useState } from 'react'
import { beginRounds, changeBegin, prepareBegin, useBegin } from '../../../stores/rounds-begin.ts'
import { useRounds } from '../../../stores/rounds.ts'
import { Button } from '../../../ui/Button.tsx'
import { FormSection, NumberField } from '../../sessions/plan/fields.tsx'
import { AnnotatorsSection } from './AnnotatorsSection.tsx'
import { GuidelineSection } from './GuidelineSection.tsx'
import { RoundsImages } from './RoundsImages.tsx'
import { StartSection } from './StartSection.tsx'
import { useBeginFaults } from './use-begin-faults.ts'

function Nothing() {
  const none = useRounds((state) => state.annotations.length === 0)
  if (!none) return <div className="sub">Nothing is written until they begin.</div>
  return (
    <p className="rounds-about">
      People rewrite the caption of an image, round upon round: round 1 is its alt-text, and each
      round corrects the one before it against the picture, by a guideline. Choose images and
      annotators below and begin; nothing is written until then.
    </p>
  )
}

function NameSection() {
  const name = useBegin((state) => state.form.name)
  const { name: fault } = useBeginFaults()
  // A field that nobody came to yet is empty, not wrong; the button says that it is wanted.
  const [left, setLeft] = useState(false)
  return (
    <FormSection title="Name" faults={left && fault !== undefined ? [fault] : []}>
      <label>
        <span className="label">Name of these rounds</span>
        <input
          className="text-input"
          value={name}
          maxLength={120}
          placeholder="Owls, from their alt-texts"
          onChange={(event) => changeBegin({ name: event.target.value })}
          onBlur={() => setLeft(true)}
        />
      </label>
    </FormSection>
  )
}

function SeedSection() {
  const seed = useBegin((state) => state.form.seed)
  const faults = useBeginFaults()
  return (
    <FormSection
      title="Seed"
      note="Deals the images among annotators and draws the sample. The same seed deals the same."
      faults={faults.seed === undefined ? [] : [faults.seed]}
    >
      <NumberField
        label="Seed"
        value={seed}
        min={0}
        onChange={(value) => changeBegin({ seed: value })}
      />
    </FormSection>
  )
}

function Start() {
  const beginning = useBegin((state) => state.beginning)
  const refusal = useBegin((state) => state.refusal)
  const [first] = Object.values(useBeginFaults())
  const blocked = beginning ? 'The rounds are being written' : (first ?? null)
  return (
    <div className="begin-end">
      <Button look="primary" blocked={blocked} onPress={() => void beginRounds()}>
        Begin
      </Button>
      {blocked !== null && <p className="why">{blocked}</p>}
      {refusal !== null && (
        <p className="fault" role="alert">
          {refusal}
        </p>
      )}
    </div>
  )
}

export function BeginPage() {
  useEffect(() => void prepareBegin(), [])
  return (
    <>
      <div className="page-head study-head">
        <div className="grow">
          <h2>Begin rounds</h2>
          <Nothing />
        </div>
      </div>
      <div className="plan-form sheet begin-form">
        <NameSection />
        <RoundsImages />
        <StartSection />
        <AnnotatorsSection />
        <SeedSection />
        <GuidelineSection />
        <Start />
      </div>
    </>
  )
}
