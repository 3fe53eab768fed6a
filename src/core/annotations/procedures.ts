/** Handlers of the operations on rounds of annotation. */
import type { CallName, Output, Parsed, TaskEvent, TaskName } from '../../shared/contract.ts'
import type { Deps } from '../deps.ts'
import {
  annotationItem,
  annotationPlaces,
  getAnnotation,
  listAnnotations,
  openNextRound,
} from './annotations.ts'
import { createAnnotation } from './create-annotation.ts'
import { exportAnnotation } from './export/export-annotation.ts'
import { annotationFigures } from './figures.ts'
import { review } from './review.ts'
import { rewrite } from './rewrite.ts'
import { scoreTexts } from './score-texts.ts'
import { toCaptions } from './to-captions.ts'

type AnnotationCall = Extract<CallName, `annotations.${string}`>
type AnnotationTask = Extract<TaskName, `annotations.${string}`>
type Handlers = {
  readonly [K in AnnotationCall]: (
    input: Parsed<K>,
    signal: AbortSignal,
  ) => Promise<Output<K>> | Output<K>
} & {
  readonly [K in AnnotationTask]: (
    input: Parsed<K>,
    signal: AbortSignal,
  ) => AsyncGenerator<TaskEvent<K>, Output<K>>
}

export const annotationProcedures = (deps: Deps): Handlers => ({
  'annotations.list': () => listAnnotations(deps),
  'annotations.create': (input, signal) => createAnnotation(deps, input, signal),
  'annotations.get': ({ annotationId }) => getAnnotation(deps, annotationId),
  'annotations.openRound': (input) => openNextRound(deps, input),
  'annotations.places': (input, signal) => annotationPlaces(deps, input, signal),
  'annotations.item': (input) => annotationItem(deps, input),
  'annotations.rewrite': (input) => rewrite(deps, input),
  'annotations.review': (input, signal) => review(deps, input, signal),
  'annotations.figures': (input, signal) => annotationFigures(deps, input, signal),
  'annotations.score': (input, signal) => scoreTexts(deps, input, signal),
  'annotations.toCaptions': (input, signal) => toCaptions(deps, input, signal),
  'annotations.export': (input, signal) => exportAnnotation(deps, input, signal),
})
