/** The row of Table 1 that differences are to: what was asked for becomes one that is there. */
import type { Base } from '../../shared/contract/publish.ts'
import { writerOf } from '../../shared/elsewhere.ts'
import { RealignError } from '../../shared/errors.ts'
import type { AltKind } from '../../shared/types.ts'
import { kindLabel, nameIn, type BundleNames } from './bundle-names.ts'
import { captionerCalled } from './references.ts'
import type { RowKey, Survey } from './survey.ts'

export type BaseRow =
  /** Of each captioner its own row under this kind of alt-text. */
  | { readonly kind: 'baseline'; readonly altKind: AltKind }
  | { readonly kind: 'alt-text' }
  | { readonly kind: 'row'; readonly captionerId: string; readonly altKind: AltKind }

export const ALT_TEXT_ITSELF = 'the alt-text itself'

/** Rows that are told in a hint. */
const MOST_TOLD = 8

const called = ({ captionerId, altKind }: Pick<RowKey, 'captionerId' | 'altKind'>): string =>
  `${writerOf(captionerId)},${altKind}`

function toldRows({ rows, altTexts }: Survey): string {
  const all = [...new Set([...(altTexts.size > 0 ? ['alt-text'] : []), ...rows.map(called)])]
  const more = all.length - MOST_TOLD
  return `${all.slice(0, MOST_TOLD).join('; ')}${more > 0 ? `; and ${more} more` : ''}`
}

const noAltText = (survey: Survey): RealignError =>
  new RealignError('not-found', 'No image of this selection has an alt-text of its own', {
    hint: `Give images their alt-texts (a table in the Library, or realign import --table), or take differences to another row: ${toldRows(survey)}.`,
  })

function rowIn(
  survey: Survey,
  { captionerId: name, altKind }: Extract<Base, { kind: 'row' }>,
  known: ReadonlySet<string>,
): BaseRow {
  const captionerId = captionerCalled(name, known)
  const fitting = survey.rows.filter(
    (row) => row.captionerId === captionerId && (altKind === undefined || row.altKind === altKind),
  )
  const [first] = fitting
  if (!first)
    throw new RealignError(
      'not-found',
      `No caption of this selection is by ${writerOf(captionerId)}${altKind === undefined ? '' : ` under the ${kindLabel(altKind)} alt-text`}`,
      {
        hint: `Select its captions too, or take differences to a row that is here: ${toldRows(survey)}.`,
      },
    )
  const kinds = [...new Set(fitting.map((row) => row.altKind))]
  if (kinds.length > 1)
    throw new RealignError(
      'bad-input',
      `${writerOf(captionerId)} has a row for each of ${kinds.map(kindLabel).join(', ')}`,
      { hint: `Say which, as in ${called(first)}.` },
    )
  if (fitting.length > 1)
    throw new RealignError(
      'bad-input',
      `${fitting.length} bundles called ${writerOf(captionerId)} have a row under the ${kindLabel(first.altKind)} alt-text`,
      { hint: 'Select one run, so that only one of them is left.' },
    )
  return { kind: 'row', captionerId, altKind: first.altKind }
}

interface Asked {
  readonly base: Base | undefined
  readonly baseline: AltKind
  readonly known: ReadonlySet<string>
}

/**
 * Nothing said: the alt-text itself where it can be measured, as in the paper; else the baseline. `survey` is null
 * where nothing but the baseline can come out. Fails with 'not-found' or 'bad-input' for a row that is not there, or
 * not one.
 */
export function baseRowOf(survey: Survey | null, { base, baseline, known }: Asked): BaseRow {
  const plain: BaseRow = { kind: 'baseline', altKind: baseline }
  if (survey === null || base?.kind === 'baseline') return plain
  if (base?.kind === 'row') return rowIn(survey, base, known)
  if (base?.kind === 'alt-text') {
    if (survey.altTexts.size === 0) throw noAltText(survey)
    return base
  }
  const { altTexts, references } = survey
  const measurable = [...altTexts.keys()].some((id) => (references.get(id)?.length ?? 0) > 0)
  return measurable ? { kind: 'alt-text' } : plain
}

/** As a reader calls it, behind "difference to". */
export function baseLabel(base: BaseRow, names: BundleNames): string {
  if (base.kind === 'baseline') return kindLabel(base.altKind)
  if (base.kind === 'alt-text') return ALT_TEXT_ITSELF
  return `${nameIn(names, base.captionerId)} (${kindLabel(base.altKind)})`
}

/** As data says it: a kind of alt-text, or what --base takes. */
export function baseText(base: BaseRow): string {
  if (base.kind === 'baseline') return base.altKind
  return base.kind === 'alt-text' ? base.kind : `${base.captionerId},${base.altKind}`
}
