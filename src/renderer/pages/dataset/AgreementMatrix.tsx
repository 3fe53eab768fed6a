/** How far every two measures order captions alike, within images; choosing a cell chooses the two that sort the list. */
import type {
  MeasureAgreement,
  TriangulationMeasure,
} from '../../../shared/contract/triangulation.ts'
import { MEASURE_WORDS, tauInWords, UNKNOWN_WORDS } from '../../../shared/triangulation-words.ts'
import { formatCount, plural } from '../../format.ts'
import { compareBy, type Triangulated } from '../../stores/triangulation.ts'

const interval = ({ low, high }: MeasureAgreement): string =>
  low === null || high === null ? '' : `[${tauInWords(low)}, ${tauInWords(high)}]`

/** What a cell says in full, and on the line below the matrix for the pair that is looked at. */
export function agreementInWords(one: MeasureAgreement): string {
  const { tau, unknown, pairs, images, decidedImages } = one
  const over = `${plural(pairs, 'pair')} of captions in ${plural(images, 'image')}`
  if (tau !== null) return `tau-b ${tauInWords(tau)} ${interval(one)}, ${over}`
  if (unknown === 'few')
    return `too few: only ${plural(decidedImages, 'image')} with a pair that both decide (${over})`
  return unknown === 'open' ? `one of them ties every pair (${over})` : 'no image has two with both'
}

interface CellProps {
  readonly one: MeasureAgreement
  readonly chosen: boolean
}

function Cell({ one, chosen }: CellProps) {
  const { a, b, tau, unknown, pairs, images } = one
  const names = `${MEASURE_WORDS[a].short} and ${MEASURE_WORDS[b].short}`
  return (
    <td>
      <button
        type="button"
        className="tau"
        aria-pressed={chosen}
        title={agreementInWords(one)}
        onClick={() => compareBy([a, b])}
      >
        <span className="sr">{names}: </span>
        <span className="num">
          <b>{tau === null ? unknown && UNKNOWN_WORDS[unknown] : tauInWords(tau)}</b>{' '}
          {interval(one)}
        </span>
        <span className="num dim">
          {formatCount(pairs)} / {formatCount(images)}
        </span>
      </button>
    </td>
  )
}

export function AgreementMatrix({ result }: { readonly result: Triangulated }) {
  const { measures, agreements, by } = result
  const names = measures.map(({ measure }) => measure)
  const of = (a: TriangulationMeasure, b: TriangulationMeasure) =>
    agreements.find((one) => one.a === a && one.b === b)
  const columns = names.slice(0, -1)
  return (
    <div className="tau-scroll" tabIndex={0} role="group" aria-label="Rank correlations">
      <table className="tau-matrix">
        <caption className="sr">
          Kendall’s tau-b within images with 95 % intervals, and pairs of captions / images
        </caption>
        <thead>
          <tr>
            <td />
            {columns.map((name) => (
              <th key={name} scope="col" className="label">
                {MEASURE_WORDS[name].short}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {names.slice(1).map((row, index) => (
            <tr key={row}>
              <th scope="row" className="label">
                {MEASURE_WORDS[row].short}
              </th>
              {columns.slice(0, index + 1).map((column) => {
                const one = of(column, row)
                const chosen = by.includes(column) && by.includes(row)
                return one ? <Cell key={column} one={one} chosen={chosen} /> : <td key={column} />
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
