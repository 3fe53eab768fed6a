/** The annotation table, round by round and annotator by annotator, with intervals (Altogether, table of section 5.1). */
import type {
  AnnotationFigures,
  AnnotatorFigures,
  Estimate,
  RoundFigures,
} from '../../shared/annotation.ts'
import type { Parsed } from '../../shared/contract.ts'
import type { BundleSummary } from '../../shared/types.ts'
import { createBreather } from '../../shared/breather.ts'
import type { Deps } from '../deps.ts'
import { knownNames } from '../grounding/known-names.ts'
import { quantile, shareInterval } from '../studies/statistics/bootstrap.ts'
import {
  createResampler,
  estimateLater,
  type Later,
  type Resampler,
} from '../studies/statistics/resampler.ts'
import { usableScorer } from '../models/scorer-in-use.ts'
import { begunOf } from './annotations.ts'
import { figureNotes } from './figure-notes.ts'
import { imageRounds, measure, type Measured } from './measured.ts'
import { outlookOf } from './outlook.ts'

export const RESAMPLES = 1000

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

const median = (values: readonly number[]): number | null =>
  values.length === 0 ? null : quantile(Float64Array.from(values).sort(), 0.5)

const known = <T>(values: readonly (T | null | undefined)[]): readonly T[] =>
  values.filter((value) => value !== null && value !== undefined) as T[]

/** Mean over images; the interval comes with the draws. */
function meanLater(resampler: Resampler, values: readonly number[]): Later<Estimate | null> {
  const n = values.length
  const flat = Float64Array.from(values)
  const later = estimateLater(resampler, n, {
    value: n === 0 ? Number.NaN : mean(values),
    measure: (counts) => {
      let sum = 0
      for (let i = 0; i < n; i++) sum += (counts[i] as number) * (flat[i] as number)
      return sum / n
    },
  })
  return () => {
    const found = later()
    return found && { ...found, n }
  }
}

function shareLater(resampler: Resampler, values: readonly boolean[]): Later<Estimate | null> {
  const n = values.length
  if (n === 0) return () => null
  const flat = Float64Array.from(values, Number)
  const drawn = new Float64Array(resampler.resamples)
  resampler.draw(n, (counts, b) => {
    let sum = 0
    for (let i = 0; i < n; i++) sum += (counts[i] as number) * (flat[i] as number)
    drawn[b] = sum / n
  })
  return () => ({ value: mean([...flat]), ...shareInterval(drawn, n), n })
}

function hitsACaption(texts: readonly Measured[]): Record<string, number> {
  const sums: Record<string, number> = {}
  for (const { lint } of texts)
    for (const [rule, hits] of lint) sums[rule] = (sums[rule] ?? 0) + hits
  return Object.fromEntries(Object.entries(sums).map(([rule, sum]) => [rule, sum / texts.length]))
}

function roundLater(
  resampler: Resampler,
  round: number,
  texts: readonly Measured[],
): Later<RoundFigures> {
  const edits = known(texts.map(({ edited }) => edited))
  const later = {
    words: meanLater(
      resampler,
      texts.map(({ words }) => words),
    ),
    editedChars: meanLater(
      resampler,
      edits.map(({ chars }) => chars),
    ),
    editedWords: meanLater(
      resampler,
      edits.map(({ words }) => words),
    ),
    clip: meanLater(resampler, known(texts.map(({ clip }) => clip))),
    clipGain: meanLater(resampler, known(texts.map(({ clipGain }) => clipGain))),
    unchanged: shareLater(
      resampler,
      edits.map(({ chars }) => chars === 0),
    ),
  }
  return () => ({
    round,
    images: texts.length,
    words: later.words(),
    editedChars: later.editedChars(),
    editedWords: later.editedWords(),
    clip: later.clip(),
    clipGain: later.clipGain(),
    unchanged: later.unchanged(),
    medianSeconds: median(known(texts.map(({ seconds }) => seconds))),
    lint: hitsACaption(texts),
  })
}

function annotatorsOf(texts: readonly Measured[], order: readonly string[]): AnnotatorFigures[] {
  const written = texts.filter(({ annotator }) => annotator !== null)
  const groups = Map.groupBy(written, ({ round, annotator }) => JSON.stringify([round, annotator]))
  const place = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length)
  return [...groups.values()]
    .map((some): AnnotatorFigures => {
      const edits = known(some.map(({ edited }) => edited))
      return {
        annotator: some[0]?.annotator ?? '',
        round: some[0]?.round ?? 0,
        images: some.length,
        words: mean(some.map(({ words }) => words)),
        editedChars: mean(edits.map(({ chars }) => chars)),
        unchanged: mean(edits.map(({ chars }) => Number(chars === 0))),
        medianSeconds: median(known(some.map(({ seconds }) => seconds))),
      }
    })
    .sort((a, b) => a.round - b.round || place(a.annotator) - place(b.annotator))
}

async function measureAll(
  deps: Deps,
  annotationId: string,
  {
    scorer,
    breathe,
  }: { readonly scorer: BundleSummary | null; readonly breathe: () => Promise<void> },
): Promise<readonly Measured[]> {
  const { plan } = begunOf(deps, annotationId)
  const names = await knownNames(deps)
  const clip = (imageId: string, text: string) =>
    scorer ? deps.store.annotations.clip(imageId, text, scorer.bundleSha256) : undefined
  const all: Measured[] = []
  for (const image of imageRounds(deps, annotationId)) {
    await breathe()
    all.push(...measure(image, { plan, names, clip }))
  }
  return all
}

export async function annotationFigures(
  deps: Deps,
  { annotationId }: Parsed<'annotations.figures'>,
  signal: AbortSignal,
): Promise<AnnotationFigures> {
  const scorer = await usableScorer(deps)
  const { plan, openRound } = begunOf(deps, annotationId)
  const breathe = createBreather(signal, deps.clock.elapsedMs)
  const texts = await measureAll(deps, annotationId, { scorer, breathe })
  const resampler = createResampler({ seed: plan.seed, resamples: RESAMPLES })
  const later = Array.from({ length: openRound }, (_, index) =>
    roundLater(
      resampler,
      index + 1,
      texts.filter(({ round }) => round === index + 1),
    ),
  )
  for (const _ of resampler.run()) await breathe()
  const rounds = later.map((one) => one())
  return {
    rounds,
    annotators: annotatorsOf(texts, plan.annotators),
    outlook: outlookOf(rounds),
    notes: figureNotes({ plan, rounds, scorer, resamples: RESAMPLES }),
  }
}
