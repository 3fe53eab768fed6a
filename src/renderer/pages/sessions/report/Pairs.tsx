/** Who was placed above whom, how often, and which differences stand. */
import type { CriterionReport } from '../../../../shared/study-report.ts'
import { decimal, interval, pValue } from '../../../study/report-words.ts'
import type { OfQuestion } from './Strengths.tsx'

/** Most of the tint that still lets the number be read. */
const TINT = 28

function tint(one: CriterionReport, a: number, b: number): string | undefined {
  const wins = one.wins[a]?.[b] ?? 0
  const all = wins + (one.wins[b]?.[a] ?? 0) + (one.ties[a]?.[b] ?? 0)
  if (all === 0) return undefined
  return `color-mix(in srgb, var(--accent) ${Math.round((TINT * wins) / all)}%, transparent)`
}

function Matrix({ one, systems }: OfQuestion) {
  return (
    <table className="matrix">
      <caption>Times the row stood above the column, ties in brackets</caption>
      <thead>
        <tr>
          <th scope="col">
            <span className="sr">System</span>
          </th>
          {systems.map((name, system) => (
            <th key={system} scope="col" title={name}>
              <span className="wrap" dir="auto">
                {name}
              </span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="num">
        {systems.map((name, a) => (
          <tr key={a}>
            <th scope="row" className="wrap" dir="auto">
              {name}
            </th>
            {systems.map((_, b) => (
              <td key={b} style={{ background: a === b ? undefined : tint(one, a, b) }}>
                {a === b ? '' : `${one.wins[a]?.[b] ?? 0} (${one.ties[a]?.[b] ?? 0})`}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

export function Pairs({ one, systems }: OfQuestion) {
  if (one.pairs.length === 0) return null
  return (
    <div className="report-block">
      <h4>Pairs</h4>
      <div className="wide" tabIndex={0} role="group" aria-label="Win matrix">
        <Matrix one={one} systems={systems} />
      </div>
      <div className="wide" tabIndex={0} role="group" aria-label="Pairs of systems">
        <table>
          <thead>
            <tr>
              <th scope="col">First</th>
              <th scope="col">Second</th>
              <th scope="col">Above, same, below</th>
              <th scope="col">Net preference</th>
              <th scope="col">Sign test of images, p</th>
              <th scope="col">p, Holm</th>
            </tr>
          </thead>
          <tbody className="num">
            {one.pairs.map((pair) => (
              <tr key={`${pair.a}/${pair.b}`}>
                <th scope="row" className="wrap" dir="auto">
                  {systems[pair.a]}
                </th>
                <td className="wrap" dir="auto">
                  {systems[pair.b]}
                </td>
                <td>
                  {pair.wins}, {pair.ties}, {pair.losses}
                </td>
                <td>
                  {decimal(pair.net.value)} {interval(pair.net)}
                </td>
                <td>{pValue(pair.signP)}</td>
                <td>{pair.holm < 0.05 ? <b>{pValue(pair.holm)}</b> : pValue(pair.holm)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}
