/** One row of the dataset: image, alt-text and caption with their marks, score and counts. */
import { memo } from 'react'
import type { DatasetRow } from '../../../shared/contract/dataset.ts'
import type { Mark } from '../../../shared/contract/grounding.ts'
import { formatDifference, formatScore } from '../../format.ts'
import { differingPhrases } from '../../sheet/differing-phrases.ts'
import { MarkedCaption, RowShell, type RowShellProps } from './RowShell.tsx'

function Against({ row }: { readonly row: DatasetRow }) {
  const { caption, other, clip } = row
  if (!other) return <p className="caption">{caption}</p>
  if (other.caption === caption)
    return (
      <>
        <p className="caption">{caption}</p>
        <p className="dim same">the same in the other run</p>
      </>
    )
  const phrases = (from: string, to: string) =>
    differingPhrases(from, to).map((part, index) => (
      <span key={index} className={part.differs ? 'differs' : undefined}>
        {part.text}
      </span>
    ))
  const delta = clip !== null && other.clip !== null ? clip - other.clip : null
  return (
    <>
      <p className="caption" dir="auto">
        {phrases(other.caption, caption)}
      </p>
      <p className="caption other" dir="auto">
        {phrases(caption, other.caption)}
      </p>
      {other.clip !== null && (
        <p className="dim same num">
          score {formatScore(other.clip)}
          {delta !== null && `, here ${formatDifference(delta)}`}
        </p>
      )}
    </>
  )
}

const count = (marks: readonly Mark[] | null, name: string): string =>
  marks === null ? '–' : String(marks.filter(({ markClass }) => markClass === name).length)

export interface DatasetRowViewProps extends RowShellProps {
  readonly comparing: boolean
}

export const DatasetRowView = memo(function DatasetRowView(props: DatasetRowViewProps) {
  const { comparing, ...shell } = props
  const { row } = shell
  return (
    <RowShell {...shell}>
      <div role="cell" className="ds-caption">
        {!row && <p className="caption dim">…</p>}
        {row && comparing && <Against row={row} />}
        {row && !comparing && <MarkedCaption row={row} />}
      </div>
      <div role="cell" className="num score-cell">
        {row && (row.clip === null ? '–' : formatScore(row.clip))}
      </div>
      {(['carried', 'rejected', 'erroneous'] as const).map((name) => (
        <div key={name} role="cell" className="num">
          {row && count(row.marks, name)}
        </div>
      ))}
      <div role="cell" className="num">
        {row && (row.lift === null ? '–' : formatDifference(row.lift))}
      </div>
    </RowShell>
  )
})
