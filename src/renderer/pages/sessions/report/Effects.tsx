/** What else moved the answers: the place on the screen, the length of a caption, the hour. */
import type { EffectsReport, StudyReport } from '../../../../shared/study-report.ts'
import { decimal, percent, pValue } from '../../../study/report-words.ts'

const seconds = (value: number): string => `${value.toFixed(1)} s`

function time({ time: one }: EffectsReport): string {
  if (!one) return '–'
  const { firstThird, lastThird } = one
  return `${seconds(firstThird.medianSeconds)} to ${seconds(lastThird.medianSeconds)}, ties ${percent(firstThird.tieShare)} to ${percent(lastThird.tieShare)}`
}

export function Effects({ report }: { readonly report: StudyReport }) {
  const shown = report.criteria.filter(({ votes }) => votes > 0)
  if (shown.length === 0) return null
  const pairs = shown.some(({ effects }) => effects.leftAdvantage !== null)
  return (
    <section className="sheet report-part" aria-labelledby="effects-title">
      <h3 id="effects-title">Position, length and time</h3>
      <div className="wide" tabIndex={0} role="group" aria-label="Position, length and time">
        <table>
          <thead>
            <tr>
              <th scope="col">Question</th>
              <th scope="col">First places by slot</th>
              <th scope="col">χ² p</th>
              <th scope="col">Ratio test p</th>
              {pairs && <th scope="col">Left card</th>}
              <th scope="col">Longer caption</th>
              <th scope="col">First to last third</th>
            </tr>
          </thead>
          <tbody className="num">
            {shown.map(({ id, effects: one }) => (
              <tr key={id}>
                <th scope="row">{id}</th>
                <td>{one.slotFirsts.some((n) => n > 0) ? one.slotFirsts.join(', ') : '–'}</td>
                <td>{one.slotFirsts.some((n) => n > 0) ? pValue(one.slotP) : '–'}</td>
                <td>{pValue(one.slotRatioP)}</td>
                {pairs && (
                  <td>
                    {one.leftAdvantage
                      ? `${decimal(one.leftAdvantage.value)} ± ${decimal(one.leftAdvantage.se)}`
                      : '–'}
                  </td>
                )}
                <td>
                  {one.length ? `${decimal(one.length.gamma)} ± ${decimal(one.length.se)}` : '–'}
                </td>
                <td>{time(one)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="caption-note">
        Every card stood in every slot equally often, so equal slots should win equally often. Left
        and longer: log-odds with standard error; 0 means no effect. Time: median seconds of
        attention in the first and last third of each rater’s sitting.
      </p>
    </section>
  )
}
