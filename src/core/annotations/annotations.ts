/** Looking at rounds of annotation: the list, one of them, its images, one image; and opening the next round. */
import {
  MOST_ROUNDS,
  type Annotation,
  type AnnotationItem,
  type AnnotationPlace,
} from '../../shared/annotation.ts'
import type { Output, Parsed } from '../../shared/contract.ts'
import { RealignError } from '../../shared/errors.ts'
import { createBreather } from '../../shared/breather.ts'
import { timestamp, type Deps } from '../deps.ts'
import { usableScorer } from '../models/scorer-in-use.ts'
import type { AnnotatedImage, AnnotationPlan, Standing } from './annotation-store.ts'
import { DEFAULT_GUIDELINE } from './default-guideline.ts'
import { newestBefore, turnOf, writtenOf } from './turns.ts'

export function listAnnotations({ store }: Deps): Output<'annotations.list'> {
  return { annotations: [...store.annotations.list()], guideline: DEFAULT_GUIDELINE }
}

export interface Begun {
  readonly plan: AnnotationPlan
  readonly openRound: number
}

/** Fails with 'not-found'. */
export function begunOf({ store }: Pick<Deps, 'store'>, annotationId: string): Begun {
  const summary = store.annotations.summary(annotationId)
  const plan = summary && store.annotations.plan(annotationId)
  if (!plan)
    throw new RealignError('not-found', 'There are no such rounds of annotation', {
      hint: 'They may belong to another workspace.',
    })
  return { plan, openRound: summary.openRound }
}

export async function getAnnotation(deps: Deps, annotationId: string): Promise<Annotation> {
  const scorer = await usableScorer(deps)
  const { plan } = begunOf(deps, annotationId)
  const summary = deps.store.annotations.summary(annotationId)!
  return {
    ...summary,
    start: plan.start,
    annotators: [...plan.annotators],
    swap: plan.swap,
    seed: plan.seed,
    guideline: plan.guideline,
    scorerId: scorer?.id ?? null,
    unscored: scorer ? deps.store.annotations.countUnscored(annotationId, scorer.bundleSha256) : 0,
  }
}

export function openNextRound(
  deps: Deps,
  { annotationId, round }: Parsed<'annotations.openRound'>,
): Promise<Annotation> {
  const { openRound } = begunOf(deps, annotationId)
  if (round !== undefined && round <= openRound) return getAnnotation(deps, annotationId)
  if (round !== undefined && round > openRound + 1)
    throw new RealignError('bad-input', `Round ${openRound + 1} is not open yet`, {
      hint: 'Rounds are opened one after another.',
    })
  if (openRound >= MOST_ROUNDS)
    throw new RealignError('bad-input', `There are at most ${MOST_ROUNDS} rounds`, {
      hint: 'Begin new rounds from the captions of these.',
    })
  deps.store.annotations.openRound(annotationId, openRound + 1, timestamp(deps))
  return getAnnotation(deps, annotationId)
}

/** Images in one reading: a few milliseconds. */
const AT_ONCE = 500

/** Every image of an annotation in its order; lets others have the thread. */
export async function* standingsOf(
  deps: Deps,
  annotationId: string,
  signal: AbortSignal,
): AsyncGenerator<Standing, void> {
  const breathe = createBreather(signal, deps.clock.elapsedMs)
  for (let after = -1; ;) {
    await breathe()
    const some = deps.store.annotations.standings(annotationId, after, AT_ONCE)
    yield* some
    const last = some.at(-1)
    if (!last || some.length < AT_ONCE) return
    after = last.place
  }
}

export async function annotationPlaces(
  deps: Deps,
  { annotationId, annotator, show, after, limit }: Parsed<'annotations.places'>,
  signal: AbortSignal,
): Promise<Output<'annotations.places'>> {
  const { plan, openRound } = begunOf(deps, annotationId)
  const places: AnnotationPlace[] = []
  let total = 0
  for await (const standing of standingsOf(deps, annotationId, signal)) {
    const turn = turnOf(plan, standing, openRound)
    if (show !== 'all' && (show === 'open') !== (turn !== null)) continue
    // What is done is whose text stands there.
    if (annotator !== null && annotator !== (turn ? turn.annotator : standing.writer)) continue
    total++
    if (standing.place <= after || places.length >= limit) continue
    places.push({
      imageId: standing.imageId,
      imageName: standing.imageName,
      place: standing.place,
      round: turn?.round ?? null,
      annotator: turn?.annotator ?? null,
      text: standing.beginning.replace(/\s+/gu, ' ').trim(),
    })
  }
  return { places, total }
}

/** Fails with 'not-found'. */
export function imageOf(
  { store }: Pick<Deps, 'store'>,
  annotationId: string,
  imageId: string,
): AnnotatedImage {
  const image = store.annotations.image(annotationId, imageId)
  if (!image) throw new RealignError('not-found', 'This image is not among those annotated here')
  return image
}

export function annotationItem(
  deps: Deps,
  { annotationId, imageId }: Parsed<'annotations.item'>,
): AnnotationItem {
  const { store } = deps
  const { plan, openRound } = begunOf(deps, annotationId)
  const image = imageOf(deps, annotationId, imageId)
  const versions = store.annotations.rewritesOf(annotationId, imageId)
  const written = writtenOf(versions)
  const writer = newestBefore(versions, written + 1)?.annotator ?? null
  const turn = turnOf(plan, { dealt: image.dealt, written, writer }, openRound)
  const from = turn?.round ?? written
  return {
    annotationId,
    imageId,
    imageName: store.images.card(imageId)?.name ?? '',
    place: image.place,
    altText: image.altText,
    start: image.start,
    versions: [...versions],
    round: turn?.round ?? null,
    annotator: turn?.annotator ?? null,
    previous: newestBefore(versions, from)?.text ?? image.start,
  }
}
