/** From stored and running cells to the table of a paper: alt-text rows, captioner columns, equal captions folded. */
import { isElsewhere } from '../../shared/elsewhere.ts'
import type { Condition } from '../../shared/contract/comparisons.ts'
import { isEndpoint } from '../../shared/endpoint-names.ts'
import type { AltKind, Branch, Cell, GenerationSettings } from '../../shared/types.ts'
import { KIND_NAMES } from '../kinds.ts'

/** A caption that is being made. */
export interface LiveCell {
  readonly key: string
  readonly imageId: string
  readonly altKind: AltKind
  readonly altText: string
  readonly captionerId: string
  readonly settings: GenerationSettings
  readonly phase: 'queued' | 'loading' | 'encoding' | 'captioning'
  /** What the phase says of itself: a place in the queue, the part being loaded. */
  readonly note: string
  readonly fraction: number | null
  readonly text: string
  readonly tokens: number
  readonly tokensPerSecond: number | null
  /** It leaves another caption, so its beginning is given. */
  readonly branches?: boolean
}

/** Cells of one place in the table whose captions are the same text. */
export interface Fold {
  /** Id of the newest cell: what the inspector shows. */
  readonly id: string
  readonly cell: Cell
  /** Every cell that says the same here, oldest first. */
  readonly cellIds: readonly string[]
  readonly count: number
  /** Where it leaves another caption of this place; it stands below that one and counts as no sample. */
  readonly branch: Branch | null
}

export interface Place {
  readonly folds: readonly Fold[]
  readonly live: readonly LiveCell[]
  readonly samples: number
}

export interface Column {
  readonly key: string
  readonly captionerId: string
  readonly settings: GenerationSettings
}

export interface Row {
  readonly key: string
  readonly altKind: AltKind
  readonly altText: string
  readonly places: readonly Place[]
}

export interface SheetModel {
  readonly columns: readonly Column[]
  readonly rows: readonly Row[]
}

/** What a column asks: a captioner with its settings. */
export type Asked = Pick<LiveCell, 'captionerId' | 'settings'>

const settingsOf = (cell: Cell): Asked => ({
  captionerId: cell.captionerId,
  settings: cell.provenance.settings,
})

/** Any of them: it is described like every other. */
const ENDPOINT = 'endpoint:'

/** What an endpoint is told of them: it has no variants, and chooses among tokens of its own. */
function describeToldSettings({ greedy, temperature, topP }: GenerationSettings): string {
  return greedy ? 'greedy' : `T ${temperature}, top-p ${topP}`
}

/** As far as this captioner has to do with them. */
export const describeAsked = ({ captionerId, settings }: Asked): string =>
  isEndpoint(captionerId) ? describeToldSettings(settings) : describeSettings(settings)

/** How words were drawn; how pixels were cut is said where it matters: see describeColumn. */
export function describeSettings(settings: GenerationSettings): string {
  const { greedy, temperature, topP, topK, variant } = settings
  const drawn = greedy ? 'greedy' : `T ${temperature}, top-p ${topP}, top-k ${topK}`
  return variant === 'fp32' ? drawn : `${drawn}, ${variant}`
}

const CUT: Readonly<Record<GenerationSettings['resize'], string>> = {
  bundle: '',
  squash: 'squashed',
  'centre-crop': 'centre cut out',
}

type Part = (asked: Asked) => string

const differ = (part: Part, columns: readonly Column[]): boolean =>
  new Set(columns.map(part)).size > 1

/** What is left unsaid only because one of two captioners is an endpoint tells no column from another. */
const tells = (part: Part, columns: readonly Column[]): boolean =>
  differ(
    part,
    columns.filter(({ captionerId }) => !isEndpoint(captionerId)),
  ) || differ(({ settings }) => part({ captionerId: ENDPOINT, settings }), columns)

/**
 * How a column was made, in words: all of it, or only what tells it from its neighbours. Of captions made elsewhere
 * nothing is known, so they tell no column from another.
 */
export function describeColumn(column: Column, neighbours?: readonly Column[]): string {
  if (isElsewhere(column.captionerId)) return ''
  const others = neighbours?.filter(({ captionerId }) => !isElsewhere(captionerId))
  const parts: readonly Part[] = [
    describeAsked,
    ({ captionerId, settings }) => (isEndpoint(captionerId) ? '' : CUT[settings.resize]),
    ({ settings: { maxNewTokens } }) =>
      maxNewTokens === undefined ? '' : `at most ${maxNewTokens} tokens`,
  ]
  return parts
    .filter((part) => !others || tells(part, others))
    .map((part) => part(column))
    .filter(Boolean)
    .join(', ')
}

/**
 * Whoever wrote elsewhere has one column, whatever stands in for settings in the cells; of an endpoint only the
 * settings that it is told make another one.
 */
export function columnKey(asked: Asked): string {
  const { captionerId, settings } = asked
  if (isElsewhere(captionerId)) return captionerId
  const resize = isEndpoint(captionerId) ? '' : settings.resize
  return `${captionerId} ${describeAsked(asked)} ${resize} ${settings.maxNewTokens ?? ''}`
}

