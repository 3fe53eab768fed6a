/** What a study could compare: captioners under kinds of alt-text, and how many images have each. */
import type { Output, Parsed } from '../../shared/contract.ts'
import type { AltKind } from '../../shared/types.ts'
import type { Deps } from '../deps.ts'
import { everyImage } from './study-captions.ts'

interface Source {
  readonly captionerId: string
  readonly altKind: AltKind
  images: number
}

export function studySources(
  deps: Deps,
  { imageIds }: Parsed<'studies.sources'>,
): Output<'studies.sources'> {
  const ids = imageIds ?? [...everyImage(deps)].map(({ id }) => id)
  const found = new Map<string, Source>()
  for (const id of ids) {
    const here = new Map(
      deps.store.captions
        .ofImage(id)
        .map(({ captionerId, altKind }) => [`${altKind}/${captionerId}`, { captionerId, altKind }]),
    )
    for (const [key, source] of here) {
      const known = found.get(key) ?? { ...source, images: 0 }
      known.images++
      found.set(key, known)
    }
  }
  return { images: ids.length, sources: [...found.values()] }
}
