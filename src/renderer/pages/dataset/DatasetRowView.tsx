/** One row of the dataset: image, alt-text and caption with their marks, score and counts. */
import { memo } from 'react'
import type { DatasetRow } from '../../../shared/contract/dataset.ts'
import type { Mark } from '../../../shared/contract/grounding.ts'
import { pictureUrl } from '../../api.ts'
import { KindChip } from '../../components/KindGlyph.tsx'
import { Picture } from '../../components/Picture.tsx'
import { formatDifference, formatScore } from '../../format.ts'
import { differingPhrases } from '../../sheet/differing-phrases.ts'
import { useStatus } from '../../stores/status.ts'
import { markedParts } from './marked-parts.ts'
import { whichOf } from '../../captioners.ts'

const SHOWN = new Set(['carried', 'rejected', 'erroneous'])

function Marked({ text, marks }: { readonly text: string; readonly marks: readonly Mark[] }) {
  return markedParts(text, marks).map((part, index) =>
    part.marks.reduce<React.ReactNode>(
      (inner, { markClass, status }, depth) => (
        <span
          key={`${index} ${depth}`}
          className={`m ${markClass}${status === 'confirmed' ? ' decided' : ''}`}
        >
          {inner}
        </span>
      ),
      part.text,
    ),
  )
}

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
      {delta !== null && <p className="dim same num">score {formatDifference(delta)}</p>}
    </>
  )
}

const count = (marks: readonly Mark[] | null, name: string): string =>
  marks === null ? '–' : String(marks.filter(({ markClass }) => markClass === name).length)

export interface DatasetRowViewProps {
  readonly row: DatasetRow | undefined
  readonly index: number
  /** Name and thumbnail stand at the first row of an image. */
  readonly withImage: boolean
  readonly comparing: boolean
  readonly current: boolean
  readonly onChoose: (index: number) => void
  readonly onOpen: (row: DatasetRow) => void
}

export const DatasetRowView = memo(function DatasetRowView(props: DatasetRowViewProps) {
  const { row, index, withImage, comparing, current, onChoose, onOpen } = props
  const by = useStatus(({ bundles }) => (row ? whichOf(bundles, row.captionerId) : null))
  const shown = row?.marks?.filter(({ markClass }) => SHOWN.has(markClass)) ?? []
  const of = (place: Mark['place']) => shown.filter((mark) => mark.place === place)
  return (
    <div
      className={`ds-row${current ? ' sel' : ''}${withImage ? ' first' : ''}`}
      role="row"
      aria-rowindex={index + 2}
      aria-current={current}
      aria-busy={row === undefined}
      tabIndex={current ? 0 : -1}
      onClick={() => onChoose(index)}
      onDoubleClick={() => row && onOpen(row)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !row) return
        event.preventDefault()
        onOpen(row)
      }}
    >
      <div role="cell" className="ds-image">
        {row && withImage && (
          <>
            <Picture src={pictureUrl(row.imageId, 'thumbnail')} alt="" loading="eager" />
            <span className="clip dim" title={row.imageName}>
              {row.imageName}
            </span>
          </>
        )}
        {row && !withImage && <span className="sr">{row.imageName}</span>}
      </div>
      <div role="rowheader" className="altcell">
        {row && <KindChip kind={row.altKind} />}
        {by !== null && <span className="dim same">{by}</span>}
        {row?.branch && <span className="dim same">branch</span>}
        {row && (
          <span className="alt" dir="auto">
            “<Marked text={row.altText} marks={of('alt-text')} />”
          </span>
        )}
      </div>
      <div role="cell" className="ds-caption">
        {!row && <p className="caption dim">…</p>}
        {row && comparing && <Against row={row} />}
        {row && !comparing && (
          <p className="caption" dir="auto">
            {row.caption === '' ? (
              <span className="dim">The captioner said nothing.</span>
            ) : (
              <Marked text={row.caption} marks={of('caption')} />
            )}
          </p>
        )}
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
    </div>
  )
})
