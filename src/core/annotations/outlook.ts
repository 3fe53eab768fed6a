/** What the last two rounds say about another one; said from intervals alone. */
import type { RoundFigures } from '../../shared/annotation.ts'
import { shownDifference } from '../../shared/numbers.ts'

const inPoints = (value: number): string => shownDifference(value, 2)

/** With fewer images in both rounds an interval says too little to advise anybody. */
export const FEWEST_IMAGES = 10

/** null where there are no two written rounds of enough images. */
export function outlookOf(rounds: readonly RoundFigures[]): string | null {
  const [before, last] = rounds.filter(({ round, images }) => round > 1 && images > 0).slice(-2)
  if (!before || !last || last.round !== before.round + 1) return null
  const [a, b] = [before.editedWords, last.editedWords]
  if (!a || !b || Math.min(a.n, b.n) < FEWEST_IMAGES) return null
  const fewer = b.high < a.low
  const name = `Round ${last.round}`
  const edits = fewer
    ? `${name} changed less than round ${before.round} (${b.value.toFixed(1)} words against ${a.value.toFixed(1)}, the intervals do not meet)`
    : `${name} did not change clearly less than round ${before.round} (${b.value.toFixed(1)} words against ${a.value.toFixed(1)})`
  const gain = last.clipGain
  if (!gain || gain.n < FEWEST_IMAGES)
    return `${edits}. Its texts have too few CLIP scores to say what they gained.`
  const interval = `${inPoints(gain.value)} [${inPoints(gain.low)}, ${inPoints(gain.high)}]`
  if (gain.high < 0)
    return `${edits}, and its CLIP score fell (${interval}): look at what was written before another round.`
  if (gain.low > 0)
    return `${edits}, and its CLIP score rose (${interval}): another round may still gain.`
  return fewer
    ? `${edits}, and its CLIP gain is not told from none (${interval}): another round will hardly gain by this measure.`
    : `${edits}, and its CLIP gain is not told from none (${interval}): these figures say neither yes nor no to another round.`
}
