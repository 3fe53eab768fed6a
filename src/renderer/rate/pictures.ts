/** Pictures of a rating page: each is fetched once and decoded before it counts as there; a failed one can be had again. */
import type { PictureView, RateBackend } from './backend.ts'

/** So many stay decoded: the one in view, the captioner's view of it, the next one. */
const HELD = 4

/** Fails where these bytes are no picture. */
async function decoded(url: string): Promise<HTMLImageElement> {
  const image = new Image()
  image.src = url
  await image.decode()
  return image
}

export function keptPictures(
  load: (trialId: string, view: PictureView) => Promise<string>,
): Pick<RateBackend, 'picture' | 'ready'> {
  const pictures = new Map<string, Promise<string>>()
  const urls = new Map<string, string>()
  const held: HTMLImageElement[] = []
  const keyOf = (trialId: string, view: PictureView) => `${view} ${trialId}`
  return {
    ready: (trialId, view = 'full') => urls.get(keyOf(trialId, view)) ?? null,
    picture(trialId, view = 'full', again = false) {
      const key = keyOf(trialId, view)
      const known = pictures.get(key)
      if (known && !(again && !urls.has(key))) return known
      const made = load(trialId, view).then(async (url) => {
        held.push(await decoded(url))
        if (held.length > HELD) held.shift()
        urls.set(key, url)
        return url
      })
      pictures.set(key, made)
      made.catch(() => pictures.get(key) === made && pictures.delete(key))
      return made
    },
  }
}
