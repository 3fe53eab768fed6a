/** Selected cells as rows of data: long (one a cell) and wide (one an image). */
import type { Mark } from '../../shared/contract/grounding.ts'
import { isElsewhere } from '../../shared/elsewhere.ts'
import type { AltKind, Cell } from '../../shared/types.ts'
import { corpusScores } from '../metrics/reference-scores.ts'
import type { captionReader } from '../text-statistics/caption-measures.ts'
import { ENTITY_KINDS } from '../text-statistics/entities.ts'
import { deltasOf } from './baseline.ts'
import type { DataRow, DataValue } from './data-columns.ts'
import type { MarksOf } from './marks-of.ts'
import { METRICS, type Measure } from './references.ts'
import type { SelectedCell, SelectedImage } from './selection.ts'

/** Proposed, confirmed and overruled marks of one text, told apart by their status and origin. */
function marksText(marks: readonly Mark[], wanted: Mark['place']): string | null {
  const kept = marks
    .filter(({ place }) => place === wanted)
    .map(({ markClass, start, end, text, status, origin, explanation }) => ({
      class: markClass,
      start,
      end,
      text,
      status,
      origin,
      rule: explanation?.rule ?? null,
    }))
  return kept.length === 0 ? null : JSON.stringify(kept)
}

/** Where it was read, or who was asked, stands first. */
function notesText({ provenance: { elsewhere, endpoint, notes } }: Cell): string | null {
  const read = elsewhere
    ? [`made elsewhere: ${elsewhere.file}, line ${elsewhere.line}, sha256 ${elsewhere.fileSha256}`]
    : []
  const asked = endpoint
    ? [
        `asked ${endpoint.model} at ${endpoint.url}, ${endpoint.askedAt}; prompt: ${endpoint.prompt}`,
      ]
    : []
  const all = [...read, ...asked, ...notes]
  return all.length === 0 ? null : all.join('; ')
}

export interface LongOptions {
  readonly baseline: AltKind
  /** The image's own alt-text; '' for none. */
  readonly own: string
  readonly read: ReturnType<typeof captionReader>
}

const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null)

/** In the order of the last five of LONG_COLUMNS. */
function textValues({ altText, caption }: Cell, { own, read }: LongOptions): readonly DataValue[] {
  const { words, sentences, entities, copied } = read(caption, { given: altText, own })
  const sum = (of: 'of' | 'kept'): number | null =>
    entities && ENTITY_KINDS.reduce((all, kind) => all + entities[kind][of], 0)
  return [words.length, sentences, sum('of'), sum('kept'), copied && copied.whole]
}

/**
 * In the order of LONG_COLUMNS; greedy cells have no temperature, top-k and top-p, those made elsewhere nothing that
 * says how.
 */
export function longRows(
  { image, cells }: SelectedImage,
  marksOf: MarksOf,
  { baseline, own, read }: LongOptions,
): readonly DataRow[] {
  const deltas = deltasOf(cells, baseline)
  return cells.map(({ cell, altKind }, index) => {
    const { settings, bundleSha256, variant, branch, endpoint } = cell.provenance
    const marks = marksOf(cell)
    const made = <T>(value: T): T | null => (isElsewhere(cell.captionerId) ? null : value)
    const drawn = <T>(value: T): T | null => (settings.greedy ? null : made(value))
    /** What an endpoint was sent, which may be less than the settings say. */
    const sampling = (field: string, value: number) =>
      endpoint ? numberOf(endpoint.parameters[field]) : drawn(value)
    return [
      image.name,
      image.id,
      altKind,
      cell.altText,
      cell.captionerId,
      made(bundleSha256),
      endpoint ? numberOf(endpoint.parameters['seed']) : made(cell.seed),
      sampling('temperature', settings.temperature),
      sampling('top_p', settings.topP),
      cell.caption,
      cell.tokenCount,
      cell.score?.clip ?? null,
      cell.score?.scorerId ?? null,
      cell.createdAt,
      sampling('top_k', settings.topK),
      made(settings.greedy),
      made(variant),
      cell.score?.scorerSha256 ?? null,
      deltas[index] ?? null,
      baseline,
      cell.logProb,
      image.className,
      cell.runId,
      cell.id,
      marksText(marks.all, 'alt-text'),
      marksText(marks.all, 'caption'),
      notesText(cell),
      branch?.of ?? null,
      branch?.token ?? null,
      branch?.forced.text ?? null,
      ...textValues(cell, { baseline, own, read }),
    ]
  })
}

/** Long rows with MEASURED_COLUMNS behind them; null of references themselves and where nobody wrote. */
export const measuredRows = (
  { image, cells }: SelectedImage,
  rows: readonly DataRow[],
  measure: Measure,
): readonly DataRow[] =>
  cells.map(({ cell: { captionerId, caption } }, at) => {
    const item = measure.item(image.id, captionerId, caption)
    const scores = item && corpusScores([item.scores])
    return [
      ...(rows[at] ?? []),
      ...METRICS.map((name) => scores?.[name] ?? null),
      scores?.lengthRatio ?? null,
    ]
  })

/**
 * 'class_name', 'class_name_2' for a second one, 'class_name@captioner' when there are several captioners or it was
 * made elsewhere, which no other column of this form says. The count stands before the name, which may end as a
 * count does: so the import tells them apart.
 */
export function wideKeys(
  cells: readonly SelectedCell[],
  severalCaptioners: boolean,
): readonly string[] {
  const used = new Map<string, number>()
  return cells.map(({ cell, altKind }) => {
    const kind = `${altKind.replaceAll('-', '_')}${cell.provenance.branch ? '_branch' : ''}`
    const named = severalCaptioners || isElsewhere(cell.captionerId)
    const by = named ? `@${cell.captionerId}` : ''
    const count = (used.get(kind + by) ?? 0) + 1
    used.set(kind + by, count)
    return count === 1 ? kind + by : `${kind}_${count}${by}`
  })
}

export interface WidePlan {
  readonly keys: readonly string[]
  readonly severalCaptioners: boolean
}

/** First pass over the selection: which conditions there are. Keeps names only, never rows. */
export function planWide(images: () => Iterable<SelectedImage>): WidePlan {
  const captioners = new Set<string>()
  for (const { cells } of images()) for (const { cell } of cells) captioners.add(cell.captionerId)
  const severalCaptioners = captioners.size > 1
  const keys = new Set<string>()
  for (const { cells } of images())
    for (const key of wideKeys(cells, severalCaptioners)) keys.add(key)
  return { keys: [...keys], severalCaptioners }
}

/** In the order of wideColumns; a condition that this image lacks is four nulls. */
export function wideRow({ image, cells }: SelectedImage, plan: WidePlan): DataRow {
  const keys = wideKeys(cells, plan.severalCaptioners)
  const byKey = new Map(cells.map((one, index) => [keys[index], one.cell]))
  const values = plan.keys.flatMap((key): readonly DataValue[] => {
    const cell = byKey.get(key)
    return [
      cell?.altText ?? null,
      cell?.caption ?? null,
      cell?.score?.clip ?? null,
      cell?.id ?? null,
    ]
  })
  return [image.name, image.id, image.className, ...values]
}
