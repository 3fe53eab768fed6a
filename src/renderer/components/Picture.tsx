/** A picture by content hash. One that cannot be shown says so in its place. */
import { useState } from 'react'

export interface PictureProps {
  readonly src: string
  readonly alt: string
  readonly fit?: 'cover' | 'contain'
  /** `eager` where only what is near the screen is in the page anyway. */
  readonly loading?: 'lazy' | 'eager'
}

export function Picture({ src, alt, fit = 'cover', loading = 'lazy' }: PictureProps) {
  const [failed, setFailed] = useState<string | null>(null)
  if (failed === src)
    return (
      // Without a name it is words like any others.
      <span className="plate missing" {...(alt !== '' && { role: 'img', 'aria-label': alt })}>
        not shown
      </span>
    )
  return (
    <img
      className={`plate ${fit}`}
      src={src}
      alt={alt}
      loading={loading}
      decoding="async"
      draggable={false}
      onError={() => setFailed(src)}
    />
  )
}
