/** The figure of the paper: shares of first places as bars, and the same with their intervals. */
import { useState } from 'react'
import type { StudyReport } from '../../../../shared/study-report.ts'
import {
  figureInWords,
  hasShares,
  layoutBars,
  layoutDots,
  WIDTH,
  type Counting,
  type DotPanel,
  type Segment,
} from '../../../study/figure-layout.ts'
import { percent, percentInterval } from '../../../study/report-words.ts'
import { Choice } from '../plan/fields.tsx'

/** Narrower segments have no room for their number. */
const LEAST_LABEL = 44
const NAME_CHARS = 32

const cut = (text: string): string =>
  text.length > NAME_CHARS ? `${text.slice(0, NAME_CHARS - 1)}…` : text
const tone = (system: number | null): string =>
  system === null ? 'tone tie' : `tone s${system + 1}`

function Part({
  segment,
  y,
  bar,
}: {
  readonly segment: Segment
  readonly y: number
  readonly bar: number
}) {
  const { system, share, x, width } = segment
  if (width <= 0) return null
  return (
    <g className={tone(system)}>
      <rect x={x} y={y} width={Math.max(0, width - 1)} height={bar} />
      {system === null && (
        <rect
          x={x}
          y={y}
          width={Math.max(0, width - 1)}
          height={bar}
          className="hatch"
          fill="url(#tie-hatch)"
        />
      )}
      {width > LEAST_LABEL && (
        <text x={x + width / 2} y={y + bar / 2 + 4} textAnchor="middle" className="num">
          {(100 * share).toFixed(1)}
        </text>
      )}
    </g>
  )
}

function Bars({ report, counting }: { readonly report: StudyReport; readonly counting: Counting }) {
  const { height, bars, bar, left } = layoutBars(report.criteria, counting)
  return (
    <svg
      className="figure"
      viewBox={`0 0 ${WIDTH} ${height}`}
      role="img"
      aria-label={`Share of first places. ${figureInWords(report.criteria, report.systems)}`}
    >
      <defs>
        <pattern id="tie-hatch" width="6" height="6" patternUnits="userSpaceOnUse">
          <path d="M0 6 6 0M-1 1l2-2M5 7l2-2" stroke="var(--line-2)" strokeWidth="1" />
        </pattern>
      </defs>
      {bars.map(({ id, y, segments }) => (
        <g key={id}>
          <text x={left - 12} y={y + bar / 2 + 4} textAnchor="end" className="name">
            {id}
          </text>
          {segments.map((segment) => (
            <Part key={segment.system ?? 'tie'} segment={segment} y={y} bar={bar} />
          ))}
        </g>
      ))}
    </svg>
  )
}

function Legend({ report, tie }: { readonly report: StudyReport; readonly tie: boolean }) {
  return (
    <ul className="figure-legend">
      {report.systems.map((name, system) => (
        <li key={system}>
          <svg width="12" height="12" aria-hidden="true" className={tone(system)}>
            <rect width="12" height="12" />
          </svg>
          <span className="wrap" dir="auto">
            {name}
          </span>
        </li>
      ))}
      {tie && (
        <li>
          <svg width="12" height="12" aria-hidden="true" className={tone(null)}>
            <rect width="12" height="12" />
            <rect width="12" height="12" className="hatch" fill="url(#tie-hatch)" />
          </svg>
          Tie
        </li>
      )}
    </ul>
  )
}

const TICKS = [0, 0.25, 0.5, 0.75, 1]

function Panel({ panel }: { readonly panel: DotPanel }) {
  const { id, few, x, y, width, rows, axisY } = panel
  const at = (share: number) => x + share * width
  const dash = few ? '3 2' : undefined
  return (
    <g>
      <text x={x} y={y + 14} className="name">
        {id}
      </text>
      {TICKS.map((tick) => (
        <g key={tick}>
          <path d={`M${at(tick)} ${y + 24}V${axisY}`} className="grid" />
          {tick % 0.5 === 0 && (
            <text x={at(tick)} y={axisY + 16} textAnchor="middle" className="tick num">
              {100 * tick}
            </text>
          )}
        </g>
      ))}
      {rows.map(({ system, y: line, votes, majority }) => (
        <g key={system}>
          {votes && (
            <>
              <path
                d={`M${at(votes.low)} ${line - 5}H${at(votes.high)}`}
                className="range"
                strokeDasharray={dash}
              />
              <circle cx={at(votes.value)} cy={line - 5} r="4" className="dot" />
            </>
          )}
          {majority && (
            <>
              <path
                d={`M${at(majority.low)} ${line + 5}H${at(majority.high)}`}
                className="range thin"
                strokeDasharray={dash}
              />
              <circle cx={at(majority.value)} cy={line + 5} r="3.5" className="ring" />
            </>
          )}
        </g>
      ))}
    </g>
  )
}

