/** What rows of captions have in common: the picture, the alt-text, words with their marks, and how a row is chosen and opened. */
import type { ReactNode } from 'react'
import type { DatasetRow } from '../../../shared/contract/dataset.ts'
import type { Mark } from '../../../shared/contract/grounding.ts'
import { pictureUrl } from '../../api.ts'
import { whichOf } from '../../captioners.ts'
import { KindChip } from '../../components/KindGlyph.tsx'
import { Picture } from '../../components/Picture.tsx'
import { useStatus } from '../../stores/status.ts'
import { markedParts } from './marked-parts.ts'

const SHOWN = new Set(['carried', 'rejected', 'erroneous'])

const marksAt = ({ marks }: DatasetRow, place: Mark['place']): readonly Mark[] =>
  marks?.filter((mark) => SHOWN.has(mark.markClass) && mark.place === place) ?? []

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

/** The caption of a row, or that there is none. */
export function MarkedCaption({ row }: { readonly row: DatasetRow }) {
  return (
    <p className="caption" dir="auto">
      {row.caption === '' ? (
        <span className="dim">The captioner said nothing.</span>
      ) : (
        <Marked text={row.caption} marks={marksAt(row, 'caption')} />
      )}
    </p>
  )
}

export interface RowShellProps {
  readonly row: DatasetRow | undefined
  readonly index: number
  /** Name and thumbnail stand at the first row of an image. */
  readonly withImage: boolean
  readonly current: boolean
  readonly onChoose: (index: number) => void
  readonly onOpen: (row: DatasetRow) => void
}

/** A row that begins with its picture and alt-text; further cells are its children. */
export function RowShell(props: RowShellProps & { readonly children: ReactNode }) {
  const { row, index, withImage, current, onChoose, onOpen, children } = props
  const by = useStatus(({ bundles }) => (row ? whichOf(bundles, row.captionerId) : null))
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
            “<Marked text={row.altText} marks={marksAt(row, 'alt-text')} />”
          </span>
        )}
      </div>
      {children}
    </div>
  )
}
