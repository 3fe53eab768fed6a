/** The same by annotator: who wrote how much, changed how much, and how long it took. */
import type { AnnotatorFigures } from '../../../../shared/annotation.ts'
import { formatCount, formatSeconds } from '../../../format.ts'
import { decimal, percent } from '../../../study/report-words.ts'

const HEADS = [
  'Annotator',
  'Round',
  'Images',
  'Words',
  'Edited characters',
  'Unchanged',
  'Median time',
]

export function AnnotatorsTable({ rows }: { readonly rows: readonly AnnotatorFigures[] }) {
  return (
    <section className="sheet report-part" aria-labelledby="annotators-title">
      <h3 id="annotators-title">By annotator</h3>
      <div className="wide" tabIndex={0} role="group" aria-label="Figures by annotator">
        <table className="rounds-table">
          <thead>
            <tr>
              {HEADS.map((title) => (
                <th key={title} scope="col">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((one) => (
              <tr key={`${one.round} ${one.annotator}`}>
                <th scope="row" dir="auto">
                  {one.annotator}
                </th>
                <td className="num">{one.round}</td>
                <td className="num">{formatCount(one.images)}</td>
                <td className="num">{decimal(one.words, 1)}</td>
                <td className="num">{decimal(one.editedChars, 1)}</td>
                <td className="num">{percent(one.unchanged)}</td>
                <td className="num">
                  {one.medianSeconds === null ? '–' : formatSeconds(one.medianSeconds)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
