/** The key of an endpoint: typed once, never shown again; its last characters tell which it is. */
import { useId, useState } from 'react'
import type { EndpointSummary } from '../../../shared/endpoint.ts'
import type { BundleSummary } from '../../../shared/types.ts'
import { setKey } from '../../stores/endpoints.ts'
import { note } from '../../stores/toasts.ts'
import { Button } from '../../ui/Button.tsx'

type Key = EndpointSummary['key']

const KEPT: Readonly<Record<NonNullable<Key['kept']>, string>> = {
  system: 'kept by the system',
  memory: 'until the program ends',
  environment: 'from the environment',
}

/** `set, ends in …abcd, kept by the system`. */
export const keyWords = ({ state, ending, kept }: Key): string =>
  state === 'none'
    ? 'none'
    : [
        'set',
        ...(ending === null ? [] : [`ends in …${ending}`]),
        ...(kept === null ? [] : [KEPT[kept]]),
      ].join(', ')

export const MOST_KEY_CHARS = 1000

export function EndpointKey({
  bundle,
  endpoint: { key, origin },
}: {
  readonly bundle: BundleSummary
  readonly endpoint: EndpointSummary
}) {
  const [typed, setTyped] = useState('')
  const [busy, setBusy] = useState(false)
  const words = useId()
  const change = async (next: string | null): Promise<void> => {
    setBusy(true)
    // What was typed does not stay in the page, whatever comes of it.
    setTyped('')
    if (await setKey(bundle.id, next)) note(next === null ? 'The key is gone' : 'The key is set')
    setBusy(false)
  }
  const blocked = busy ? 'The key is being kept' : typed.trim() === '' ? 'Type the key first' : null
  return (
    <form
      className="key-line"
      onSubmit={(event) => {
        event.preventDefault()
        if (blocked === null) void change(typed.trim())
      }}
    >
      <p id={words} className="key-words">
        <span className="label">Key</span> {keyWords(key)}
      </p>
      <div className="key-field">
        <input
          type="password"
          className="text-input"
          aria-label={`Key of ${bundle.name}`}
          aria-describedby={words}
          autoComplete="off"
          spellCheck={false}
          maxLength={MOST_KEY_CHARS}
          placeholder={key.state === 'none' ? `For ${origin} alone` : 'Another key'}
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
        />
        <Button blocked={blocked} onPress={() => void change(typed.trim())}>
          Set key
        </Button>
        {key.state === 'set' && key.kept !== 'environment' && (
          <Button onPress={() => void change(null)}>Take the key back</Button>
        )}
      </div>
    </form>
  )
}
