/** Everything that Table 1 says, from a request to its rows: references, alt-texts, the row that differences are to. */
import type { Parsed } from '../../shared/contract.ts'
import { createBreather } from '../../shared/breather.ts'
import type { Deps } from '../deps.ts'
import { baseRowOf, type BaseRow } from './base-row.ts'
import type { BundleNames } from './bundle-names.ts'
import { meansOf, type AltScore, type AltTexts, type Mean } from './means.ts'
import { measureBy, referencesBy, type Measure } from './references.ts'
import type { SelectedImage } from './selection.ts'
import { surveyOf, type Survey } from './survey.ts'

export interface Means {
  readonly rows: readonly Mean[]
  readonly base: BaseRow
  readonly measure: Measure | null
  readonly altTexts: (AltTexts & { readonly images: number; readonly scorable: boolean }) | null
}

type Request = Pick<Parsed<'publish.rows'>, 'references' | 'base' | 'baseline'>

interface Asked extends Request {
  readonly names: BundleNames
  /** Of the table: read twice, so that no more than its scores is held. */
  readonly images: () => Iterable<SelectedImage>
}

/** By the captioners that a request names, an id or the name of who wrote elsewhere; null where it names none. */
export async function measureFor(
  deps: Deps,
  { references, names, images }: Pick<Asked, 'references' | 'names' | 'images'>,
  signal: AbortSignal,
): Promise<Measure | null> {
  const breathe = createBreather(signal, deps.clock.elapsedMs)
  const found = referencesBy(deps.store, references, new Set(names.keys()))
  if (!found) return null
  const { references: texts } = await surveyOf(deps.store, images(), found, breathe)
  return measureBy(found.by, texts, breathe)
}

async function altTextsOf(
  { store }: Pick<Deps, 'store'>,
  { altTexts, scorer, images }: Survey,
  { shown, breathe }: { readonly shown: boolean; readonly breathe: () => Promise<void> },
): Promise<NonNullable<Means['altTexts']>> {
  const scores = new Map<string, AltScore>()
  if (scorer)
    for (const [imageId, text] of altTexts) {
      const clip = store.annotations.clip(imageId, text, scorer.scorerSha256)
      if (clip !== undefined) scores.set(imageId, { ...scorer, clip })
      await breathe()
    }
  return { texts: altTexts, scores, scorable: scorer !== null, shown, images }
}

/** Fails as references and base rows do that are not in the selection. */
export async function meansFor(
  deps: Deps,
  { references, base: asked, baseline, names, images }: Asked,
  signal: AbortSignal,
): Promise<Means> {
  const breathe = createBreather(signal, deps.clock.elapsedMs)
  const known = new Set(names.keys())
  const found = referencesBy(deps.store, references, known)
  const plain = !found && (asked === undefined || asked.kind === 'baseline')
  const survey = plain ? null : await surveyOf(deps.store, images(), found, breathe)
  const base = baseRowOf(survey, { base: asked, baseline, known })
  const measure = survey && found && (await measureBy(found.by, survey.references, breathe))
  const shown = found !== null || base.kind === 'alt-text'
  const altTexts = survey && (await altTextsOf(deps, survey, { shown, breathe }))
  const rows = await meansOf(images(), { base, measure, altTexts, breathe })
  return { rows, base, measure, altTexts }
}
