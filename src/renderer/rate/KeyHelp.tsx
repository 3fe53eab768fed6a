/** Every key, and the way to another one: press the button, then the key. */
import { useEffect, useState } from 'react'
import { ACTIONS, DEFAULT_KEYS, keyName, keyOf, withKey, type KeyMap } from './keys.ts'

export function KeyHelp(props: {
  readonly map: KeyMap
  readonly onMap: (map: KeyMap) => void
  /** Digits beyond the cards of this item are left out. */
  readonly cards: number
  /** Words can be marked here. */
  readonly marks: boolean
  /** The captioner's own square can be seen here. */
  readonly modelView: boolean
}) {
  const { map, onMap, cards, marks, modelView } = props
  const [waiting, setWaiting] = useState<string | null>(null)
  useEffect(() => {
    if (waiting === null) return
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Tab') return setWaiting(null)
      event.preventDefault()
      // Not for the item behind it.
      event.stopImmediatePropagation()
      if (event.key === 'Escape') return setWaiting(null)
      const key = keyOf(event)
      if (key === null) return
      onMap(withKey(map, waiting, key))
      setWaiting(null)
    }
    addEventListener('keydown', onKey, { capture: true })
    return () => removeEventListener('keydown', onKey, { capture: true })
  }, [waiting, map, onMap])
  const shown = ACTIONS.filter(({ action }) => {
    if (action.kind === 'digit') return action.digit <= cards
    return (action.kind !== 'mark' || marks) && (action.kind !== 'model' || modelView)
  })
  const asked = ACTIONS.find(({ id }) => id === waiting)
  return (
    <section className="rate-keys" aria-label="Keys">
      <ul>
        {shown.map(({ id, what }) => {
          const own = (map[id] ?? []).map(keyName).join(' ')
          return (
            <li key={id}>
              <button
                type="button"
                aria-pressed={waiting === id}
                aria-label={`${own}: another key for ${what}`}
                onClick={() => setWaiting(id)}
              >
                {own}
              </button>
              <span>{what}</span>
            </li>
          )
        })}
      </ul>
      <p role="status">
        {asked
          ? `Press the key for “${asked.what}”; Esc keeps what it is.`
          : 'Shift and a card’s key: the same place as the last card. To change a key, press its button.'}
      </p>
      {map !== DEFAULT_KEYS && (
        <button type="button" onClick={() => onMap(DEFAULT_KEYS)}>
          The usual keys again
        </button>
      )}
    </section>
  )
}
