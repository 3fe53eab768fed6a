/** The methods paragraph of a paper, with every number in it. */
import type { CriterionReport, StudyReport } from '../../../shared/study-report.ts'
import type { Protocol } from '../../../shared/study-types.ts'
import { shownNumber } from '../../../shared/numbers.ts'
import { plural } from '../../../shared/plural.ts'
import { forFewUnits } from '../statistics/distributions.ts'

const REVEAL: Readonly<Record<Protocol['reveal'], string>> = {
  always: 'The alt-text was in view throughout.',
  staged:
    'The alt-text was hidden for the first questions and shown only for those about it; earlier answers were locked then.',
  never: 'The alt-text was not shown.',
}

const ASKED: Readonly<Record<string, string>> = {
  ranking: 'placed all captions, ties allowed',
  best: 'chose the best caption',
  'best-worst': 'chose the best and the worst caption',
  pair: 'compared two captions',
  rubric: 'gave every caption a mark',
  flags: 'answered yes or no for every caption',
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`

/** Few resamples, or few images, have no p small enough for Holm: then equal letters say nothing. */
function tooCoarse({ id, images, pairs }: CriterionReport, resamples: number): string {
  const finest = forFewUnits(2 / (resamples + 1), images)
  if (finest * pairs.length < 0.05) return ''
  return ` On ${id}, no p of ${plural(resamples, 'resample')} of ${plural(images, 'image')} can be below ${finest.toFixed(3)}: corrected for ${plural(pairs.length, 'pair')}, no difference could be shown, however large.`
}

const STRENGTHS =
  ' Strengths follow Davidson’s model of pairs with ties (Davidson 1970); differences are tested with the same resamples, read from Student’s t for the number of images, and corrected after Holm (1979) within a question. Agreement: Fleiss (1971) over the images with the commonest number of raters, Krippendorff’s alpha, Kendall’s W.'

/** A system that is never best or never worst in a resample has no strength there. */
const unfitted = ({ id, maxDiffDraws }: CriterionReport, resamples: number): string =>
  maxDiffDraws === null || maxDiffDraws === resamples
    ? ''
    : ` On ${id}, ${resamples - maxDiffDraws} of ${plural(resamples, 'resample')} had no MaxDiff maximum and are left out of its intervals.`

export function methodsParagraph(report: Omit<StudyReport, 'methods'>, protocol: Protocol): string {
  const { counts, systems, exclusion } = report
  const formats = [...new Set(protocol.criteria.map(({ format }) => ASKED[format] ?? format))]
  const said = report.criteria.map((one) => {
    const best = [...one.shares].sort((a, b) => b.votes.value - a.votes.value)[0]
    if (!best || one.format === 'flags' || one.votes === 0) return ''
    const name = systems[best.system] ?? ''
    const { value, low, high } = best.votes
    const kappa = one.agreement.fleiss
    const agree = kappa ? ` (Fleiss kappa of first choices ${shownNumber(kappa.value, 2)})` : ''
    const rho = one.agreement.clustering
    const effective = rho
      ? `; votes on one image correlate by ${shownNumber(rho.rho.value, 2)}, so that they count as ${Math.round(rho.effectiveVotes)}`
      : ''
    return `${tooCoarse(one, report.resamples)} On ${one.id}, ${name} took ${percent(value)} of ${plural(one.votes, 'vote')} on ${plural(one.images, 'image')} [${percent(low)}, ${percent(high)}]${agree}${effective}.`
  })
  const judged = report.raters.filter(({ judgements }) => judgements > 0).length
  const who =
    judged === 0 || judged === counts.raters
      ? plural(counts.raters, 'rater')
      : `${judged} of ${plural(counts.raters, 'rater')}`
  const late = report.lateRaters.length
  const twoWay = report.criteria.some(({ shares }) => shares.some((row) => row.votesTwoWay))
  const asked = report.recognition
  const recognised = asked
    ? ` Asked at the end, ${asked.yes} of ${plural(asked.yes + asked.unsure + asked.no, 'rater')} said they had recognised who or what wrote some captions, ${asked.unsure} were unsure.`
    : ''
  const guesses = asked?.guesses
  const guessed = guesses
    ? ` Shown a caption and the cards of another picture, they found the card of the same system in ${percent(guesses.value)} of ${plural(guesses.n, 'forced choice')} [${percent(guesses.low)}, ${percent(guesses.high)}] (chance ${percent(guesses.chance)}).`
    : ''
  const ordered = report.criteria.some(({ format }) => format !== 'flags')
  const firsts = ordered
    ? 'Shares of first places divide a tie evenly; an image belongs to a system with more than half of its votes, else to Tie. '
    : ''
  const yes = report.criteria.some(({ format }) => format === 'flags')
    ? 'Shares of yes are of the answers that could tell; agreement on them is Krippendorff’s nominal alpha. '
    : ''
  const flagged = report.raters.filter(({ flags }) => flags.length > 0).length
  return [
    `${who} judged captions of ${plural(counts.images, 'image')} by ${plural(systems.length, 'system')} (${systems.join('; ')}) and ${formats.join(' and ')}.`,
    `Captions were shown without names under random ids, in orders of Williams designs drawn from seed ${report.seed}; identical captions were one card. ${REVEAL[protocol.reveal]}${recognised}${guessed}${late > 0 ? ` ${plural(late, 'rater')} joined late; the plan was extended for them and not drawn again.` : ''}`,
    `${plural(counts.hidden, 'judgement')} of hidden test items and ${plural(counts.repeats, 'repeat')} measure the raters and do not count for a system. The rules to flag a rater were fixed before unblinding: upper end of the Wilson interval of passed test items below ${exclusion.goldUpperBelow}, Kendall tau with oneself below ${shownNumber(exclusion.selfTauBelow)} over at least 5 repeats, or more than ${percent(exclusion.tooFastOver)} of answers too fast. Raters who answered more than that share of their items faster than their captions can be read (ten words a second) are flagged as well, and never excluded for it; ${plural(flagged, 'rater')} flagged, ${report.excludedRaters.length} excluded.`,
    `${firsts}${yes}Intervals are 95 % percentile intervals of ${report.resamples} resamples of whole images with all their votes, or Wilson’s (1927) for shares on which all images agree${twoWay ? ', given a second time with raters drawn as well' : ''}.${ordered ? STRENGTHS : ''}${report.criteria.some(({ maxDiff }) => maxDiff) ? ' Best and worst choices are also fitted by a MaxDiff logit.' : ''}${report.criteria.map((one) => unfitted(one, report.resamples)).join('')}`,
    said.join('').trim(),
    report.unblindedAfter === null
      ? ''
      : `Systems were first named after ${report.unblindedAfter}.`,
    `Input ${report.inputSha256.slice(0, 12)}, Realign ${report.appVersion}.`,
  ]
    .filter(Boolean)
    .join(' ')
}
