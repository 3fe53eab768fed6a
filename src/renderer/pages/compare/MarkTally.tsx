/** Beside the score: how many concepts of the alt-text were carried, which were rejected, what is left to confirm. */
import type { Mark } from '../../../shared/contract/grounding.ts'
import { tallyOf } from '../../grounding/shown-marks.ts'

/** Longer lists are told by their number. */
const MOST_NAMED = 2

function Rejected({ words }: { readonly words: readonly string[] }) {
  const named = words.slice(0, MOST_NAMED)
  return (
    <span className="tally wraps" title={words.join(', ')}>
      rejected: <b className="serif">{named.join(', ')}</b>
      {words.length > named.length && ` and ${words.length - named.length} more`}
    </span>
  )
}

const QUIET = [
  ['corrected', 'corrected'],
  ['added', 'added'],
  ['cannot-verify', 'cannot verify'],
] as const

export function MarkTally({ marks }: { readonly marks: readonly Mark[] }) {
  const { carried, concepts, rejected, counts, toConfirm, decided } = tallyOf(marks)
  if (toConfirm + decided === 0) return null
  return (
    <>
      {concepts > 0 && (
        <span className="tally">
          carried{' '}
          <b>
            {carried}/{concepts}
          </b>
        </span>
      )}
      {rejected.length > 0 && <Rejected words={rejected} />}
      {counts.erroneous > 0 && (
        <span className="tally">
          erroneous <b>{counts.erroneous}</b>
        </span>
      )}
      {QUIET.map(
        ([markClass, name]) =>
          counts[markClass] > 0 && (
            <span key={markClass} className="tally">
              {name} <b>{counts[markClass]}</b>
            </span>
          ),
      )}
      <span className="tally">
        {toConfirm === 0 ? 'confirmed' : decided === 0 ? 'proposed' : `${toConfirm} to confirm`}
      </span>
    </>
  )
}
