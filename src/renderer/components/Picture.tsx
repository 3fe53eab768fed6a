/** A picture by content hash. One that cannot be shown says so in its place. */
import { useState } from 'react'

export interface PictureProps {
  readonly src: string
  readonly alt: string
  readonly fit?: 'cover' | 'contain'
}

export function Picture({ src, alt, fit = 'cover' }: PictureProps) {
  const [failed, setFailed] = useState<string | null>(null)
  if (failed === src)
    return (
      <span className="plate missing" role="img" aria-label={alt}>
        not shown
      </span>
    )
  return (
    <img
      className={`plate ${fit}`}
      src={src}
      alt={alt}
      loading="lazy"
      decoding="async"
      draggable={false}
      onError={() => setFailed(src)}
    />
  )
}
