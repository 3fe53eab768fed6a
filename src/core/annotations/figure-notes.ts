/** How the figures of an annotation were computed, in sentences, for below a table. */
import type { RoundFigures } from '../../shared/annotation.ts'
import { captionerLabel } from '../../shared/elsewhere.ts'
import { plural } from '../../shared/plural.ts'
import type { BundleSummary } from '../../shared/types.ts'
import type { AnnotationPlan } from './annotation-store.ts'

interface About {
  readonly plan: AnnotationPlan
  readonly rounds: readonly RoundFigures[]
  readonly scorer: BundleSummary | null
  readonly resamples: number
}

function startNote({ start }: AnnotationPlan): string {
  return start.from === 'alt-text'
    ? 'Round 1 is the alt-text of each image as it was when annotation began.'
    : `Round 1 is the newest caption by ${captionerLabel(start.captionerId)} (${start.altKind} alt-text) as it was when annotation began.`
}

function whoNote({ annotators, swap, seed }: AnnotationPlan): string {
  const who = plural(annotators.length, 'annotator')
  const swapped = swap ? '; nobody rewrote their own text of the round before' : ''
  return `Images were dealt among ${who} from seed ${seed}${swapped}. The newest text of a round counts.`
}

function clipNotes({ rounds, scorer }: About): readonly string[] {
  if (!scorer) return ['There is no scorer, so texts have no CLIP scores.']
  const scores = `Alignment is the CLIP score (cosine × 100) by ${scorer.name} (bundle ${scorer.bundleSha256.slice(0, 8)}), of the texts that it scored; the gain is the mean difference to the round before, of images that have both.`
  const partly = rounds.filter(({ images, clip }) => images > (clip?.n ?? 0))
  const missing = partly.map(
    ({ round, images, clip }) => `round ${round}, ${clip?.n ?? 0} of ${images}`,
  )
  return missing.length === 0 ? [scores] : [scores, `Scored so far: ${missing.join('; ')}.`]
}

export function figureNotes(about: About): string[] {
  const { plan, resamples } = about
  return [
    startNote(plan),
    whoNote(plan),
    'Length is in words as the reference metrics of Table 1 count them: lower case, no punctuation.',
    'The edit distance is Levenshtein’s to the text of the round before, in characters (Unicode code points) and in words (those that are counted). The paper does not state the unit of its edit distance, so compare with care.',
    ...clipNotes(about),
    `Means over images; intervals are 95 % percentiles of a bootstrap over images (${resamples} draws, seed ${plan.seed}); a share that is the same everywhere has Wilson’s.`,
    'Seconds are those the pages counted while they were in front; the median over images.',
    'Lint hits a caption: what the rules of the guideline point at. Their word lists are English; they are hints, not verdicts.',
  ]
}
