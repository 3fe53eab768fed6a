/** The table of rounds: length, edit distance, fit to the picture; means over images with intervals. */
import type { AnnotationFigures, Estimate, RoundFigures } from '../../../../shared/annotation.ts'
import { formatCount, formatSeconds } from '../../../format.ts'
import { RULE_NAMES, RULES } from '../../../rounds/words.ts'
import { decimal, hundredth, interval, percentInterval } from '../../../study/report-words.ts'

function Value({ of, digits = 1 }: { readonly of: Estimate | null; readonly digits?: number }) {
  return (
    <td className="num">
      {of ? decimal(of.value, digits) : '–'}
      {of && <span className="dim interval">{interval(of, digits)}</span>}
    </td>
  )
}

function Share({ of }: { readonly of: Estimate | null }) {
  return (
    <td className="num">
      {of ? `${hundredth(of.value)} %` : '–'}
      {of && <span className="dim interval">{percentInterval(of)}</span>}
    </td>
  )
}

function Row({ one }: { readonly one: RoundFigures }) {
  return (
    <tr>
      <th scope="row">{one.round === 1 ? '1, the start' : one.round}</th>
      <td className="num">{formatCount(one.images)}</td>
      <Value of={one.words} />
      <Value of={one.editedChars} />
      <Value of={one.editedWords} />
      <Value of={one.clip} />
      <Value of={one.clipGain} digits={2} />
      <Share of={one.unchanged} />
      <td className="num">{one.medianSeconds === null ? '–' : formatSeconds(one.medianSeconds)}</td>
    </tr>
  )
}

const HEADS = ['Round', 'Images', 'Words', 'Edited characters', 'Edited words']
const MORE = ['CLIP', 'CLIP gain', 'Unchanged', 'Median time']

function Lint({ rounds }: { readonly rounds: readonly RoundFigures[] }) {
  const shown = RULES.filter((rule) => rounds.some(({ lint }) => lint[rule] !== undefined))
  if (shown.length === 0) return null
  return (
    <details className="numbers">
      <summary>Hints a caption, by rule</summary>
      <div className="wide" tabIndex={0} role="group" aria-label="Hints a caption">
        <table>
          <thead>
            <tr>
              <th scope="col">Round</th>
              {shown.map((rule) => (
                <th key={rule} scope="col">
                  {RULE_NAMES[rule]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rounds.map(({ round, lint }) => (
              <tr key={round}>
                <th scope="row">{round}</th>
                {shown.map((rule) => (
                  <td key={rule} className="num">
                    {decimal(lint[rule], 2)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}

export function RoundsTable({ figures: { rounds } }: { readonly figures: AnnotationFigures }) {
  return (
    <>
      <div className="wide" tabIndex={0} role="group" aria-label="Figures of the rounds">
        <table className="rounds-table">
          <thead>
            <tr>
              {[...HEADS, ...MORE].map((title) => (
                <th key={title} scope="col">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rounds.map((one) => (
              <Row key={one.round} one={one} />
            ))}
          </tbody>
        </table>
      </div>
      <Lint rounds={rounds} />
    </>
  )
}
