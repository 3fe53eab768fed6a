/** The grounding profile: how often captions carry, reject, err and follow, with image-bootstrap intervals. */
import type { Output, Parsed } from '../../shared/contract.ts'
import type { ProfileRow } from '../../shared/contract/grounding.ts'
import type { AltKind } from '../../shared/types.ts'
import type { Deps } from '../deps.ts'
import { shareInterval } from '../studies/statistics/bootstrap.ts'
import { createResampler, type Later, type Resampler } from '../studies/statistics/resampler.ts'
import { foldMarks, standing } from './fold-marks.ts'
import type { ProfileKey } from './profile-port.ts'
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

export interface ProfiledCell extends Pick<
  ProfileKey,
  'cellId' | 'imageId' | 'altKind' | 'captionerId'
> {
  /** True, false, or null where this cell cannot show it. Null as a whole: nothing proposed yet. */
  readonly shows: Readonly<Record<Measure, boolean | null>> | null
}

type Counts = Readonly<Record<'carried' | 'rejected' | 'erroneous', number>>

/** What one cell shows, from the marks that stand: proposals that nobody overruled, and people's own. */
function showsOf(
  { carried, rejected, erroneous }: Counts,
  altKind: AltKind,
): ProfiledCell['shows'] {
  const [carries, rejects] = [carried > 0, rejected > 0]
  const speaks = carries || rejects
  const wrong = (WRONGNESS[altKind] ?? 0) >= WRONG_FROM
  // Part of a partly wrong alt-text is right: only the caption that takes all of it has followed.
  const followed = altKind === 'partly-wrong' ? carries && !rejects : carries
  return {
    carry: speaks ? carries : null,
    reject: speaks ? rejects : null,
    erroneous: erroneous > 0,
    follow: wrong && speaks ? followed : null,
  }
}

/** Counts of what stands after a person's decisions; null where the cell has no marks at all. */
function foldedCounts({ store }: Deps, cellId: string): Counts | null {
  const cell = store.captions.get(cellId)
  const kept = store.marks.of(cellId)
  if (!cell || (!kept.proposed && kept.decisions.length === 0)) return null
  const marks = standing(foldMarks(cell, kept).marks)
  const count = (name: string) => marks.filter(({ markClass }) => markClass === name).length
  return { carried: count('carried'), rejected: count('rejected'), erroneous: count('erroneous') }
}

/** Of the marks that stand; null where nothing was proposed or made. */
export function countsOf(
  deps: Deps,
  key: Pick<ProfileKey, 'cellId' | 'carried' | 'rejected' | 'erroneous' | 'decided'>,
): Counts | null {
  if (key.decided) return foldedCounts(deps, key.cellId)
  const { carried, rejected, erroneous } = key
  return carried === null || rejected === null || erroneous === null
    ? null
    : { carried, rejected, erroneous }
}

/** Every place of a run, or every free caption of the workspace: two queries, whatever their number. */
export const profiledCells = (deps: Deps, runId: string | undefined): readonly ProfiledCell[] =>
  deps.store.profile.keys(runId ?? null).map((key): ProfiledCell => {
    const counts = countsOf(deps, key)
    return { ...key, shows: counts && showsOf(counts, key.altKind) }
  })

export type ProfileBy = Parsed<'grounding.profile'>['by']
type ValueOf = (one: ProfiledCell) => string

/** Class and group are looked up only where they are asked for. */
function valuesBy({ store }: Pick<Deps, 'store'>, by: ProfileBy): ValueOf {
  if (by === 'kind') return ({ altKind }) => altKind
  if (by === 'captioner') return ({ captionerId }) => captionerId
  const images = store.profile.images()
  const about = by === 'class' ? 'className' : 'group'
  return ({ imageId }) => images.get(imageId)?.[about] ?? '(none)'
}

