/** The grounding profile cell by cell, as it was first written: what the counted one must equal in every byte. */
import { foldMarks, standing } from '../../src/core/grounding/fold-marks.ts'
import { classNameOf } from '../../src/core/grounding/marks.ts'
import { MEASURES, WRONGNESS, type Measure } from '../../src/core/grounding/profile.ts'
import { stability } from '../../src/core/grounding/stability.ts'
import type { Store } from '../../src/core/store-port.ts'
import { bootstrapMeans, shareInterval } from '../../src/core/studies/statistics/bootstrap.ts'
import type { Output, Parsed } from '../../src/shared/contract.ts'
import type { ProfileRow } from '../../src/shared/contract/grounding.ts'
import type { AltKind, Cell } from '../../src/shared/types.ts'

type Options = Parsed<'grounding.profile'>

interface Profiled {
  readonly cell: Cell
  readonly altKind: AltKind
  readonly className: string | null
  readonly group: string | null
  readonly shows: Readonly<Record<Measure, boolean | null>> | null
}

function showsOf(store: Store, cell: Cell, altKind: AltKind): Profiled['shows'] {
  const kept = store.marks.of(cell.id)
  if (!kept.proposed && kept.decisions.length === 0) return null
  const marks = standing(foldMarks(cell, kept).marks)
  const has = (name: string) => marks.some(({ markClass }) => markClass === name)
  const [carried, rejected] = [has('carried'), has('rejected')]
  const speaks = carried || rejected
  const followed = altKind === 'partly-wrong' ? carried && !rejected : carried
  return {
    carry: speaks ? carried : null,
    reject: speaks ? rejected : null,
    erroneous: has('erroneous'),
    follow: (WRONGNESS[altKind] ?? 0) >= 2 && speaks ? followed : null,
  }
}

function profiled(store: Store, runId: string | undefined): readonly Profiled[] {
  const found: Profiled[] = []
  const add = (imageId: string, cells: readonly { cell: Cell; altKind: AltKind }[]) => {
    const detail = store.images.detail(imageId)
    const about = { className: detail ? classNameOf(detail) : null, group: detail?.group ?? null }
    for (const { cell, altKind } of cells)
      found.push({ cell, altKind, ...about, shows: showsOf(store, cell, altKind) })
  }
  if (runId !== undefined) {
    for (const imageId of store.runs.imagesOf(runId))
      add(imageId, store.runs.cellsOf(runId, imageId))
    return found
  }
  let after: string | null = null
  do {
    const page: ReturnType<typeof store.images.page> = store.images.page({
      ...{ after, limit: 500, search: '', group: null, sort: 'added' },
    })
    for (const { id } of page.rows)
      add(
        id,
        store.captions.ofImage(id).map((cell) => ({ cell, altKind: cell.altKind })),
      )
    after = page.next
  } while (after !== null)
  return found
}

function rate(cells: readonly Profiled[], measure: Measure, options: Options): ProfileRow['carry'] {
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
  const { values } = bootstrapMeans(
    tallies.map(({ hits }) => [hits]),
    tallies.map((one) => one.n),
    options,
  )
  const value = tallies.reduce((sum, one) => sum + one.hits, 0) / n
  return { value, n, images: tallies.length, ...shareInterval(values[0]!, tallies.length) }
}

export function referenceProfile(store: Store, options: Options): Output<'grounding.profile'> {
  const { by } = options
  const cells = profiled(store, options.runId)
  const marked = cells.filter(({ shows }) => shows !== null)
  const valueOf = (one: Profiled): string => {
    if (by === 'kind') return one.altKind
    if (by === 'captioner') return one.cell.captionerId
    return (by === 'class' ? one.className : one.group) ?? '(none)'
  }
  const groups = Map.groupBy(marked, (one) =>
    JSON.stringify([valueOf(one), by === 'captioner' ? '' : one.cell.captionerId]),
  )
  const rows = [...groups.values()].map((group): ProfileRow => {
    const first = group[0]!
    const [carry, reject, erroneous, follow] = MEASURES.map((one) => rate(group, one, options))
    return {
      by,
      value: valueOf(first),
      captionerId: by === 'captioner' ? null : first.cell.captionerId,
      wrongness: by === 'kind' ? (WRONGNESS[first.altKind] ?? null) : null,
      ...{ carry: carry!, reject: reject!, erroneous: erroneous!, follow: follow! },
      cells: group.length,
    }
  })
  return {
    rows: rows.sort(
      (a, b) => (a.wrongness ?? -1) - (b.wrongness ?? -1) || a.value.localeCompare(b.value),
    ),
    cells: cells.length,
    unmarked: cells.length - marked.length,
    stability: stability(
      cells.map(({ cell }) => ({ ...cell, settings: cell.provenance.settings })),
    ),
  }
}

/** Ids behind each bar, in the order of the cells. */
export function referenceCells(store: Store, runId: string | undefined) {
  const all = profiled(store, runId)
  return (value: AltKind, showing: Measure): readonly string[] => {
    const behind = all.filter((one) => one.altKind === value && one.shows?.[showing] === true)
    return [...new Set(behind.map(({ cell }) => cell.id))]
  }
}
