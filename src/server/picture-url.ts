/** Reads `/picture/<sha256>/<size>?captioner=…`; anything else is nothing. Shared by both window hosts. */

export interface PictureInput {
  readonly imageId: string
  readonly size: 'thumbnail' | 'full' | 'seen'
  readonly captionerId?: string
  readonly resize?: 'bundle' | 'squash' | 'centre-crop'
}

const PATH = /^(?:\/picture)?\/([0-9a-f]{64})\/(thumbnail|full|seen)$/
const RESIZES = ['bundle', 'squash', 'centre-crop'] as const

export function parsePictureUrl(url: URL): PictureInput | null {
  const match = PATH.exec(url.pathname)
  if (!match?.[1] || !match[2]) return null
  const captionerId = url.searchParams.get('captioner')
  const asked = url.searchParams.get('resize')
  const resize = RESIZES.find((one) => one === asked)
  if (asked !== null && !resize) return null
  return {
    imageId: match[1],
    size: match[2] as PictureInput['size'],
    ...(captionerId && { captionerId }),
    ...(resize && { resize }),
  }
}
