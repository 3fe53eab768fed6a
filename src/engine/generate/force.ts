/** Teacher forcing: how likely fixed tokens are under several contexts, side by side (the token lens). */
import type { ForcedToken } from '../../core/ports.ts'
import { throwIfAborted } from '../../shared/errors.ts'
import { logProbOf, runDecoder, type Decoder, type NextToken } from './decoder.ts'
import { addRow, appendRow, createCache, reserve, rowsFrom } from './kv-cache.ts'
import type { Prefix, Prompt } from './prefix.ts'

export interface ForceContext {
  readonly prefix: Prefix
  readonly prompt: Prompt
}

export interface ForceInput {
  readonly contexts: readonly ForceContext[]
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
  const longest = Math.max(...contexts.map(({ prompt }) => prompt.keep + prompt.suffixLength))
  reserve(cache, contexts.length, longest + 1)
  for (const { prefix, prompt } of contexts) {
    const to = addRow(cache)
    appendRow(cache, prefix.positions, { from: 0, to, count: prompt.keep })
    if (prompt.suffixLength > 0)
      appendRow(cache, prompt.suffix, { from: 0, to, count: prompt.suffixLength })
  }
  const judged: ForcedToken[][] = contexts.map(() => [])
  let next: readonly NextToken[] = contexts.map(({ prompt }) => prompt.next)
  for (const [at, id] of tokenIds.entries()) {
    throwIfAborted(signal)
    for (const [row, list] of judged.entries()) list.push(judge(next[row], id, input))
    if (at === tokenIds.length - 1) break
    const step = await runDecoder(
      decoder,
      {
        ids: contexts.map(() => [id]),
        counts: contexts.map(() => 1),
        past: rowsFrom(cache, 0),
      },
      true,
    )
    // Grown as generation grows it: less to read at first, and the very same sums.
    reserve(cache, contexts.length, longest + at + 1)
    contexts.forEach((_, row) => appendRow(cache, step.fresh, { from: row, to: row, count: 1 }))
    next = step.next
  }
  return judged
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
