/** The decoding loop: all prompts of an image together, one token each a step, finished rows dropped. */
import { throwIfAborted } from '../../shared/errors.ts'
import { seededRandom } from '../../shared/random.ts'
import { logProbOf, type Decoder, type NextToken } from './decoder.ts'
import { admit, advance, groupsOf, type Unread } from './admit.ts'
import { createCache, freeCache, keepRows, type KvCache } from './kv-cache.ts'
import type { Prefix } from './prefix.ts'
import { pickToken, type SamplingRule } from './sample.ts'

/** Rows decoded together: the best of 1 to 8 on two cores (ENGINE.md section 1). */
export const DEFAULT_BATCH = 6

export interface LoopInput<Key> {
  readonly prefix: Prefix
  /** Prompts in order, each read only when a row is free for it; of `forced` at most `maxNewTokens`. */
  readonly prompts: readonly (Unread & {
    readonly key: Key
    readonly seed: number
    /** Tokens to begin with. */
    readonly forced: readonly number[]
    /** Told when the prompt is read, and how long that took, together with others. */
    readonly onRead?: (ms: number) => void
  })[]
  readonly rule: SamplingRule
  readonly eos: number
  readonly maxNewTokens: number
  readonly batch: number
}

export interface LoopToken<Key> {
  readonly key: Key
  readonly id: number
  /** Natural log of the model's own probability, before temperature: logit - logsumexp. */
  readonly logProb: number
  /** Set on the last token of a row. */
  readonly finish: 'eos' | 'length' | null
}

interface Row<Key> {
  readonly key: Key
  /** One generator a cell, so its tokens do not depend on what is decoded beside it. */
  readonly uniform: () => number
  readonly forced: readonly number[]
  next: NextToken
  produced: number
}

/**
 * Yields every token of every prompt. Leaving the loop early leaves nothing behind but room: the cache belongs to this
 * call, and its memory to the next one.
 */
export async function* generate<Key>(
  decoder: Decoder,
  input: LoopInput<Key>,
  signal: AbortSignal,
): AsyncGenerator<LoopToken<Key>, void> {
  const cache = createCache(decoder.shape)
  let sound = true
  try {
    yield* decode(decoder, cache, input, signal)
  } catch (error) {
    sound = false // it may hold numbers that are not finite
    throw error
  } finally {
    if (sound) freeCache(cache)
  }
}

async function* decode<Key>(
  decoder: Decoder,
  cache: KvCache,
  input: LoopInput<Key>,
  signal: AbortSignal,
): AsyncGenerator<LoopToken<Key>, void> {
  const waiting = [...input.prompts]
  const room = {
    prefix: input.prefix,
    rows: Math.min(input.batch, input.prompts.length),
    ahead: input.maxNewTokens,
    wantAll: input.prompts.some(({ forced }) => forced.length > 0),
  }
  let rows: Row<Key>[] = []
  for (;;) {
    for (const group of groupsOf(waiting.splice(0, input.batch - rows.length))) {
      throwIfAborted(signal)
      const from = performance.now()
      const read = await admit(decoder, cache, room, group)
      for (const [at, next] of read.entries()) {
        const prompt = group[at]
        if (!prompt) continue
        prompt.onRead?.(performance.now() - from)
        const { key, seed, forced } = prompt
        rows.push({ key, uniform: seededRandom(seed), forced, next, produced: 0 })
      }
    }
    if (rows.length === 0) return
    const kept: number[] = []
    const ids: number[] = []
    for (const [at, row] of rows.entries()) {
      const token = takeToken(row, input)
      if (token.finish === null) {
        kept.push(at)
        ids.push(token.id)
      }
      yield token
    }
    throwIfAborted(signal)
    if (kept.length < rows.length) {
      rows = kept.map((at) => rows[at]).filter((row) => row !== undefined)
      keepRows(cache, kept)
    }
    if (rows.length > 0) await step(decoder, cache, { rows, ids })
  }
}

function takeToken<Key>(row: Row<Key>, input: LoopInput<Key>): LoopToken<Key> {
  // Drawn even where a token is given, so that what follows meets the random numbers it would have met.
  const drawn = pickToken(row.next.logits, input.rule, row.uniform)
  const id = row.forced[row.produced] ?? row.next.ids[drawn] ?? input.eos
  const logProb = logProbOf(row.next, id)
  row.produced++
  const finish = id === input.eos ? 'eos' : row.produced >= input.maxNewTokens ? 'length' : null
  return { key: row.key, id, logProb, finish }
}

/** Feeds every row its token and keeps what follows. */
async function step<Key>(
  decoder: Decoder,
  cache: KvCache,
  { rows, ids }: { readonly rows: readonly Row<Key>[]; readonly ids: readonly number[] },
): Promise<void> {
  const wantAll = rows.some(({ produced, forced }) => produced < forced.length)
  const read = await advance(decoder, cache, ids, wantAll)
  rows.forEach((row, at) => {
    const next = read[at]
    if (next) row.next = next
  })
}
