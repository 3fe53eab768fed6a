/** Answers that order nothing by themselves: marks of a rubric, yes and no of probing, levels of a pair. */
import { decimal, interval, percent, percentInterval } from '../../../study/report-words.ts'
import type { OfQuestion } from './Strengths.tsx'

function Rubric({ one, systems }: OfQuestion) {
  if (!one.marks) return null
  return (
    <div className="report-block">
      <h4>Mean marks</h4>
      <table>
        <tbody className="num">
          {one.marks.map(({ system, mean }) => (
            <tr key={system}>
              <th scope="row" className="wrap" dir="auto">
                {systems[system]}
              </th>
              <td>{decimal(mean.value)}</td>
              <td>{interval(mean)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Flags({ one, systems }: OfQuestion) {
  if (!one.flags) return null
  return (
    <div className="report-block">
      <h4>Answered yes</h4>
      <div className="wide" tabIndex={0} role="group" aria-label="Answered yes">
        <table>
          <thead>
            <tr>
              <th scope="col">System</th>
              <th scope="col">The caption</th>
              <th scope="col">Yes</th>
              <th scope="col">Share, Wilson</th>
            </tr>
          </thead>
          <tbody className="num">
            {one.flags.map(({ system, label, yes, n, low, high }) => (
              <tr key={`${system}/${label}`}>
                <th scope="row" className="wrap" dir="auto">
                  {systems[system]}
                </th>
                <td className="wrap">{label}</td>
                <td>
                  {yes} of {n}
                </td>
                <td>
                  {percent(n === 0 ? null : yes / n)} {percentInterval({ low, high })}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}

export function Marks(props: OfQuestion) {
  const { one, systems } = props
  return (
    <>
      <Rubric {...props} />
      <Flags {...props} />
      {one.bestWorst && (
        <div className="report-block">
          <h4>Best minus worst</h4>
          <table>
            <tbody className="num">
              {one.bestWorst.map((score, system) => (
                <tr key={system}>
                  <th scope="row" className="wrap" dir="auto">
                    {systems[system]}
                  </th>
                  <td>{decimal(score)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {one.levels && (
        <div className="report-block">
          <h4>Levels</h4>
          <table>
            <tbody className="num">
              {one.levels.map(({ value, count }) => (
                <tr key={value}>
                  <th scope="row">{decimal(value, 0)}</th>
                  <td>{count}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  )
}
