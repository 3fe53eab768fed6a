/** The picture of an item that is not the one in question: to be known again, not to be judged. */
import { useEffect, useState } from 'react'
import type { RateBackend } from './backend.ts'

export function ItemPicture(props: {
  readonly backend: RateBackend
  readonly trialId: string
  readonly alt: string
}) {
  const { backend, trialId, alt } = props
  const [url, setUrl] = useState<string | null>(null)
  useEffect(() => {
    let here = true
    backend.picture(trialId).then(
      (found) => here && setUrl(found),
      () => {}, // the words beside it are enough
    )
    return () => {
      here = false
    }
  }, [backend, trialId])
  return url === null ? null : <img src={url} alt={alt} />
}
