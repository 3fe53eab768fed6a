/** The likeliest tokens at one place of a caption; choosing another one branches the caption there. */
import { useEffect, useRef, type KeyboardEvent } from 'react'
import type { LensContext } from '../../../shared/contract/grounding.ts'
import type { Cell } from '../../../shared/types.ts'
import { formatProbability } from '../../format.ts'
import { setBranching, useLensView } from '../../stores/lens.ts'
import { branchFrom } from '../../stores/runs.ts'
import { tokenWords } from './token-words.ts'

type Alternative = LensContext['alternatives'][number][number]

export interface AlternativesProps {
  readonly cell: Cell
  /** Place of the token in the caption. */
  readonly token: number
  /** The token that stands there. */
  readonly id: number
  readonly list: readonly Alternative[]
}

/** Up and down between the buttons of one list. */
function step(event: KeyboardEvent<HTMLUListElement>): void {
  const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  if (by === 0) return
  event.preventDefault()
  const buttons = [...event.currentTarget.querySelectorAll('button')]
  const at = buttons.findIndex((button) => button === document.activeElement)
  buttons[Math.max(0, Math.min(buttons.length - 1, at + by))]?.focus()
}

export function Alternatives({ cell, token, id, list }: AlternativesProps) {
  const ul = useRef<HTMLUListElement>(null)
  const wanted = useLensView((state) => state.branching)
  useEffect(() => {
    if (!wanted) return
    ul.current?.querySelector('button')?.focus()
    setBranching(false)
  }, [wanted])
  return (
    <>
      <p className="label">
        Likeliest here; choose one to go on from it <kbd aria-hidden="true">F</kbd>
      </p>
      <ul ref={ul} className="alts num" aria-label="Likeliest tokens here" onKeyDown={step}>
        {list.map((one) => {
          const p = Math.exp(one.logProb)
          const words = tokenWords(one.text)
          const here = one.id === id
          return (
            <li key={one.id} aria-current={here}>
              {here ? (
                <span className="serif clip" dir="auto">
                  {words}
                </span>
              ) : (
                <button
                  type="button"
                  className="serif clip"
                  dir="auto"
                  aria-label={`Branch with “${words}”`}
                  title={`Write this caption again up to here, with “${words}” in place, and go on`}
                  onClick={() => branchFrom(cell, token, one.id)}
                >
                  {words}
                </button>
              )}
              <span className="gauge" aria-hidden="true">
                <i style={{ width: `${Math.max(1, p * 100)}%` }} />
              </span>
              <span>{formatProbability(p)}</span>
            </li>
          )
        })}
      </ul>
    </>
  )
}
