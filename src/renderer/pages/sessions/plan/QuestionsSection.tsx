/** The template and its questions: which are asked, in which words, and when the alt-text is seen. */
import type { Protocol } from '../../../../shared/study-types.ts'
import { changePlan, usePlan } from '../../../stores/study-plan.ts'
import { askAs, type AskedCriterion } from '../../../study/plan-form.ts'
import { Section } from './fields.tsx'

const FORMATS: Readonly<Record<string, string>> = {
  ranking: 'rank all, ties allowed',
  best: 'choose the best',
  'best-worst': 'choose best and worst',
  pair: 'compare two',
  rubric: 'marks',
  flags: 'yes or no for each',
}

const REVEALS: readonly (readonly [Protocol['reveal'], string])[] = [
  ['staged', 'only for questions about it'],
  ['always', 'throughout, as in the paper'],
  ['never', 'never'],
]

function change(index: number, what: Partial<AskedCriterion>): void {
  const { criteria } = usePlan.getState().form
  changePlan({
    criteria: criteria.map((one, at) => (at === index ? { ...one, ...what } : one)),
  })
}

function Question({ one, index }: { readonly one: AskedCriterion; readonly index: number }) {
  const { criterion, asked } = one
  const set = (what: Partial<typeof criterion>) =>
    change(index, { criterion: { ...criterion, ...what } })
  return (
    <li className="question">
      <label className="check">
        <input
          type="checkbox"
          checked={asked}
          onChange={(event) => change(index, { asked: event.target.checked })}
        />
        <b>{criterion.id}</b>
        <span className="dim">{FORMATS[criterion.format] ?? criterion.format}</span>
      </label>
      <textarea
        className="text-input grows"
        rows={1}
        aria-label={`Question of ${criterion.id}`}
        value={criterion.question}
        maxLength={400}
        disabled={!asked}
        onChange={(event) => set({ question: event.target.value })}
      />
      <textarea
        className="text-input grows"
        rows={1}
        aria-label={`Definition of ${criterion.id}`}
        value={criterion.definition}
        maxLength={1000}
        disabled={!asked}
        onChange={(event) => set({ definition: event.target.value })}
      />
    </li>
  )
}

function TemplateSelect() {
  const templates = usePlan((state) => state.templates)
  const templateId = usePlan((state) => state.form.templateId)
  const chosen = templates.find(({ id }) => id === templateId)
  return (
    <label>
      <span className="label">Template</span>
      <select
        className="text-input"
        value={templateId}
        onChange={(event) => {
          const template = templates.find(({ id }) => id === event.target.value)
          if (template) changePlan(askAs(template))
        }}
      >
        {templates.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      {chosen && <span className="why">{chosen.note}</span>}
    </label>
  )
}

export function QuestionsSection() {
  const criteria = usePlan((state) => state.form.criteria)
  const reveal = usePlan((state) => state.form.reveal)
  const instructions = usePlan((state) => state.form.instructions)
  return (
    <Section title="Questions" note="What raters are asked of every image." faults={['criteria']}>
      <div className="plan-two">
        <TemplateSelect />
        <label>
          <span className="label">Alt-text in view</span>
          <select
            className="text-input"
            value={reveal}
            onChange={(event) => changePlan({ reveal: event.target.value as Protocol['reveal'] })}
          >
            {REVEALS.map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </select>
        </label>
      </div>
      <ul className="questions">
        {criteria.map((one, index) => (
          <Question key={one.criterion.id} one={one} index={index} />
        ))}
      </ul>
      <label>
        <span className="label">Instructions, if not the template’s own</span>
        <textarea
          className="text-input"
          rows={2}
          maxLength={4000}
          value={instructions}
          onChange={(event) => changePlan({ instructions: event.target.value })}
        />
      </label>
    </Section>
  )
}