export const rowKey = (of: Pick<Cell, 'altKind' | 'altText'>): string =>
  `${of.altKind} ${of.altText}`

/**
 * What somebody wrote elsewhere under a text of no stated kind stands in the row of that text, whatever kind it has
 * for captions of ours.
 */
function placedCells(cells: readonly Cell[]): readonly Cell[] {
  const kinds = new Map(
    cells
      .filter(({ captionerId, altKind }) => !isElsewhere(captionerId) && altKind !== 'free')
      .map(({ altText, altKind }) => [altText, altKind]),
  )
  return cells.map((cell) => {
    const kind = kinds.get(cell.altText)
    const moves = kind !== undefined && cell.altKind === 'free' && isElsewhere(cell.captionerId)
    return moves ? { ...cell, altKind: kind } : cell
  })
}

function foldEqual(cells: readonly Cell[]): readonly Fold[] {
  const folds = new Map<string, Fold>()
  for (const cell of cells) {
    const { branch = null } = cell.provenance
    const leaves = branch && [branch.of, branch.token, branch.forced.id]
    const key = JSON.stringify([cell.caption, leaves])
    const cellIds = [...(folds.get(key)?.cellIds ?? []), cell.id]
    folds.set(key, { id: cell.id, cell, cellIds, count: cellIds.length, branch })
  }
  return withBranches([...folds.values()])
}

/** Every caption, then what leaves it, then what leaves that; a branch whose parent is elsewhere comes last. */
function withBranches(folds: readonly Fold[]): readonly Fold[] {
  const below = ({ cellIds }: Fold): readonly Fold[] =>
    folds
      .filter(({ branch }) => branch !== null && cellIds.includes(branch.of))
      .flatMap((fold) => [fold, ...below(fold)])
  const placed = folds
    .filter(({ branch }) => branch === null)
    .flatMap((fold) => [fold, ...below(fold)])
  return [...placed, ...folds.filter((fold) => !placed.includes(fold))]
}

const KIND_ORDER = Object.keys(KIND_NAMES)
const byKind = (a: Pick<Row, 'altKind'>, b: Pick<Row, 'altKind'>): number =>
  KIND_ORDER.indexOf(a.altKind) - KIND_ORDER.indexOf(b.altKind)

/**
 * Rows stand as in the paper's Table 3 (empty, class name, …, wrong, own words last), whichever caption
 * was finished first; within a kind, and for columns, the order in which their first cell was made.
 */
export function toSheet(all: readonly Cell[], live: readonly LiveCell[]): SheetModel {
  const cells = placedCells(all)
  const columns = new Map<string, Column>()
  const rows = new Map<string, Pick<Row, 'key' | 'altKind' | 'altText'>>()
  const asked = [...cells.map((cell) => ({ ...cell, ...settingsOf(cell) })), ...live]
  for (const { captionerId, settings, altKind, altText } of asked) {
    const column = columnKey({ captionerId, settings })
    if (!columns.has(column)) columns.set(column, { key: column, captionerId, settings })
    const row = rowKey({ altKind, altText })
    if (!rows.has(row)) rows.set(row, { key: row, altKind, altText })
  }
  const placeOf = (row: string, column: string): Place => {
    const here = cells.filter(
      (cell) => rowKey(cell) === row && columnKey(settingsOf(cell)) === column,
    )
    return {
      folds: foldEqual(here),
      samples: here.filter(({ provenance }) => !provenance.branch).length,
      live: live.filter((one) => rowKey(one) === row && columnKey(one) === column),
    }
  }
  return {
    columns: [...columns.values()],
    rows: [...rows.values()].sort(byKind).map((row) => ({
      ...row,
      places: [...columns.keys()].map((column) => placeOf(row.key, column)),
    })),
  }
}

/** The row that a caption stands in; as its kind and alt-text say where it stands in none. */
export const rowOf = (sheet: SheetModel, cell: Cell): Pick<Row, 'key' | 'altKind'> =>
  sheet.rows.find(({ places }) =>
    places.some(({ folds }) => folds.some(({ cellIds }) => cellIds.includes(cell.id))),
  ) ?? { key: rowKey(cell), altKind: cell.altKind }

/** The rows, or this one, that have neither a caption nor one on the way in a column, which may not be there yet. */
export function missingIn(sheet: SheetModel, column: string, row?: string): readonly Condition[] {
  const at = sheet.columns.findIndex(({ key }) => key === column)
  return sheet.rows
    .filter(({ key }) => row === undefined || key === row)
    .filter(({ places }) => {
      const place = places[at]
      return !place || place.folds.length + place.live.length === 0
    })
    .map(({ altKind, altText }) => ({ altKind, text: altText }))
}

/** Everything that can be selected, top to bottom, column by column within a row. */
export const selectable = (sheet: SheetModel): readonly string[] =>
  sheet.rows.flatMap((row) =>
    row.places.flatMap((place) => [
      ...place.folds.map((fold) => fold.id),
      ...place.live.map((one) => one.key),
    ]),
  )
