/** Keeps what an annotator wrote, unless somebody else wrote in the meantime or it is not theirs to write. */
import type { AnnotationItem, Rewrite } from '../../shared/annotation.ts'
import type { Parsed } from '../../shared/contract.ts'
import { RealignError } from '../../shared/errors.ts'
import { cleanText } from '../clean-text.ts'
import { timestamp, type Deps } from '../deps.ts'
import { annotationItem, begunOf, imageOf, type Begun } from './annotations.ts'
import { newestOf, writtenOf } from './turns.ts'

type Request = Parsed<'annotations.rewrite'>

const refused = (message: string, hint: string) => new RealignError('bad-input', message, { hint })

/** Why nothing is written; null where it can be. */
function refusal(
  { plan, openRound }: Begun,
  versions: readonly Rewrite[],
  { round, annotator, versions: seen }: Pick<Request, 'round' | 'annotator' | 'versions'>,
): RealignError | null {
  if (versions.length !== seen)
    return refused(
      `${versions.at(-1)?.annotator ?? 'Somebody'} has written about this image in the meantime`,
      'Look at the newest text first, then write again; your words are still on the page.',
    )
  if (!plan.annotators.includes(annotator))
    return refused(
      `${annotator} is no annotator of "${plan.name}"`,
      `Its annotators are ${plan.annotators.join(', ')}.`,
    )
  if (round > openRound)
    return refused(`Round ${round} is not open yet`, `Round ${openRound} is; open the next first.`)
  const written = writtenOf(versions)
  if (round < written)
    return refused(
      `Round ${written} of this image is written already`,
      `Round ${round} stays as it is: the next one was made from it.`,
    )
  if (round > written + 1)
    return refused(`This image lacks round ${written + 1}`, 'Write that one first.')
  if (plan.swap && newestOf(versions, round - 1)?.annotator === annotator)
    return refused(
      `${annotator} wrote round ${round - 1} of this image`,
      'Somebody else writes the next one.',
    )
  return null
}

/** What was done to a text stands in its note. */
function noteOf(note: string, done: readonly string[]): string {
  return [cleanText(note).text, ...done.map((one) => `[${one}]`)].filter(Boolean).join(' ')
}

/** On disk when it returns. Nothing comes between the look at what is there and the writing: this never waits. */
export function rewrite(deps: Deps, input: Request): AnnotationItem {
  const { annotationId, imageId, round, annotator, steps, seconds } = input
  const { annotations } = deps.store
  const begun = begunOf(deps, annotationId)
  imageOf(deps, annotationId, imageId)
  const problem = refusal(begun, annotations.rewritesOf(annotationId, imageId), input)
  if (problem) throw problem
  const { text, notes } = cleanText(input.text)
  annotations.addRewrite({
    id: crypto.randomUUID(),
    ...{ annotationId, imageId, round, annotator, text, seconds },
    steps: [...new Set(steps)],
    note: noteOf(input.note, notes),
    createdAt: timestamp(deps),
  })
  return annotationItem(deps, input)
}