/** Share of cells that show it; images, not cells, are drawn again for the interval. Known once the draws ran. */
function rateLater(
  cells: readonly ProfiledCell[],
  measure: Measure,
  resampler: Resampler,
): Later<ProfileRow['carry']> {
  const images = new Map<string, { hits: number; n: number }>()
  for (const { imageId, shows } of cells) {
    const shown = shows?.[measure] ?? null
    if (shown === null) continue
    const tally = images.get(imageId) ?? { hits: 0, n: 0 }
    images.set(imageId, { hits: tally.hits + Number(shown), n: tally.n + 1 })
  }
  const tallies = [...images.values()]
  const n = tallies.reduce((sum, one) => sum + one.n, 0)
  if (n === 0) return () => ({ value: null, n: 0, images: 0, low: 0, high: 1 })
  const value = tallies.reduce((sum, one) => sum + one.hits, 0) / n
  const values = new Float64Array(resampler.resamples)
  const hits = Uint32Array.from(tallies, (one) => one.hits)
  const weights = Uint32Array.from(tallies, (one) => one.n)
  // Whole numbers add up exactly in any order; where every image weighs the same, their sum is known before.
  const even = weights.every((weight) => weight === weights[0])
  resampler.draw(tallies.length, (counts, b) => {
    let [sum, total] = [0, even ? n : 0]
    for (let i = 0; i < counts.length; i++) sum += (counts[i] as number) * (hits[i] as number)
    if (!even)
      for (let i = 0; i < counts.length; i++)
        total += (counts[i] as number) * (weights[i] as number)
    values[b] = sum / total
  })
  return () => ({ value, n, images: tallies.length, ...shareInterval(values, tallies.length) })
}

/** Longest piece of work between two looks at what else is asked. */
const PIECE_MS = 12

/** Runs to the end in pieces, so that whoever else is served does not wait for all the draws. */
async function inPieces({ clock }: Pick<Deps, 'clock'>, work: Iterable<unknown>): Promise<void> {
  let since = clock.elapsedMs()
  for (const _step of work) {
    if (clock.elapsedMs() - since < PIECE_MS) continue
    await new Promise((resolve) => setTimeout(resolve))
    since = clock.elapsedMs()
  }
}

/** Rows of one grouping, kinds in the order of their wrongness, others by name. */
export async function profileRows(
  deps: Pick<Deps, 'store' | 'clock'>,
  cells: readonly ProfiledCell[],
  { by, ...options }: { by: ProfileBy; seed: number; resamples: number },
): Promise<ProfileRow[]> {
  const valueOf = valuesBy(deps, by)
  const groups = Map.groupBy(cells, (one) =>
    JSON.stringify([valueOf(one), by === 'captioner' ? '' : one.captionerId]),
  )
  const resampler = createResampler(options)
  const later = [...groups.values()].map((group): Later<ProfileRow> => {
    const first = group[0]!
    const about = {
      by,
      value: valueOf(first),
      captionerId: by === 'captioner' ? null : first.captionerId,
      wrongness: by === 'kind' ? (WRONGNESS[first.altKind] ?? null) : null,
    }
    const [carry, reject, erroneous, follow] = MEASURES.map((one) =>
      rateLater(group, one, resampler),
    ) as [Later<ProfileRow['carry']>, ...Later<ProfileRow['carry']>[]] // one for each measure
    return () => ({
      ...about,
      carry: carry(),
      reject: reject!(),
      erroneous: erroneous!(),
      follow: follow!(),
      cells: group.length,
    })
  })
  await inPieces(deps, resampler.run())
  return later
    .map((row) => row())
    .sort((a, b) => (a.wrongness ?? -1) - (b.wrongness ?? -1) || a.value.localeCompare(b.value))
}

export async function groundingProfile(
  deps: Deps,
  { runId, ...options }: Parsed<'grounding.profile'>,
): Promise<Output<'grounding.profile'>> {
  const cells = profiledCells(deps, runId)
  const marked = cells.filter(({ shows }) => shows !== null)
  return {
    rows: await profileRows(deps, marked, options),
    cells: cells.length,
    unmarked: cells.length - marked.length,
    stability: stability(deps.store.profile.repeated(runId ?? null)),
  }
}

/** The cells behind a bar. */
export function profileCells(
  deps: Deps,
  { runId, by, value, captionerId, showing, limit }: Parsed<'grounding.cells'>,
): Output<'grounding.cells'> {
  const valueOf = valuesBy(deps, by)
  const behind = profiledCells(deps, runId).filter(
    (one) =>
      valueOf(one) === value &&
      (captionerId === undefined || one.captionerId === captionerId) &&
      (showing === 'all' || one.shows?.[showing] === true),
  )
  return { cellIds: [...new Set(behind.map(({ cellId }) => cellId))].slice(0, limit) }
}
