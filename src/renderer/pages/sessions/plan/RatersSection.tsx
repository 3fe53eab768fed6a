/** Who rates, under pseudonyms, and how many of them see each image. */
import { NameList } from '../../../components/NameList.tsx'
import { changePlan, usePlan } from '../../../stores/study-plan.ts'
import { NumberField, Section } from './fields.tsx'

const MOST = 500

/** The first pseudonyms of the series that nobody has. */
function resized(raters: readonly string[], count: number): readonly string[] {
  const out = [...raters.slice(0, count)]
  for (let n = 1; out.length < count; n++) if (!out.includes(`R${n}`)) out.push(`R${n}`)
  return out
}

export function RatersSection() {
  const raters = usePlan((state) => state.form.raters)
  const perItem = usePlan((state) => state.form.ratersPerItem)
  return (
    <Section
      title="Raters"
      note="Pseudonyms, not names: they stand in every export."
      faults={['raters']}
    >
      <div className="plan-numbers">
        <NumberField
          label="Raters"
          value={raters.length}
          min={1}
          max={MOST}
          onChange={(count) =>
            changePlan({
              raters: resized(raters, Math.min(MOST, Math.max(0, Math.round(count) || 0))),
            })
          }
        />
        <NumberField
          label="Raters for each image"
          value={perItem ?? Math.min(3, raters.length)}
          min={1}
          max={raters.length}
          onChange={(value) => changePlan({ ratersPerItem: value })}
        />
      </div>
      <NameList
        names={raters}
        fieldLabel={(number) => `Pseudonym of rater ${number}`}
        who="rater"
        onChange={(names) => changePlan({ raters: names })}
        onAdd={() => changePlan({ raters: resized(raters, raters.length + 1) })}
      />
    </Section>
  )
}
