/** Does the automatic score order captions as people do. */
import type { StudyReport } from '../../../../shared/study-report.ts'
import { decimal, percent, percentInterval } from '../../../study/report-words.ts'

export function Scores({ report }: { readonly report: StudyReport }) {
  const shown = report.criteria.flatMap(({ id, scores, otherScores }) =>
    [...(scores ? [scores] : []), ...otherScores].map((score) => ({ id, score })),
  )
  return (
    <section className="sheet report-part" aria-labelledby="scores-title">
      <h3 id="scores-title">Automatic score against people</h3>
      {shown.length === 0 ? (
        <p className="mid">
          The captions had no score when the plan was made, so there is nothing to compare.
        </p>
      ) : (
        <>
          <div
            className="wide"
            tabIndex={0}
            role="group"
            aria-label="Automatic score against people"
          >
            <table>
              <thead>
                <tr>
                  <th scope="col">Question</th>
                  <th scope="col">Score</th>
                  <th scope="col">Pairs ordered alike</th>
                  <th scope="col">Decided pairs</th>
                  <th scope="col">τ-b</th>
                  <th scope="col">τ-c</th>
                  <th scope="col">Spearman</th>
                  <th scope="col">τ-b, systems</th>
                </tr>
              </thead>
              <tbody className="num">
                {shown.map(({ id, score }) => (
                  <tr key={`${id}/${score.name}`}>
                    <th scope="row">{id}</th>
                    <td className="wrap">{score.name}</td>
                    <td>
                      {percent(score.accuracy.value)} {percentInterval(score.accuracy)}
                    </td>
                    <td>{score.decidedPairs}</td>
                    <td>{decimal(score.tauB)}</td>
                    <td>{decimal(score.tauC)}</td>
                    <td>{decimal(score.spearman)}</td>
                    <td>
                      {decimal(score.systems.tauB)}{' '}
                      <span className="dim">of {score.systems.k}</span>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <p className="caption-note">
            Within an image, the share of pairs that people decided and the score orders the same
            way; 50 % is chance. With few systems even a perfect order of their means says little.
          </p>
        </>
      )}
    </section>
  )
}
