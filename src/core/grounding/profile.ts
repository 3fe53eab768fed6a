/** The grounding profile: how often captions carry, reject, err and follow, with image-bootstrap intervals. */
import type { Output, Parsed } from '../../shared/contract.ts'
import type { ProfileRow } from '../../shared/contract/grounding.ts'
import type { AltKind, Cell } from '../../shared/types.ts'
import type { Deps } from '../deps.ts'
import { bootstrapMeans } from '../studies/statistics/bootstrap.ts'
import { foldMarks, standing } from './fold-marks.ts'
import { classNameOf } from './marks.ts'
import { stability } from './stability.ts'

/** Steps from right to wrong; kinds that are neither have none. */
export const WRONGNESS: Readonly<Partial<Record<AltKind, number>>> = {
  own: 0,
  'class-name': 0,
  general: 1,
  hypernym: 1,
  'partly-wrong': 2,
  sibling: 3,
  far: 4,
  wrong: 4,
  random: 5,
}
const WRONG_FROM = 2

export const MEASURES = ['carry', 'reject', 'erroneous', 'follow'] as const
export type Measure = (typeof MEASURES)[number]

export interface ProfiledCell {
  readonly cell: Cell
  readonly altKind: AltKind
  readonly className: string | null
  readonly group: string | null
  /** True, false, or null where this cell cannot show it. Null as a whole: nothing proposed yet. */
  readonly shows: Readonly<Record<Measure, boolean | null>> | null
}

/** What one cell shows, from the marks that stand: proposals that nobody overruled, and people's own. */
function showsOf(deps: Deps, cell: Cell, altKind: AltKind): ProfiledCell['shows'] {
  const kept = deps.store.marks.of(cell.id)
  if (!kept.proposed && kept.decisions.length === 0) return null
  const marks = standing(foldMarks(cell, kept).marks)
  const has = (name: string) => marks.some(({ markClass }) => markClass === name)
  const [carried, rejected] = [has('carried'), has('rejected')]
  const speaks = carried || rejected
  const wrong = (WRONGNESS[altKind] ?? 0) >= WRONG_FROM
  // Part of a partly wrong alt-text is right: only the caption that takes all of it has followed.
  const followed = altKind === 'partly-wrong' ? carried && !rejected : carried
  return {
    carry: speaks ? carried : null,
    reject: speaks ? rejected : null,
    erroneous: has('erroneous'),
    follow: wrong && speaks ? followed : null,
  }
}

/** Every place of a run, or every cell of the workspace. */
export function profiledCells(deps: Deps, runId: string | undefined): readonly ProfiledCell[] {
  const { images, captions, runs } = deps.store
  const describe = (imageId: string) => {
    const detail = images.detail(imageId)
    return {
      className: detail ? classNameOf(detail) : null,
      group: detail?.group ?? null,
    }
  }
  const found: ProfiledCell[] = []
  const add = (imageId: string, cells: readonly { cell: Cell; altKind: AltKind }[]) => {
    const about = describe(imageId)
    for (const { cell, altKind } of cells)
      found.push({ cell, altKind, ...about, shows: showsOf(deps, cell, altKind) })
  }
  if (runId !== undefined)
    for (const imageId of runs.imagesOf(runId)) add(imageId, runs.cellsOf(runId, imageId))
  else {
    let after: string | null = null
    do {
      const page = images.page({ after, limit: 500, search: '', group: null, sort: 'added' })
      for (const { id } of page.rows)
        add(
          id,
          captions.ofImage(id).map((cell) => ({ cell, altKind: cell.altKind })),
        )
      after = page.next
    } while (after !== null)
  }
  return found
}

export type ProfileBy = Parsed<'grounding.profile'>['by']

export const valueOf = (one: ProfiledCell, by: ProfileBy): string => {
  if (by === 'kind') return one.altKind
  if (by === 'captioner') return one.cell.captionerId
  return (by === 'class' ? one.className : one.group) ?? '(none)'
}

/** Share of cells that show it; images, not cells, are drawn again for the interval. */
function rate(
  cells: readonly ProfiledCell[],
  measure: Measure,
  options: { readonly seed: number; readonly resamples: number },
): ProfileRow['carry'] {
  const images = new Map<string, { hits: number; n: number }>()
  for (const { cell, shows } of cells) {
    const shown = shows?.[measure] ?? null
    if (shown === null) continue
    const tally = images.get(cell.imageId) ?? { hits: 0, n: 0 }
    images.set(cell.imageId, { hits: tally.hits + Number(shown), n: tally.n + 1 })
  }
  const tallies = [...images.values()]
  const n = tallies.reduce((sum, one) => sum + one.n, 0)
  if (n === 0) return { value: null, n: 0, images: 0, low: 0, high: 1 }
  const value = tallies.reduce((sum, one) => sum + one.hits, 0) / n
  const { intervals } = bootstrapMeans(
    tallies.map(({ hits }) => [hits]),
    tallies.map((one) => one.n),
    options,
  )
  const { low, high } = intervals[0]!
  return { value, n, images: tallies.length, low, high }
}

/** Rows of one grouping, kinds in the order of their wrongness, others by name. */
export function profileRows(
  cells: readonly ProfiledCell[],
  { by, ...options }: { by: ProfileBy; seed: number; resamples: number },
): ProfileRow[] {
  const groups = Map.groupBy(cells, (one) =>
    JSON.stringify([valueOf(one, by), by === 'captioner' ? '' : one.cell.captionerId]),
  )
  const rows = [...groups.values()].map((group): ProfileRow => {
    const first = group[0]!
    return {
      by,
      value: valueOf(first, by),
      captionerId: by === 'captioner' ? null : first.cell.captionerId,
      wrongness: by === 'kind' ? (WRONGNESS[first.altKind] ?? null) : null,
      carry: rate(group, 'carry', options),
      reject: rate(group, 'reject', options),
      erroneous: rate(group, 'erroneous', options),
      follow: rate(group, 'follow', options),
      cells: group.length,
    }
  })
  return rows.sort(
    (a, b) => (a.wrongness ?? -1) - (b.wrongness ?? -1) || a.value.localeCompare(b.value),
  )
}

export function groundingProfile(
  deps: Deps,
  { runId, ...options }: Parsed<'grounding.profile'>,
): Output<'grounding.profile'> {
  const cells = profiledCells(deps, runId)
  const marked = cells.filter(({ shows }) => shows !== null)
  return {
    rows: profileRows(marked, options),
    cells: cells.length,
    unmarked: cells.length - marked.length,
    stability: stability(cells.map(({ cell }) => cell)),
  }
}

/** The cells behind a bar. */
export function profileCells(
  deps: Deps,
  { runId, by, value, showing, limit }: Parsed<'grounding.cells'>,
): Output<'grounding.cells'> {
  const behind = profiledCells(deps, runId).filter(
    (one) => valueOf(one, by) === value && (showing === 'all' || one.shows?.[showing] === true),
  )
  return { cellIds: [...new Set(behind.map(({ cell }) => cell.id))].slice(0, limit) }
}
