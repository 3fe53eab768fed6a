/** What the plan comes to before anything is written: balance, hours, and whether the sample can show a difference. */
import { TriangleAlert } from 'lucide-react'
import type { StudySummary } from '../../../../shared/contract/studies.ts'
import { formatCount, plural } from '../../../format.ts'
import { faultsOf, startStudy, usePlan } from '../../../stores/study-plan.ts'
import { Button } from '../../../ui/Button.tsx'

const range = (values: readonly number[]): string => {
  const [least, most] = [Math.min(...values), Math.max(...values)]
  return least === most ? String(least) : `${least} to ${most}`
}

const hours = (value: number): string =>
  value < 1 ? `${Math.max(1, Math.round(value * 60))} min` : `${value.toFixed(1)} h`

function Facts({ summary }: { readonly summary: StudySummary }) {
  const { items, qualityItems, leftOut, loads, overlap, hoursPerRater } = summary
  return (
    <dl className="plan-facts num">
      <dt>Images</dt>
      <dd>
        {formatCount(items)}
        {leftOut > 0 && <span className="dim">, {formatCount(leftOut)} left out</span>}
      </dd>
      <dt>Hidden items</dt>
      <dd>{formatCount(qualityItems)}</dd>
      <dt>Items a rater</dt>
      <dd>{range(loads)}</dd>
      <dt>Time a rater</dt>
      <dd>
        <b>{hours(hoursPerRater)}</b>
      </dd>
      {loads.length > 1 && (
        <>
          <dt>Shared by a pair</dt>
          <dd>
            {overlap.least === overlap.most
              ? plural(overlap.least, 'image')
              : `${range([overlap.least, overlap.most])} images`}
          </dd>
        </>
      )}
    </dl>
  )
}

function Balance({ slots }: Pick<StudySummary, 'slots'>) {
  return slots.map(({ cards, table }) => {
    const counts = table.flat()
    const spread = Math.max(...counts) - Math.min(...counts)
    return (
      <div key={cards} className="balance">
        <table>
          <caption>
            Balance, items of {cards} cards{' '}
            <span className="dim">
              {spread === 0 ? 'every card in every place equally often' : `differs by ${spread}`}
            </span>
          </caption>
          <thead>
            <tr>
              <th scope="col">Card</th>
              {table.map((_, slot) => (
                <th key={slot} scope="col" className="num">
                  {slot + 1}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="num">
            {table.map((row, card) => (
              <tr key={card}>
                <th scope="row">{String.fromCharCode(65 + card)}</th>
                {row.map((count, slot) => (
                  <td key={slot}>{formatCount(count)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    )
  })
}

function SampleSize({ summary }: { readonly summary: StudySummary }) {
  return (
    <table className="sample-size">
      <caption>
        Images needed <span className="dim">80 % power, 5 %</span>
      </caption>
      <tbody>
        {summary.sampleSize.map(({ comparison, images }) => (
          <tr key={comparison}>
            <th scope="row">{comparison}</th>
            <td className="num">{formatCount(images)}</td>
            <td className={summary.items >= images ? 'mid clip' : 'dim clip'}>
              {summary.items >= images ? 'enough' : 'too few'}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Start() {
  const starting = usePlan((state) => state.starting)
  const state = usePlan()
  const [first] = Object.values(faultsOf(state))
  const blocked = starting ? 'The study is being written' : (first ?? state.refusal)
  return (
    <>
      <Button look="primary" blocked={blocked} onPress={() => void startStudy()}>
        Start the study
      </Button>
      {blocked !== null && <p className="why">{blocked}</p>}
    </>
  )
}

export function BeforeStart() {
  const summary = usePlan((state) => state.summary)
  const refusal = usePlan((state) => state.refusal)
  const asking = usePlan((state) => state.asking)
  return (
    <aside className="before sheet" aria-label="Before the start" aria-busy={asking}>
      <h2>Before the start</h2>
      {summary && <Facts summary={summary} />}
      {summary?.warnings.map((words) => (
        <p key={words} className="warn">
          <TriangleAlert className="icon" aria-hidden="true" />
          <span>{words}.</span>
        </p>
      ))}
      {!summary && <p className="mid">{refusal ?? 'The balance is shown once there is a plan.'}</p>}
      {summary && <SampleSize summary={summary} />}
      {summary && <Balance slots={summary.slots} />}
      <div className="before-end">
        <Start />
      </div>
    </aside>
  )
}
