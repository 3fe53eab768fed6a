/** What goes into the cache: alt-texts behind the prefix of their image, those of about one length in one call, then token by token. */
import type { AltSlot } from '../text/alt-slot.ts'
import { runDecoder, type Decoder, type NextToken } from './decoder.ts'
import { addRow, appendRow, appendStep, reserve, rowsFrom, type KvCache } from './kv-cache.ts'
import { keptOf, type Prefix } from './prefix.ts'

export interface Unread {
  /** Of its image; what is read together may be of several. */
  readonly prefix: Prefix
  readonly slot: AltSlot
}

/**
 * One call reads all weights, which takes as long as computing about 20 positions, or attention over some 100 of
 * padding, the only part that computes padding (two cores, fp32: 16 ms against 0.8 and about 0.15 in the benchmark's
 * M shape): a prompt that lengthens the others by more is read by itself. Beyond 128 positions little is
 * gained, and Cancel would have to wait.
 */
const WORTH_PADDING = 96
const MOST_POSITIONS = 128

/** Prompts in groups to read together, the shortest first; those without tokens need no reading. */
export function groupsOf<P extends Pick<Unread, 'slot'>>(prompts: readonly P[]): P[][] {
  const groups: P[][] = []
  let longest = 0
  for (const prompt of prompts.toSorted((a, b) => lengthOf(a) - lengthOf(b))) {
    const [group, length] = [groups.at(-1), lengthOf(prompt)]
    const added = (group?.length ?? 0) * (length - longest)
    const fits = ((group?.length ?? 0) + 1) * length <= MOST_POSITIONS
    if (group && (length === 0 || (longest > 0 && added <= WORTH_PADDING && fits)))
      group.push(prompt)
    else groups.push([prompt])
    longest = length
  }
  return groups
}

const lengthOf = ({ slot }: Pick<Unread, 'slot'>): number => slot.suffix.length

export interface Room {
  /** Rows that the cache will have at most, and positions that each may come to have besides. */
  readonly rows: number
  readonly ahead: number
  /** All logits of what follows, for tokens that are given. */
  readonly wantAll: boolean
}

/** Gives every prompt of a group a row at the end of the cache and reads it: what follows each. */
export async function admit(
  decoder: Decoder,
  cache: KvCache,
  { rows, ahead, wantAll }: Room,
  group: readonly Unread[],
): Promise<NextToken[]> {
  const first = cache.rows
  const kept = group.map(({ prefix, slot }) => keptOf(prefix, slot))
  const needed = group.map(({ slot }, at) => (kept[at] ?? 0) + slot.suffix.length + 1)
  reserve(cache, rows, Math.max(...needed), ahead)
  for (const [at, { prefix }] of group.entries())
    appendRow(cache, prefix.positions, { from: 0, to: addRow(cache), count: kept[at] ?? 0 })
  const ids = group.map(({ slot }) => slot.suffix)
  if (ids.every(({ length }) => length === 0)) return group.map(({ prefix }) => prefix.next)
  const counts = ids.map(({ length }) => length)
  const past = rowsFrom(cache, first)
  const output = await runDecoder(decoder, { ids, counts, past }, wantAll)
  counts.forEach((count, from) => appendRow(cache, output.fresh, { from, to: first + from, count }))
  return [...output.next]
}

/** Feeds one token to every row of the cache: what follows each. */
export async function advance(
  decoder: Decoder,
  cache: KvCache,
  ids: readonly number[],
  wantAll: boolean,
): Promise<readonly NextToken[]> {
  const input = { ids: ids.map((id) => [id]), counts: ids.map(() => 1), past: rowsFrom(cache, 0) }
  const output = await runDecoder(decoder, input, wantAll)
  reserve(cache, ids.length, Math.max(...cache.lengths) + 1)
  appendStep(cache, output.fresh)
  return output.next
}
