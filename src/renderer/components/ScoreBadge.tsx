/** A score with its scorer, its place on the scale of the table and its distance from the baseline. */
import type { Score } from '../../shared/types.ts'
import { formatDifference, formatScore } from '../format.ts'

export interface ScoreBadgeProps {
  readonly score: Score
  readonly scorer: string
  readonly range: readonly [number, number]
  readonly baseline: Score | null
}

const WIDTH = 56
const MARGIN = 4

export function ScoreBadge({ score, scorer, range, baseline }: ScoreBadgeProps) {
  const [low, high] = range
  const x = (value: number) => MARGIN + ((value - low) / (high - low)) * (WIDTH - 2 * MARGIN)
  // Scores of two scorers are no distance apart: they are not the same measure.
  const comparable = baseline?.scorerSha256 === score.scorerSha256 ? baseline : null
  const shared = score.sharesEncoder ? ' It sees through the image encoder of the captioner.' : ''
  const cut = score.truncated ? ' Only the beginning of the caption was read.' : ''
  return (
    <span className="score" title={`${scorer}, cosine × 100.${shared}${cut}`}>
      <span>{scorer}</span>
      <b>{formatScore(score.clip)}</b>
      {(score.sharesEncoder || score.truncated) && <span aria-hidden="true">*</span>}
      <svg width={WIDTH} height="14" viewBox={`0 0 ${WIDTH} 14`} aria-hidden="true">
        <path d={`M0 7H${WIDTH}`} className="axis" />
        {comparable && <path d={`M${x(comparable.clip)} 4V10`} className="tick" />}
        <circle cx={x(score.clip)} cy="7" r="3.2" className="dot" />
      </svg>
      {comparable && <span className="d">{formatDifference(score.clip - comparable.clip)}</span>}
    </span>
  )
}
