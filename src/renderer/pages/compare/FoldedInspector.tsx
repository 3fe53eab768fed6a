/** The inspector folded to a strip, and the button that folds it. */
import { PanelRightClose, PanelRightOpen } from 'lucide-react'
import { useLayoutEffect, useRef } from 'react'
import { flipInspector } from '../../stores/inspector-fold.ts'

let handedOn = false

/** Inspector and strip take each other's place: a focus that was in one goes to the button of the other. */
export function useFocusHandedOn() {
  const place = useRef<HTMLElement>(null)
  useLayoutEffect(() => {
    const here = place.current
    if (handedOn) here?.querySelector<HTMLElement>('.fold-button')?.focus()
    return () => {
      handedOn = here?.contains(document.activeElement) ?? false
      // Only to what comes in the same stroke, not to a later visit.
      queueMicrotask(() => (handedOn = false))
    }
  }, [])
  return place
}

export function FoldButton() {
  return (
    <button
      type="button"
      className="fold-button"
      aria-label="Fold the inspector"
      title="Fold the inspector (Z)"
      onClick={flipInspector}
    >
      <PanelRightClose className="icon" aria-hidden="true" />
    </button>
  )
}

export function FoldedInspector() {
  return (
    <aside className="insp-folded" aria-label="Inspect" ref={useFocusHandedOn()}>
      <button
        type="button"
        className="fold-button"
        aria-label="Open the inspector"
        title="Open the inspector (Z)"
        onClick={flipInspector}
      >
        <PanelRightOpen className="icon" aria-hidden="true" />
        <span className="upright" aria-hidden="true">
          Inspect
        </span>
        <kbd aria-hidden="true">Z</kbd>
      </button>
    </aside>
  )
}
