/** The words of a caption as buttons: those that made the rater say yes are pressed. */
import { useEffect, useRef, type KeyboardEvent } from 'react'
import type { Span } from '../../shared/study-types.ts'

export interface Marking {
  readonly slot: number
  readonly label: number
  readonly toggle: (span: Span) => void
  readonly onClose: () => void
}

/** Runs without white space, with where they stand. */
const wordsOf = (text: string) =>
  [...text.matchAll(/\S+/gu)].map((match) => ({ word: match[0], start: match.index }))

const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 }

export function MarkWords(props: {
  readonly text: string
  readonly spans: readonly Span[]
  readonly marking: Marking
}) {
  const { text, spans, marking } = props
  const { slot, label, toggle, onClose } = marking
  const words = wordsOf(text)
  const group = useRef<HTMLSpanElement>(null)
  useEffect(() => group.current?.querySelector('button')?.focus(), [])
  const onKeyDown = (event: KeyboardEvent<HTMLSpanElement>) => {
    const step = STEPS[event.key]
    if (step === undefined && event.key !== 'Escape') return
    event.preventDefault()
    // The arrows are not for the picture now.
    event.stopPropagation()
    if (step === undefined) return onClose()
    const all = [...(group.current?.querySelectorAll('button') ?? [])]
    const at = all.findIndex((one) => one === document.activeElement)
    all[Math.max(0, Math.min(all.length - 1, at + step))]?.focus()
  }
  return (
    <span
      ref={group}
      role="group"
      aria-label={`Words of card ${slot}: arrows move, Enter marks, Escape ends`}
      className="rate-words"
      onKeyDown={onKeyDown}
    >
      {words.map(({ word, start }) => {
        const marked = spans.some(
          (one) => one.slot === slot && one.label === label && one.start === start,
        )
        return (
          <button
            key={start}
            type="button"
            aria-pressed={marked}
            onClick={() => toggle({ slot, label, start, end: start + word.length })}
          >
            {word}
          </button>
        )
      })}
    </span>
  )
}
