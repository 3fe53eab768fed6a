/** A caption or an alt-text with its marks: whole and literal, overlapping marks nested, the cursor on top. */
import { memo, useMemo, useRef, type MouseEvent, type PointerEvent } from 'react'
import type { Mark } from '../../../shared/contract/grounding.ts'
import { pointsBefore } from '../../grounding/code-points.ts'
import { CLASS_WORDS, statusWords } from '../../grounding/mark-words.ts'
import { nest, type Branch, type Layer, type Nested } from '../../grounding/nest.ts'
import { drawn, isQuiet, stands } from '../../grounding/shown-marks.ts'
import { trimmed, wordAt } from '../../grounding/words.ts'
import { select } from '../../stores/comparison.ts'
import { hover, setCursor, useCursor, type Spot } from '../../stores/cursor.ts'

/** Where the card of the cursor hangs. */
export const CURSOR_ID = 'words-looked-at'

type What = { readonly mark: Mark } | 'differs' | 'forced' | 'cursor'

interface PieceProps {
  readonly node: Nested<What>
  /** How many of the paper's marks lie around: each one inside another is drawn lower. */
  readonly depth: number
}

const STATES = { proposed: '', confirmed: 'decided', overruled: 'overruled' } as const

function Piece({ node, depth }: PieceProps) {
  if (node.kind === 'text') return node.text
  return <Layered node={node} depth={depth} />
}

function Layered({ node, depth }: PieceProps & { readonly node: Branch<What> }) {
  const { what, opens, closes, children } = node
  const inner = (deeper: number) =>
    children.map((child) => (
      <Piece key={`${child.kind} ${child.start}`} node={child} depth={deeper} />
    ))
  if (what === 'differs' || what === 'forced') return <span className={what}>{inner(depth)}</span>
  if (what === 'cursor')
    return (
      <span id={opens ? CURSOR_ID : undefined} className="cursor">
        {inner(depth)}
      </span>
    )
  const { mark } = what
  const looks = ['m', mark.markClass, STATES[mark.status], `depth-${Math.min(depth, 2)}`]
  if (!opens) looks.push('goes-on')
  if (!closes) looks.push('continues')
  return (
    <mark
      className={looks.join(' ')}
      aria-description={`${CLASS_WORDS[mark.markClass].name}, ${statusWords(mark)}`}
      data-start={mark.start}
      data-end={mark.end}
    >
      {inner(stands(mark) && !isQuiet(mark) ? depth + 1 : depth)}
    </mark>
  )
}

export interface MarkedTextProps {
  readonly text: string
  readonly place: Mark['place']
  readonly foldId: string
  readonly marks: readonly Mark[]
  /** Stretches that the baseline does not have, and the token that a branch was made to say. */
  readonly differing?: readonly Layer<'differs' | 'forced'>[]
}

const spanOf = (element: Element | null) => {
  const mark = element?.closest('[data-start]')
  return mark instanceof HTMLElement
    ? { mark, start: Number(mark.dataset['start']), end: Number(mark.dataset['end']) }
    : null
}

/** UTF-16 offset of a point of the selection within this element. */
function offsetIn(element: Element, node: Node, offset: number): number {
  const range = document.createRange()
  range.selectNodeContents(element)
  range.setEnd(node, offset)
  return range.toString().length
}

/** What a click or a drag over the text chose: the selection, else the mark, else the word. */
function chosen(element: Element, text: string, clicked: Element) {
  const selection = getSelection()
  const range = selection?.rangeCount ? selection.getRangeAt(0) : null
  if (!range || !element.contains(range.startContainer)) return null
  const start = pointsBefore(text, offsetIn(element, range.startContainer, range.startOffset))
  if (range.collapsed) {
    const mark = spanOf(clicked)
    const found = mark ?? wordAt(text, start)
    return found && { start: found.start, end: found.end, bySelection: false }
  }
  const endsHere = element.contains(range.endContainer)
  const last = endsHere
    ? pointsBefore(text, offsetIn(element, range.endContainer, range.endOffset))
    : Infinity
  const words = trimmed(text, { start, end: last })
  return words && { ...words, bySelection: true }
}

function Marked({ text, place, foldId, marks, differing = [] }: MarkedTextProps) {
  const cursor = useCursor((state) =>
    state.cursor?.foldId === foldId && state.cursor.place === place ? state.cursor : null,
  )
  const nodes = useMemo(() => {
    const layers: Layer<What>[] = [
      ...differing,
      ...drawn(marks, place).map((mark) => ({ start: mark.start, end: mark.end, what: { mark } })),
      ...(cursor ? [{ start: cursor.start, end: cursor.end, what: 'cursor' as const }] : []),
    ]
    return nest(text, layers)
  }, [text, place, marks, differing, cursor])
  const last = useRef('')
  const onMouseUp = (event: MouseEvent) => {
    const found = chosen(event.currentTarget, text, event.target as Element)
    if (!found) return
    const { bySelection, ...stretch } = found
    select(foldId)
    setCursor({ ...stretch, foldId, place }, bySelection)
  }
  const onPointerMove = (event: PointerEvent) => {
    // A page that moves under a resting pointer is no hovering.
    const at = `${event.screenX} ${event.screenY}`
    if (at === last.current || event.buttons !== 0) return
    last.current = at
    const found = spanOf(event.target as Element)
    if (!found) return hover(null)
    const spot: Spot = { foldId, place, start: found.start, end: found.end }
    hover({ ...spot, rect: found.mark.getClientRects()[0] ?? found.mark.getBoundingClientRect() })
  }
  return (
    <span
      className="marked"
      onMouseUp={onMouseUp}
      onPointerMove={onPointerMove}
      onPointerLeave={() => hover(null)}
    >
      {nodes.map((node) => (
        <Piece key={`${node.kind} ${node.start}`} node={node} depth={0} />
      ))}
    </span>
  )
}

export const MarkedText = memo(Marked)
