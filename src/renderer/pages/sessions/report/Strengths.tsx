/** Strengths on one scale with intervals, and letters that say who is not shown to differ. */
import type { CriterionReport, StrengthRow } from '../../../../shared/study-report.ts'
import { decimal, estimate, interval, isNumber } from '../../../study/report-words.ts'

const WIDTH = 240
const HEIGHT = 22

function scaleOf(rows: readonly StrengthRow[]) {
  const ends = rows
    .flatMap(({ logWorth }) => [logWorth.low, logWorth.high, logWorth.value])
    .filter(isNumber)
  const most = Math.max(0.5, ...ends.map(Math.abs))
  return (value: number) => WIDTH / 2 + (value / most) * (WIDTH / 2 - 6)
}

function Range({ row, at }: { readonly row: StrengthRow; readonly at: (v: number) => number }) {
  const { value, low, high } = row.logWorth
  return (
    <svg
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      aria-hidden="true"
      className="forest"
    >
      <path d={`M${WIDTH / 2} 0V${HEIGHT}`} className="grid" />
      {isNumber(low) && isNumber(high) && (
        <path d={`M${at(low)} 11H${at(high)}`} className="range" />
      )}
      {isNumber(value) && <circle cx={at(value)} cy="11" r="4" className="dot" />}
    </svg>
  )
}

export interface OfQuestion {
  readonly one: CriterionReport
  readonly systems: readonly string[]
}

export function Strengths({ one, systems }: OfQuestion) {
  if (one.strengths.length === 0) return null
  const at = scaleOf(one.strengths)
  const rows = [...one.strengths].sort((a, b) => b.logWorth.value - a.logWorth.value)
  const luce = new Map(one.plackettLuce?.map(({ system, worth }) => [system, worth]))
  return (
    <div className="report-block">
      <h4>Strengths</h4>
      <div className="wide" tabIndex={0} role="group" aria-label="Strengths">
        <table>
          <thead>
            <tr>
              <th scope="col">System</th>
              <th scope="col">Log strength</th>
              <th scope="col">95 %</th>
              <th scope="col">
                <span className="sr">Drawn</span>
              </th>
              <th scope="col">Share</th>
              {one.plackettLuce && <th scope="col">Plackett-Luce</th>}
              <th scope="col">Group</th>
            </tr>
          </thead>
          <tbody className="num">
            {rows.map((row) => (
              <tr key={row.system}>
                <th scope="row" className="wrap" dir="auto">
                  {systems[row.system]}
                </th>
                <td>{decimal(row.logWorth.value)}</td>
                <td>{interval(row.logWorth)}</td>
                <td>
                  <Range row={row} at={at} />
                </td>
                <td>{decimal(row.worth, 3)}</td>
                {one.plackettLuce && <td>{decimal(luce.get(row.system), 3)}</td>}
                <td className="letters">{row.letters}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="caption-note">
        Davidson’s model of pairs with ties{one.logTie !== null && `, log ν ${decimal(one.logTie)}`}
        ; 0 is the mean of all systems. Systems that share a letter are not shown to differ (Holm, 5
        %).{' '}
        {one.pseudo &&
          'One system never lost or never won, so the strengths lean on half a pseudo-win. '}
        {one.cyclicTriples > 0 && `${one.cyclicTriples} cyclic triples. `}
        {one.lowerPlaces &&
          `Lower places against first ones: slope ${estimate(one.lowerPlaces.ratio)}; below 1 they are noisier.`}
      </p>
    </div>
  )
}
