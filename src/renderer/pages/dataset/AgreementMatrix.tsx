/** How far every two measures order captions alike, within images; choosing a cell chooses the two that sort the list. */
import type {
  MeasureAgreement,
  TriangulationMeasure,
} from '../../../shared/contract/triangulation.ts'
import { MEASURE_WORDS, tauInWords } from '../../../shared/triangulation-words.ts'
import { formatCount, plural } from '../../format.ts'
import { compareBy, type Triangulated } from '../../stores/triangulation.ts'

/** From so many measures on a square holds them: correlations below its diagonal, what they are of above it. */
const MANY = 6
export const isSquare = ({ measures }: Triangulated): boolean => measures.length >= MANY

/** Why there is no correlation, as short as a cell; the whole reason is its title. */
const NO_TAU: Readonly<Record<NonNullable<MeasureAgreement['unknown']>, string>> = {
  none: 'no pair',
  open: 'all tied',
  few: 'too few',
}

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

/** How many pairs of captions, in how many images. */
const Over = ({ one: { pairs, images } }: Pick<CellProps, 'one'>) => (
  <span className="num dim">
    {formatCount(pairs)} / {formatCount(images)}
  </span>
)

interface CellProps {
  readonly one: MeasureAgreement
  readonly chosen: boolean
  readonly square: boolean
}

function Cell({ one, chosen, square }: CellProps) {
  const { a, b, tau, unknown } = one
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
          <b>{tau === null ? unknown && NO_TAU[unknown] : tauInWords(tau)}</b> {interval(one)}
        </span>
        {!square && <Over one={one} />}
      </button>
    </td>
  )
}

export function AgreementMatrix({ result }: { readonly result: Triangulated }) {
  const { measures, agreements, by } = result
  const names = measures.map(({ measure }) => measure)
  const square = isSquare(result)
  const of = (a: TriangulationMeasure, b: TriangulationMeasure) =>
    agreements.find((one) => (one.a === a && one.b === b) || (one.a === b && one.b === a))
  const rows = square ? names : names.slice(1)
  const columns = square ? names : names.slice(0, -1)
  return (
    <div className="tau-scroll" tabIndex={0} role="group" aria-label="Rank correlations">
      <table className={square ? 'tau-matrix square' : 'tau-matrix'}>
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
          {rows.map((row) => (
            <tr key={row}>
              <th scope="row" className="label">
                {MEASURE_WORDS[row].short}
              </th>
              {columns.map((column) => {
                const one = of(column, row)
                if (!one) return <td key={column} />
                if (names.indexOf(column) < names.indexOf(row))
                  return (
                    <Cell
                      key={column}
                      one={one}
                      chosen={by.includes(column) && by.includes(row)}
                      square={square}
                    />
                  )
                return <td key={column}>{square && <Over one={one} />}</td>
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