function Intervals({ report }: { readonly report: StudyReport }) {
  const { height, panels, names } = layoutDots(report.criteria)
  return (
    <svg
      className="figure"
      viewBox={`0 0 ${WIDTH} ${height}`}
      role="img"
      aria-label="The same shares with their 95 % intervals; every number stands in the table below"
    >
      {names.map(({ system, y }) => (
        <text key={`${system}/${y}`} x="0" y={y + 4} className="system">
          {cut(report.systems[system] ?? '')}
        </text>
      ))}
      {panels.map((panel) => (
        <Panel key={panel.id} panel={panel} />
      ))}
    </svg>
  )
}

function Numbers({ report }: { readonly report: StudyReport }) {
  const twoWay = report.criteria.some(({ shares }) => shares.some((row) => row.votesTwoWay))
  return (
    <details className="numbers">
      <summary>Numbers of the figure</summary>
      <div className="wide" tabIndex={0} role="group" aria-label="Numbers of the figure">
        <table>
          <thead>
            <tr>
              <th scope="col">Question</th>
              <th scope="col">System</th>
              <th scope="col">Votes</th>
              {twoWay && <th scope="col">Raters drawn too</th>}
              <th scope="col">Images won</th>
              <th scope="col">of images</th>
              <th scope="col">Wilson</th>
            </tr>
          </thead>
          <tbody className="num">
            {report.criteria.filter(hasShares).flatMap((one) => [
              ...one.shares.map((row) => (
                <tr key={`${one.id}/${row.system}`}>
                  <th scope="row">{one.id}</th>
                  <td dir="auto">{report.systems[row.system]}</td>
                  <td>
                    {percent(row.votes.value)} {percentInterval(row.votes)}
                  </td>
                  {twoWay && <td>{percentInterval(row.votesTwoWay)}</td>}
                  <td>{row.majorityImages}</td>
                  <td>
                    {percent(row.majority.value)} {percentInterval(row.majority)}
                  </td>
                  <td>{percentInterval(row.wilson)}</td>
                </tr>
              )),
              <tr key={`${one.id}/tie`}>
                <th scope="row">{one.id}</th>
                <td>Tie</td>
                <td />
                {twoWay && <td />}
                <td>{one.tie.images}</td>
                <td>
                  {percent(one.tie.value)} {percentInterval(one.tie)}
                </td>
                <td />
              </tr>,
            ])}
          </tbody>
        </table>
      </div>
    </details>
  )
}

export function Figure({ report }: { readonly report: StudyReport }) {
  const [counting, setCounting] = useState<Counting>('majority')
  const shown = report.criteria.filter(hasShares)
  if (shown.length === 0) return null
  const few = shown.some(({ fewImages }) => fewImages)
  return (
    <section className="sheet report-part" aria-labelledby="figure-title">
      <div className="report-head">
        <h3 id="figure-title" className="grow">
          Share of first places, %
        </h3>
        <Choice
          label="Counted by"
          value={counting}
          options={[
            ['majority', 'Images by majority'],
            ['votes', 'Votes'],
          ]}
          onChange={setCounting}
        />
      </div>
      <Legend report={report} tie={counting === 'majority'} />
      <Bars report={report} counting={counting} />
      <Intervals report={report} />
      <p className="caption-note">
        <b>●</b> votes, a tie divided evenly; <b>○</b> images with more than half of their votes.
        Lines are 95 % intervals over resampled images with all their votes
        {few && '; dashed where fewer than 20 images make them unsure'}.
      </p>
      <Numbers report={report} />
    </section>
  )
}
