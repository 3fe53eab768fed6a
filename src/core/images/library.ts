/** Looking at the library and putting words to its images. */
import type { Output, Parsed } from '../../shared/contract.ts'
import { RealignError } from '../../shared/errors.ts'
import type { ImageDetail } from '../../shared/types.ts'
import { cleanText } from '../clean-text.ts'
import { timestamp, type Deps } from '../deps.ts'

export function listImages({ store }: Deps, query: Parsed<'images.list'>): Output<'images.list'> {
  const { rows, next, total } = store.images.page(query)
  return { images: [...rows], next, total }
}

export function imageDetail({ store }: Deps, imageId: string): ImageDetail {
  const detail = store.images.detail(imageId)
  if (!detail) throw new RealignError('not-found', 'This image is not in the workspace')
  return detail
}

export function setAltText(deps: Deps, input: Parsed<'images.setAltText'>): ImageDetail {
  const { imageId, altKind, text } = input
  imageDetail(deps, imageId)
  const clean = cleanText(text)
  const source = clean.notes.length === 0 ? 'typed' : `typed; ${clean.notes.join('; ')}`
  deps.store.images.addAltText(
    imageId,
    { kind: altKind, text: clean.text, source },
    timestamp(deps),
  )
  return imageDetail(deps, imageId)
}
