/** Which cells a person wants to see and in what order: filters, pairs of runs, sorting. */
import type { Output } from '../../shared/contract.ts'
import type { DatasetQuery } from '../../shared/contract/dataset.ts'
import { RealignError } from '../../shared/errors.ts'
import { ALT_KINDS, type AltKind } from '../../shared/types.ts'
import type { Deps } from '../deps.ts'
import { foldMarks, standing } from '../grounding/fold-marks.ts'
import { contextKey } from '../grounding/lens-readings.ts'
import { WRONGNESS } from '../grounding/profile.ts'
import type { DatasetKey } from './dataset-store.ts'

/** What the lens reads a caption in to tell what its alt-text adds. */
export const EMPTY_CONTEXT = contextKey({ altText: '', image: 'own', alternatives: true })

type Counts = Pick<DatasetKey, 'carried' | 'rejected' | 'erroneous'>

interface Listed extends DatasetKey {
  readonly other: DatasetKey | null
}

/** What a person decided changes the counts; the proposals of the others stand as they are. */
function withDecisions({ store }: Deps, key: DatasetKey): DatasetKey {
  if (!key.decided) return key
  const cell = store.captions.get(key.cellId)
  if (!cell) return key
  const marks = standing(foldMarks(cell, store.marks.of(cell.id)).marks)
  const count = (name: keyof Counts) => marks.filter(({ markClass }) => markClass === name).length
  return {
    ...key,
    carried: count('carried'),
    rejected: count('rejected'),
    erroneous: count('erroneous'),
  }
}

const has = (count: number | null, wanted: 'some' | 'none' | undefined): boolean =>
  wanted === undefined || (count !== null && count > 0 === (wanted === 'some'))

function fits(query: DatasetQuery): (key: DatasetKey) => boolean {
  const kinds = query.altKinds && new Set<AltKind>(query.altKinds)
  const cells = query.cellIds && new Set(query.cellIds)
  return (key) =>
    (!kinds || kinds.has(key.altKind)) &&
    (!cells || cells.has(key.cellId)) &&
    has(key.carried, query.carried) &&
    has(key.rejected, query.rejected) &&
    has(key.erroneous, query.erroneous)
}

/** Cells of two runs that answer the same question. */
const pairKey = ({ imageId, altKind, altText, sample }: DatasetKey): string =>
  JSON.stringify([imageId, altKind, altText, sample])

function pair(deps: Deps, keys: readonly DatasetKey[], query: DatasetQuery): readonly Listed[] {
  if (query.against === undefined) return keys.map((key) => ({ ...key, other: null }))
  const asked = { runId: query.against, words: '', withTexts: true }
  const others = new Map(deps.store.dataset.keys(asked).map((key) => [pairKey(key), key]))
  const changes = {
    all: () => true,
    changed: (one: Listed) => one.other !== null && one.other.caption !== one.caption,
    same: (one: Listed) => one.other !== null && one.other.caption === one.caption,
    alone: (one: Listed) => one.other === null,
  }
  return keys
    .map((key): Listed => ({ ...key, other: others.get(pairKey(key)) ?? null }))
    .filter(changes[query.change])
}

/**
 * How far the score and the marks of a cell disagree, 0 to 1: its rank by score among the listed cells where
 * the marks speak against the caption (something erroneous, or a wrong alt-text carried), else one minus it.
 */
export function disagreements(
  keys: readonly Pick<DatasetKey, 'altKind' | 'clip' | 'carried' | 'erroneous'>[],
): readonly (number | null)[] {
  const scores = keys.flatMap(({ clip }) => clip ?? []).sort((a, b) => a - b)
  const rank = new Map<number, number>()
  scores.forEach((score, index) => rank.set(score, index / Math.max(1, scores.length - 1)))
  return keys.map(({ altKind, clip, carried, erroneous }) => {
    if (clip === null || erroneous === null) return null
    const wrong = (WRONGNESS[altKind] ?? 0) >= 2
    const against = erroneous > 0 || (wrong && (carried ?? 0) > 0)
    const place = rank.get(clip) ?? 0
    return against ? place : 1 - place
  })
}

function sortValues(deps: Deps, keys: readonly Listed[], sort: DatasetQuery['sort']) {
  switch (sort) {
    case 'place':
      return keys.map((_key, index) => index)
    case 'score':
      return keys.map(({ clip }) => clip)
    case 'lift': {
      const lifts = deps.store.dataset.lifts(EMPTY_CONTEXT)
      return keys.map(({ cellId }) => lifts.get(cellId) ?? null)
    }
    case 'disagreement':
      return disagreements(keys)
    default:
      return keys.map((key) => key[sort])
  }
}

/** Cells without a value come last whichever way; equal ones keep their place. */
function sorted(deps: Deps, keys: readonly Listed[], query: DatasetQuery): readonly Listed[] {
  const { sort, descending } = query
  if (sort === 'place' && !descending) return keys
  const values = sortValues(deps, keys, sort)
  const order = keys.map((_key, index) => index)
  const sign = descending ? -1 : 1
  order.sort((a, b) => {
    const [x = null, y = null] = [values[a], values[b]]
    if (x === null || y === null) return x === y ? a - b : x === null ? 1 : -1
    return sign * (x - y) || a - b
  })
  return order.map((index) => keys[index]!)
}

/** Fails with 'not-found' for an unknown run. */
export function listDataset(deps: Deps, query: DatasetQuery): Output<'dataset.list'> {
  const { dataset } = deps.store
  for (const runId of [query.runId, query.against])
    if (runId !== undefined && !dataset.run(runId))
      throw new RealignError('not-found', 'There is no such run', {
        hint: 'Choose another run from the list.',
      })
  const asked = {
    runId: query.runId ?? null,
    words: query.words,
    withTexts: query.against !== undefined,
  }
  const keys = dataset.keys(asked).map((key) => withDecisions(deps, key))
  const rows = sorted(deps, pair(deps, keys.filter(fits(query)), query), query)
  return {
    cellIds: rows.map(({ cellId }) => cellId),
    kinds: rows.map(({ altKind }) => ALT_KINDS.indexOf(altKind)),
    others: query.against === undefined ? [] : rows.map(({ other }) => other?.cellId ?? null),
    images: new Set(rows.map(({ imageId }) => imageId)).size,
    unmarked: rows.filter(({ carried }) => carried === null).length,
  }
}
