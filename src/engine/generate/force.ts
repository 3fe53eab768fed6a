/** Teacher forcing: how likely fixed tokens are under several contexts, side by side (the token lens). */
import type { ForcedToken } from '../../core/ports.ts'
import { throwIfAborted } from '../../shared/errors.ts'
import { logProbOf, type Decoder, type NextToken } from './decoder.ts'
import { admit, advance, groupsOf, type Unread } from './admit.ts'
import { createCache, freeCache } from './kv-cache.ts'

export interface ForceInput {
  readonly contexts: readonly Unread[]
  readonly tokenIds: readonly number[]
  readonly alternatives: number
  readonly textOf: (id: number) => string
}

/**
 * For every context and position: log-probability of the given token, its rank within the graph's
 * top 50, and the likeliest alternatives. The steps are those of generation, so the numbers are too.
 */
export async function forceTokens(
  decoder: Decoder,
  input: ForceInput,
  signal: AbortSignal,
): Promise<readonly (readonly ForcedToken[])[]> {
  const { contexts, tokenIds } = input
  const cache = createCache(decoder.shape)
  const judged = contexts.map((context) => ({ ...context, tokens: [] as ForcedToken[] }))
  const rows: typeof judged = []
  let next: readonly NextToken[] = []
  const most = { rows: contexts.length, ahead: tokenIds.length, wantAll: true }
  for (const group of groupsOf(judged)) {
    throwIfAborted(signal)
    next = [...next, ...(await admit(decoder, cache, most, group))]
    rows.push(...group)
  }
  for (const [at, id] of tokenIds.entries()) {
    throwIfAborted(signal)
    for (const [row, { tokens }] of rows.entries()) tokens.push(judge(next[row], id, input))
    if (at === tokenIds.length - 1) break
    const ids = rows.map(() => id)
    next = await advance(decoder, cache, ids, true)
  }
  freeCache(cache)
  return judged.map(({ tokens }) => tokens)
}

function judge(next: NextToken | undefined, id: number, input: ForceInput): ForcedToken {
  if (!next) return { logProb: NaN, rank: null, alternatives: [] }
  const place = next.ids.indexOf(id)
  return {
    logProb: logProbOf(next, id),
    rank: place >= 0 ? place + 1 : null,
    alternatives: next.ids.slice(0, input.alternatives).map((other, at) => ({
      id: other,
      text: input.textOf(other),
      logProb: (next.logits[at] ?? NaN) - next.lse,
    })),
  }
}
