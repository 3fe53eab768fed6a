/** Begins rounds of annotation: fixes images with their words, deals them among annotators, opens the second round. */
import type { Output, Parsed } from '../../shared/contract.ts'
import { RealignError } from '../../shared/errors.ts'
import { createBreather } from '../../shared/breather.ts'
import { cleanText } from '../clean-text.ts'
import { timestamp, type Deps } from '../deps.ts'
import { mulberry32, shuffled } from '../studies/statistics/mulberry32.ts'
import type { AnnotatedImage, AnnotationPlan } from './annotation-store.ts'
import { getAnnotation } from './annotations.ts'
import { DEFAULT_GUIDELINE } from './default-guideline.ts'

type Request = Parsed<'annotations.create'>

const refused = (message: string, hint: string) => new RealignError('bad-input', message, { hint })

const hex = (): string => crypto.randomUUID().replaceAll('-', '')

/** Names differ, and nothing in them turns or breaks a line. */
function annotatorsOf({ annotators, swap }: Request): readonly string[] {
  const names = annotators.map((name) => cleanText(name).text)
  if (new Set(names).size < names.length)
    throw refused('Two annotators have the same name', 'Give each a name of their own.')
  if (swap && names.length < 2)
    throw refused(
      'Swapping needs two annotators',
      'Name another annotator, or switch swapping off: then one person writes every round.',
    )
  return names
}

/** Images [from, to) of a step: a few milliseconds in one transaction. */
const AT_ONCE = 250

/** What an image begins with. Fails with 'not-found', or 'bad-input' where there is no start text to be had. */
function wordsOf(
  { store }: Deps,
  imageId: string,
  start: Request['start'],
): Pick<AnnotatedImage, 'altText' | 'start'> {
  const detail = store.images.detail(imageId)
  if (!detail) throw new RealignError('not-found', 'An image is not in the workspace')
  const altText = detail.altTexts.findLast(({ kind }) => kind === 'own')?.text ?? ''
  if (start.from === 'alt-text') return { altText, start: altText }
  const { captionerId, altKind } = start
  const cell = store.captions
    .ofImage(imageId)
    .findLast((one) => one.captionerId === captionerId && one.altKind === altKind)
  if (!cell)
    throw refused(
      `${detail.name} has no caption to start from`,
      'Caption it first, or start from alt-texts.',
    )
  return { altText, start: cell.caption }
}

/** Fails with 'bad-input' or 'not-found', and then nothing has begun. */
export async function createAnnotation(
  deps: Deps,
  request: Request,
  signal: AbortSignal,
): Promise<Output<'annotations.create'>> {
  const { store } = deps
  const annotators = annotatorsOf(request)
  const imageIds = [...new Set(request.imageIds)]
  const breathe = createBreather(signal, deps.clock.elapsedMs)
  const order = shuffled([...imageIds.keys()], mulberry32(request.seed))
  const images: AnnotatedImage[] = []
  const dealt = new Map(order.map((place, index) => [place, index]))
  for (const [place, imageId] of imageIds.entries()) {
    await breathe()
    const words = wordsOf(deps, imageId, request.start)
    images.push({ imageId, place, dealt: dealt.get(place) ?? 0, ...words })
  }
  const plan: AnnotationPlan = {
    id: hex(),
    name: cleanText(request.name).text,
    createdAt: timestamp(deps),
    start: request.start,
    annotators,
    swap: request.swap,
    seed: request.seed,
    guideline: request.guideline ?? DEFAULT_GUIDELINE,
  }
  store.annotations.begin(plan)
  for (let at = 0; at < images.length; at += AT_ONCE) {
    await breathe()
    store.annotations.addImages(plan.id, images.slice(at, at + AT_ONCE))
  }
  // Last of all: until then nothing lists it, so that no half of one is ever seen.
  store.annotations.openRound(plan.id, 2, timestamp(deps))
  return getAnnotation(deps, plan.id)
}
