/** What comes into the same place is seen from its top, not from where the page before was left. */
import { useLayoutEffect, useRef } from 'react'

export function useTop<E extends HTMLElement>(what: string) {
  const place = useRef<E>(null)
  useLayoutEffect(() => {
    if (place.current) place.current.scrollTop = 0
  }, [what])
  return place
}
