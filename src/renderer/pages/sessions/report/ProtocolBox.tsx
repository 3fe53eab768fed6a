/** What was fixed before, and what came of it: the small print of the figure. */
import type { StudyReport } from '../../../../shared/study-report.ts'
import type { Protocol } from '../../../../shared/study-types.ts'
import { formatCount, formatWhen, plural, shortHash } from '../../../format.ts'

const REVEALS: Readonly<Record<Protocol['reveal'], string>> = {
  staged: 'only for questions about it',
  always: 'throughout',
  never: 'never',
}

function judgements({ counts }: StudyReport): string {
  const parts = [
    `${formatCount(counts.judgements)} counted of ${formatCount(counts.planned)} planned`,
    `${formatCount(counts.hidden)} of hidden items`,
    plural(counts.repeats, 'repeat'),
  ]
  if (counts.changedAfterReveal > 0)
    parts.push(`${formatCount(counts.changedAfterReveal)} changed after the alt-text was seen`)
  if (counts.answeredTwice > 0)
    parts.push(`${formatCount(counts.answeredTwice)} answered on two devices, the later one counts`)
  if (counts.conflicts > 0) parts.push(`${formatCount(counts.conflicts)} in conflict`)
  return parts.join(', ')
}

function excluded(report: StudyReport): string {
  const { exclusion, excludedRaters, raters } = report
  const flagged = raters.filter(({ flags }) => flags.length > 0).length
  const rule = `hidden items below ${exclusion.goldUpperBelow}, τ with oneself below ${exclusion.selfTauBelow}, fast answers over ${exclusion.tooFastOver}; as advice alone, items answered faster than one can read over the same share`
  const what =
    exclusion.action === 'exclude' ? `${excludedRaters.length} left out` : 'advice, nobody left out'
  return `${plural(flagged, 'rater')} flagged, ${what} (${rule})`
}

export function ProtocolBox(props: { readonly report: StudyReport; readonly protocol: Protocol }) {
  const { report, protocol } = props
  const { counts } = report
  return (
    <section className="sheet report-part" aria-labelledby="protocol-title">
      <h3 id="protocol-title">Protocol</h3>
      <dl className="prov protocol">
        <dt>Design</dt>
        <dd>
          {plural(counts.images, 'image')}, {plural(counts.raters, 'rater')}
          {counts.withdrawnRaters > 0 && ` (${counts.withdrawnRaters} withdrawn)`}
          {report.lateRaters.length > 0 && ` (${report.lateRaters.length} joined late)`},{' '}
          {plural(report.systems.length, 'system')}, {protocol.ratersPerItem} for each image;
          alt-text in view {REVEALS[protocol.reveal]}
        </dd>
        <dt>Judgements</dt>
        <dd className="num">{judgements(report)}</dd>
        <dt>Raters</dt>
        <dd className="num">{excluded(report)}</dd>
        <dt>Ties</dt>
        <dd>divided evenly among votes; an image without a majority counts as Tie</dd>
        <dt>Unblinded</dt>
        <dd className="num">
          {report.unblindedAt === null
            ? 'not yet'
            : report.unblindedAt === ''
              ? 'at a time that the anonymous export does not say'
              : formatWhen(report.unblindedAt)}
          {report.unblindedAfter !== null &&
            report.unblindedAfter !== '' &&
            `, after ${report.unblindedAfter}`}
        </dd>
        <dt>Seed</dt>
        <dd className="num">
          {report.seed}; {formatCount(report.resamples)} resamples of images
        </dd>
        <dt>Content</dt>
        <dd className="mono" title={report.contentSha256}>
          {shortHash(report.contentSha256)}, report of {shortHash(report.inputSha256)}, Realign{' '}
          {report.appVersion}
        </dd>
      </dl>
    </section>
  )
}
