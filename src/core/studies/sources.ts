/** What a study could compare: captioners under kinds of alt-text, and how many images have each. */
import { createBreather } from '../../shared/breather.ts'
import type { Output, Parsed } from '../../shared/contract.ts'
import type { Deps } from '../deps.ts'
import { everyImage } from './study-captions.ts'

/** Images asked after at once: a few milliseconds of the thread. */
const AT_ONCE = 100

export async function studySources(
  deps: Deps,
  { imageIds }: Parsed<'studies.sources'>,
  signal: AbortSignal,
): Promise<Output<'studies.sources'>> {
  const breathe = createBreather(signal)
  const ids: string[] = [...(imageIds ?? [])]
  if (!imageIds)
    for (const { id } of everyImage(deps)) {
      ids.push(id)
      await breathe()
    }
  const found = new Map<string, Output<'studies.sources'>['sources'][number]>()
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    for (const here of deps.store.captions.sourcesOf(ids.slice(from, from + AT_ONCE))) {
      const key = `${here.altKind}/${here.captionerId}`
      found.set(key, { ...here, images: here.images + (found.get(key)?.images ?? 0) })
    }
    await breathe()
  }
  return { images: ids.length, sources: [...found.values()] }
}
