/** Each rater by pseudonym: hidden items, repeats, pace; and the result without those who are flagged. */
import { Flag } from 'lucide-react'
import type { RaterReport, StudyReport } from '../../../../shared/study-report.ts'
import { plural } from '../../../format.ts'
import { hasShares } from '../../../study/figure-layout.ts'
import { decimal, percent, percentInterval } from '../../../study/report-words.ts'

function Row({ one, name }: { readonly one: RaterReport; readonly name: string }) {
  return (
    <tr>
      <th scope="row" className="wrap" dir="auto">
        {name}
        {one.flags.length > 0 && <Flag className="icon" aria-label="flagged" />}
      </th>
      <td>{one.judgements}</td>
      <td>
        {one.gold.passed} of {one.gold.n}{' '}
        {one.gold.n > 0 && <span className="dim">{percentInterval(one.gold)}</span>}
      </td>
      <td>
        {decimal(one.repeats.tau)} <span className="dim">n {one.repeats.n}</span>
      </td>
      <td>{decimal(one.consensusTau.tau)}</td>
      <td>{percent(one.tieShare)}</td>
      <td>{percent(one.cannotJudgeShare)}</td>
      <td>{one.secondsPer100Words === null ? '–' : decimal(one.secondsPer100Words, 1)}</td>
      <td>{percent(one.tooFastShare)}</td>
      <td>
        {one.hasty.items} of {one.hasty.n}
      </td>
      <td>{one.longestRun}</td>
      <td>{percent(one.undoRate)}</td>
    </tr>
  )
}

function Without({ report }: { readonly report: StudyReport }) {
  const { withoutFlagged, systems } = report
  const shown = report.criteria.filter(hasShares)
  if (!withoutFlagged || shown.length === 0) return null
  return (
    <div className="wide" tabIndex={0} role="group" aria-label="With and without flagged raters">
      <table>
        <caption>Votes with and without flagged raters</caption>
        <thead>
          <tr>
            <th scope="col">Question</th>
            <th scope="col">System</th>
            <th scope="col">
              {report.exclusion.action === 'exclude' ? 'As counted' : 'Everybody'}
            </th>
            <th scope="col">Without</th>
          </tr>
        </thead>
        <tbody className="num">
          {shown.flatMap((one) => {
            const other = withoutFlagged.find(({ id }) => id === one.id)
            return one.shares.map((row) => {
              const without = other?.shares.find(({ system }) => system === row.system)
              return (
                <tr key={`${one.id}/${row.system}`}>
                  <th scope="row">{one.id}</th>
                  <td className="wrap" dir="auto">
                    {systems[row.system]}
                  </td>
                  <td>
                    {percent(row.votes.value)} {percentInterval(row.votes)}
                  </td>
                  <td>
                    {percent(without?.votes.value)} {percentInterval(without?.votes)}
                  </td>
                </tr>
              )
            })
          })}
        </tbody>
      </table>
    </div>
  )
}

/** Models that weigh raters: for orientation, never the main result. */
function Models({ report, raters }: RaterQualityProps) {
  const shown = report.criteria.filter(({ raterModels }) => raterModels !== null)
  if (shown.length === 0) return null
  return (
    <details className="numbers">
      <summary>Models that weigh raters</summary>
      <div className="wide" tabIndex={0} role="group" aria-label="Models that weigh raters">
        <table>
          <thead>
            <tr>
              <th scope="col">Question</th>
              <th scope="col">Rater</th>
              <th scope="col">Dawid-Skene accuracy</th>
              <th scope="col">Precision</th>
            </tr>
          </thead>
          <tbody className="num">
            {shown.flatMap(({ id, raterModels }) =>
              (raterModels?.raters ?? []).map(({ rater, accuracy, precision }) => (
                <tr key={`${id}/${rater}`}>
                  <th scope="row">{id}</th>
                  <td className="wrap" dir="auto">
                    {raters[rater]}
                  </td>
                  <td>{decimal(accuracy)}</td>
                  <td>{decimal(precision)}</td>
                </tr>
              )),
            )}
          </tbody>
        </table>
      </div>
    </details>
  )
}

export interface RaterQualityProps {
  readonly report: StudyReport
  readonly raters: readonly string[]
}

/** The closing question: whoever recognised a system was not blind to it. */
function Recognition({ report, raters }: RaterQualityProps) {
  const { recognition: said } = report
  if (!said) return null
  const asked = said.yes + said.unsure + said.no
  return (
    <>
      <p>
        {said.yes} of {plural(asked, 'rater')} recognised who or what had written some captions{' '}
        {percentInterval(said)} %, {said.unsure} perhaps.
      </p>
      {said.guesses && (
        <p>
          Shown one caption, raters found another one of the same system in{' '}
          {percent(said.guesses.value)} of {plural(said.guesses.n, 'forced choice')}{' '}
          {percentInterval(said.guesses)} %; by chance it would be {percent(said.guesses.chance)}.{' '}
          {said.guesses.low > said.guesses.chance
            ? 'Style gave systems away.'
            : 'That is no better than chance can be.'}
        </p>
      )}
      <ul className="flags">
        {said.words.map(({ rater, text }) => (
          <li key={rater} className="wrap" dir="auto">
            <b>{raters[rater]}</b>: {text}
          </li>
        ))}
      </ul>
    </>
  )
}

export function RaterQuality({ report, raters }: RaterQualityProps) {
  const flagged = report.raters.filter(({ flags }) => flags.length > 0).length
  return (
    <section className="sheet report-part" aria-labelledby="raters-title">
      <h3 id="raters-title">Rater quality</h3>
      <div className="wide" tabIndex={0} role="group" aria-label="Rater quality">
        <table className="quality">
          <thead>
            <tr>
              <th scope="col">Rater</th>
              <th scope="col">Answers</th>
              <th scope="col">Hidden items</th>
              <th scope="col">τ with oneself</th>
              <th scope="col">τ with others</th>
              <th scope="col">Ties</th>
              <th scope="col">Cannot judge</th>
              <th scope="col">s / 100 words</th>
              <th scope="col">Too fast</th>
              <th scope="col">Faster than reading</th>
              <th scope="col">Same key</th>
              <th scope="col">Undone</th>
            </tr>
          </thead>
          <tbody className="num">
            {report.raters.map((one) => (
              <Row key={one.rater} one={one} name={raters[one.rater] ?? String(one.rater)} />
            ))}
          </tbody>
        </table>
      </div>
      <ul className="flags">
        {report.raters
          .filter(({ flags }) => flags.length > 0)
          .map(({ rater, flags }) => (
            <li key={rater} className="wrap" dir="auto">
              <b>{raters[rater]}</b>: {flags.join('; ')}
            </li>
          ))}
      </ul>
      <p className="caption-note">
        {flagged === 0 ? 'Nobody is flagged' : `${plural(flagged, 'rater')} flagged`} by the rules
        that were fixed before the start, or for answering faster than ten words a second can be
        read. Flags are advice: they say where to look.
      </p>
      <Recognition report={report} raters={raters} />
      <Without report={report} />
      <Models report={report} raters={raters} />
    </section>
  )
}
