/** A button that, when it cannot be pressed, can still be reached and says why. */
import { useId, type ReactNode } from 'react'
import { Kbd } from './Kbd.tsx'

export interface ButtonProps {
  readonly children: ReactNode
  readonly onPress: () => void
  readonly look?: 'plain' | 'primary' | 'quiet'
  readonly icon?: ReactNode
  readonly keys?: string
  /** Why it cannot be pressed now; null when it can. */
  readonly blocked?: string | null
  readonly label?: string
  readonly pressed?: boolean
}

export function Button(props: ButtonProps) {
  const { children, onPress, look = 'plain', icon, keys, blocked = null, label, pressed } = props
  const why = useId()
  return (
    <>
      <button
        type="button"
        className={`btn ${look}`}
        aria-disabled={blocked !== null}
        aria-describedby={blocked === null ? undefined : why}
        aria-label={label}
        aria-pressed={pressed}
        title={blocked ?? label}
        onClick={() => blocked === null && onPress()}
      >
        {icon}
        {children}
        {keys && (
          <span className="caps" aria-hidden="true">
            <Kbd keys={keys} />
          </span>
        )}
      </button>
      {blocked !== null && (
        <span className="sr" id={why}>
          {blocked}
        </span>
      )}
    </>
  )
}
