/** Answers that order nothing by themselves: marks of a rubric, yes and no of probing, levels of a pair. */
import {
  decimal,
  estimate,
  interval,
  percent,
  percentInterval,
} from '../../../study/report-words.ts'
import { plural } from '../../../format.ts'
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
              <th scope="col">Share, over images</th>
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

function YesAgreement({ one }: Pick<OfQuestion, 'one'>) {
  const rows = one.yesAgreement?.filter(({ captions }) => captions > 0) ?? []
  if (rows.length === 0) return null
  return (
    <div className="report-block">
      <h4>Agreement on yes and no</h4>
      <div className="wide" tabIndex={0} role="group" aria-label="Agreement on yes and no">
        <table>
          <thead>
            <tr>
              <th scope="col">The caption</th>
              <th scope="col">Captions with two raters</th>
              <th scope="col">α</th>
            </tr>
          </thead>
          <tbody className="num">
            {rows.map(({ label, captions, alpha }) => (
              <tr key={label}>
                <th scope="row" className="wrap">
                  {label}
                </th>
                <td>{captions}</td>
                <td>{estimate(alpha)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="caption-note">
        Krippendorff’s nominal α; none where all said the same. It falls where one answer is rare.
      </p>
    </div>
  )
}

function BestWorst({ one, systems, resamples }: OfQuestion & { readonly resamples: number }) {
  const { bestWorst, maxDiff, maxDiffDraws } = one
  if (!bestWorst) return null
  const strengths = new Map(maxDiff?.map(({ system, logWorth }) => [system, logWorth]))
  return (
    <div className="report-block">
      <h4>Best and worst</h4>
      <div className="wide" tabIndex={0} role="group" aria-label="Best and worst">
        <table>
          <thead>
            <tr>
              <th scope="col">System</th>
              <th scope="col">Best minus worst, of times shown</th>
              <th scope="col">MaxDiff strength</th>
              <th scope="col">95 %</th>
            </tr>
          </thead>
          <tbody className="num">
            {bestWorst.map((score, system) => (
              <tr key={system}>
                <th scope="row" className="wrap" dir="auto">
                  {systems[system]}
                </th>
                <td>{decimal(score)}</td>
                <td>{decimal(strengths.get(system)?.value)}</td>
                <td>{interval(strengths.get(system))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="caption-note">
        {maxDiff
          ? 'MaxDiff logit of the pairs (best, worst); 0 is the mean of all systems.'
          : 'A system was never best or never worst, so a MaxDiff logit has no maximum.'}
        {maxDiffDraws !== null &&
          maxDiffDraws < resamples &&
          ` ${resamples - maxDiffDraws} of ${plural(resamples, 'resample')} had no maximum and are left out of the intervals: take them as too narrow.`}
      </p>
    </div>
  )
}

export function Marks(props: OfQuestion & { readonly resamples: number }) {
  const { one } = props
  return (
    <>
      <Rubric {...props} />
      <Flags {...props} />
      <YesAgreement one={one} />
      <BestWorst {...props} />
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
