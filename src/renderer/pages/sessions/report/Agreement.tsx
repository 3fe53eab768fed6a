/** Do raters agree with each other, and with themselves. */
import type { StudyReport } from '../../../../shared/study-report.ts'
import { decimal, estimate } from '../../../study/report-words.ts'

export function Agreement({ report }: { readonly report: StudyReport }) {
  // Yes and no put nobody first; how far they agree stands with their shares.
  const shown = report.criteria.filter(({ votes, shares }) => votes > 0 && shares.length > 0)
  const halves = shown.some(({ splitHalf }) => splitHalf !== null)
  if (shown.length === 0) return null
  return (
    <section className="sheet report-part" aria-labelledby="agreement-title">
      <h3 id="agreement-title">Agreement</h3>
      <div className="wide" tabIndex={0} role="group" aria-label="Agreement">
        <table>
          <thead>
            <tr>
              <th scope="col">Question</th>
              <th scope="col">Images</th>
              <th scope="col">All equal, majority, none</th>
              <th scope="col">Fleiss κ</th>
              <th scope="col">α, first choice</th>
              <th scope="col">α, places</th>
              <th scope="col">Kendall W</th>
            </tr>
          </thead>
          <tbody className="num">
            {shown.map(({ id, agreement: one }) => (
              <tr key={id}>
                <th scope="row">{id}</th>
                <td>{one.images}</td>
                <td>
                  {one.allEqual}, {one.majority}, {one.none}
                </td>
                <td>{estimate(one.fleiss)}</td>
                <td>{estimate(one.alphaFirst)}</td>
                <td>{estimate(one.alphaPlaces)}</td>
                <td>{estimate(one.kendallW)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="wide" tabIndex={0} role="group" aria-label="Repeats and clustering">
        <table>
          <thead>
            <tr>
              <th scope="col">Question</th>
              <th scope="col">κ of repeats</th>
              <th scope="col">ρ in images</th>
              <th scope="col">Design effect</th>
              {halves && <th scope="col">Split half</th>}
            </tr>
          </thead>
          <tbody className="num">
            {shown.map(({ id, agreement: one, splitHalf }) => (
              <tr key={id}>
                <th scope="row">{id}</th>
                <td>
                  {decimal(one.repeats.kappa)} <span className="dim">n {one.repeats.n}</span>
                </td>
                <td>{estimate(one.clustering?.rho ?? null)}</td>
                <td>
                  {decimal(one.clustering?.designEffect)}{' '}
                  {one.clustering && (
                    <span className="dim">n {decimal(one.clustering.effectiveVotes, 0)}</span>
                  )}
                </td>
                {halves && <td>{decimal(splitHalf?.captions.reliability)}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="caption-note">
        Of first choices, among images with two raters or more. α of .80 is usually accepted, .667
        tentative (Krippendorff). κ falls when one system wins almost always, so the raw counts
        stand beside it. Raters with themselves: Cohen’s κ on repeats. ρ: how far first places on
        one image go together; the design effect is 1 + (m − 1) ρ for m raters an image, and n the
        votes that are left of all of them.{' '}
        {halves &&
          'Split half: places of captions by random halves of the raters, stepped up by Spearman-Brown.'}
      </p>
    </section>
  )
}
