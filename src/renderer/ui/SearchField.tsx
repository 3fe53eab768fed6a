/** A search field that asks after a short pause in typing; `/` leads to it. */
import { Search } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'

export interface SearchFieldProps {
  readonly id: string
  readonly label: string
  readonly placeholder: string
  /** The words last asked for; when they change elsewhere the field follows. */
  readonly asked: string
  readonly pauseMs: number
  readonly onAsk: (words: string) => void
}

export function SearchField({ id, label, placeholder, asked, pauseMs, onAsk }: SearchFieldProps) {
  const [words, setWords] = useState(asked)
  useEffect(() => setWords(asked), [asked])
  useEffect(() => {
    if (words === asked) return
    const timer = setTimeout(() => onAsk(words), pauseMs)
    return () => clearTimeout(timer)
  }, [words, asked, pauseMs, onAsk])
  // A page that is left within the pause is left with what was typed, not with what was asked before.
  const pending = useRef<() => void>(() => {})
  useEffect(() => {
    pending.current = () => words !== asked && onAsk(words)
  })
  useEffect(() => () => pending.current(), [])
  return (
    <div className="field">
      <Search className="icon" aria-hidden="true" />
      <input
        id={id}
        type="search"
        aria-label={label}
        placeholder={placeholder}
        maxLength={200}
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      <kbd aria-hidden="true">/</kbd>
    </div>
  )
}
