/** Beside the marked words: what they are marked as, by whom, why, and what a person can say to it. */
import { useLayoutEffect, useMemo, useState } from 'react'
import type { Mark } from '../../../shared/contract/grounding.ts'
import { sameStretch, sliceCodePoints } from '../../grounding/code-points.ts'
import { CLASS_WORDS, describeMark, matchedIn, statusWords } from '../../grounding/mark-words.ts'
import { stands } from '../../grounding/shown-marks.ts'
import { saidWithout, saidWithoutWords } from '../../sheet/said-without.ts'
import { useCurrentSheet, selectedFold } from '../../stores/current-sheet.ts'
import { useComparison } from '../../stores/comparison.ts'
import {
  confirm,
  decide,
  hover,
  marksAt,
  proposedAt,
  stayHovered,
  useCursor,
  type Spot,
} from '../../stores/cursor.ts'
import { marksOfFold, useMarks, type Decision } from '../../stores/marks.ts'
import { CURSOR_ID } from './MarkedText.tsx'

const OFFERS: Readonly<
  Record<Mark['place'], readonly { readonly decision: Decision; readonly key: string }[]>
> = {
  caption: [
    { decision: 'carried', key: 'B' },
    { decision: 'erroneous', key: 'R' },
    { decision: 'cannot-verify', key: 'V' },
    { decision: 'clear', key: 'X' },
  ],
  'alt-text': [
    { decision: 'rejected', key: 'N' },
    { decision: 'clear', key: 'X' },
  ],
}

const nameOf = (decision: Decision): string =>
  decision === 'clear' ? 'no mark' : CLASS_WORDS[decision].name

function Why({ mark, without }: { readonly mark: Mark; readonly without: string }) {
  const matched = mark.explanation?.matched
  return (
    <li>
      <div>
        <span className={`m ${mark.markClass} ${stands(mark) ? '' : 'overruled'}`}>
          {CLASS_WORDS[mark.markClass].name}
        </span>{' '}
        <span className="dim">{statusWords(mark)}</span>
      </div>
      {mark.explanation && <p>{mark.explanation.words}</p>}
      {matched && (
        <p className="dim">
          {matchedIn(matched.in)}: <q>{matched.text}</q>
        </p>
      )}
      {without !== '' && <p>{without}</p>}
    </li>
  )
}

function Offers({ spot, marks }: { readonly spot: Spot; readonly marks: readonly Mark[] }) {
  const said = marks.find(
    (mark) => mark.status === 'confirmed' && sameStretch(mark, spot),
  )?.markClass
  const open = proposedAt(marks).length === 1
  return (
    <div className="offers">
      {open && (
        <button type="button" onClick={() => void confirm(spot)}>
          <kbd aria-hidden="true">Y</kbd> as proposed
        </button>
      )}
      {OFFERS[spot.place].map(({ decision, key }) => (
        <button
          key={decision}
          type="button"
          aria-pressed={decision === 'clear' ? undefined : said === decision}
          onClick={() => void decide(decision, spot)}
        >
          <kbd aria-hidden="true">{key}</kbd> {nameOf(decision)}
        </button>
      ))}
    </div>
  )
}

const WIDTH = 316
const EDGE = 12

/** Under the words, or over them where there is no room below. */
function placeOf(rect: DOMRect): React.CSSProperties {
  const left = Math.max(EDGE, Math.min(rect.left - EDGE, innerWidth - WIDTH - EDGE))
  const below = innerHeight - rect.bottom > 250
  return below
    ? { left, top: rect.bottom + 7, width: WIDTH }
    : { left, bottom: innerHeight - rect.top + 5, width: WIDTH }
}

/** Where the cursor stands now; again whenever something scrolls or changes size. */
function useCursorRect(spot: Spot | null, marks: unknown): DOMRect | null {
  const [rect, setRect] = useState<DOMRect | null>(null)
  useLayoutEffect(() => {
    const element = spot && document.getElementById(CURSOR_ID)
    element?.scrollIntoView({ block: 'nearest' })
    const look = () => setRect(document.getElementById(CURSOR_ID)?.getClientRects()[0] ?? null)
    look()
    addEventListener('scroll', look, true)
    addEventListener('resize', look)
    return () => {
      removeEventListener('scroll', look, true)
      removeEventListener('resize', look)
    }
  }, [spot, marks])
  return rect
}

export function MarkCard() {
  const { cursor, hovered, bySelection } = useCursor()
  const byCell = useMarks((state) => state.byCell)
  const shown = useMarks((state) => state.shown)
  const sheet = useCurrentSheet()
  const selected = useComparison((state) => selectedFold(sheet, state.selected))
  const here = cursor && cursor.foldId === selected ? cursor : null
  const spot = hovered ?? here
  const fold = useMemo(
    () =>
      sheet.rows
        .flatMap((row) => row.places.flatMap((place) => place.folds))
        .find(({ id }) => id === spot?.foldId),
    [sheet, spot],
  )
  const marks = useMemo(
    () => (fold && spot && shown ? marksAt(spot, marksOfFold(byCell, fold.cellIds)) : []),
    [fold, spot, shown, byCell],
  )
  const cursorRect = useCursorRect(here, byCell)
  const rect = hovered ? hovered.rect : cursorRect
  const text = spot?.place === 'alt-text' ? fold?.cell.altText : fold?.cell.caption
  const words = spot && text !== undefined ? sliceCodePoints(text, spot.start, spot.end) : ''
  /** What blue leaves open: whether the picture alone would have said it. */
  const withoutOf = ({ markClass, place, start, end }: Mark): string =>
    fold && markClass === 'carried' && place === 'caption'
      ? saidWithoutWords(
          saidWithout(sheet, fold.id, sliceCodePoints(fold.cell.caption, start, end)),
        )
      : ''
  const visible = rect !== null && (marks.length > 0 || (bySelection && !hovered))
  return (
    <>
      {/* Always there, so that what comes into it is read out. */}
      <p className="sr" role="status">
        {words !== '' &&
          !hovered &&
          `“${words}”. ${marks.map((mark) => `${describeMark(mark)} ${withoutOf(mark)}`.trim()).join(' ') || 'No mark.'}`}
      </p>
      {spot && fold && visible && (
        <div
          className="mark-card"
          role="group"
          aria-label="Marks on these words"
          style={placeOf(rect)}
          onPointerEnter={stayHovered}
          onPointerLeave={() => hover(null)}
        >
          <b className="clip">“{words}”</b>
          {marks.length > 0 && (
            <ul>
              {marks.map((mark) => (
                <Why
                  key={`${mark.markClass} ${mark.start} ${mark.end}`}
                  mark={mark}
                  without={withoutOf(mark)}
                />
              ))}
            </ul>
          )}
          <Offers spot={spot} marks={marks} />
        </div>
      )}
    </>
  )
}
