/** What is held against what: two measures, the direction, whose judgements, whose captions are references. */
import type { TriangulationMeasure } from '../../../shared/contract/triangulation.ts'
import { MEASURE_WORDS } from '../../../shared/triangulation-words.ts'
import { References } from '../../export/References.tsx'
import {
  choosePart,
  hearPeople,
  measureBy,
  showDirection,
  useTriangulation,
  type Direction,
  type Triangulated,
} from '../../stores/triangulation.ts'

interface PartProps {
  readonly which: 0 | 1
  readonly label: string
  readonly result: Triangulated
}

function Part({ which, label, result: { by, measures } }: PartProps) {
  return (
    <select
      className="text-input"
      aria-label={label}
      value={by[which]}
      onChange={({ target }) => choosePart(which, target.value as TriangulationMeasure)}
    >
      {measures.map(({ measure }) => (
        <option key={measure} value={measure}>
          {MEASURE_WORDS[measure].name}
        </option>
      ))}
    </select>
  )
}

function Directions({ result: { by } }: { readonly result: Triangulated }) {
  const direction = useTriangulation((state) => state.direction)
  const [a, b] = by.map((name) => MEASURE_WORDS[name].short)
  return (
    <select
      className="text-input"
      aria-label="Direction"
      value={direction}
      onChange={({ target }) => showDirection(target.value as Direction)}
    >
      <option value="both">either way</option>
      <option value="up">
        {a} higher, {b} lower
      </option>
      <option value="down">
        {a} lower, {b} higher
      </option>
    </select>
  )
}

/** A question of a study as the value of an option. */
const valueOf = (studyId: string, criterion?: string): string =>
  criterion === undefined ? studyId : `${studyId} ${criterion}`

function Judgements({ result: { studies } }: { readonly result: Triangulated }) {
  const people = useTriangulation((state) => state.people)
  if (studies.length === 0) return null
  const choose = (value: string): void => {
    const [studyId, criterion] = value.split(' ')
    if (!studyId) return hearPeople(undefined)
    hearPeople({ studyId, ...(criterion !== undefined && { criterion }) })
  }
  return (
    <select
      className="text-input"
      aria-label="Judgements of"
      value={people ? valueOf(people.studyId, people.criterion) : ''}
      onChange={({ target }) => choose(target.value)}
    >
      <option value="">judgements: all unblinded studies</option>
      {studies.map(({ studyId, name, criteria }) => (
        <optgroup key={studyId} label={name}>
          <option value={valueOf(studyId)}>{name}</option>
          {criteria.length > 1 &&
            criteria.map(({ id, title }) => (
              <option key={id} value={valueOf(studyId, id)}>
                {title === '' ? id : title}
              </option>
            ))}
        </optgroup>
      ))}
    </select>
  )
}

export function TriangulationChoices({ result }: { readonly result: Triangulated }) {
  const references = useTriangulation((state) => state.references)
  return (
    <div className="tri-choices">
      <Part which={0} label="First measure" result={result} />
      <span className="dim">against</span>
      <Part which={1} label="Second measure" result={result} />
      <Directions result={result} />
      <Judgements result={result} />
      <References chosen={references} onChoose={measureBy} />
    </div>
  )
}
