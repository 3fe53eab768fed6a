/** The decoding loop: prompts of one image or of several together, one token each a step, finished rows dropped. */
import { throwIfAborted } from '../../shared/errors.ts'
import { seededRandom } from '../../shared/random.ts'
import { logProbOf, type Decoder, type NextToken } from './decoder.ts'
import { admit, advance, groupsOf, type Unread } from './admit.ts'
import { createCache, freeCache, keepRows, type KvCache } from './kv-cache.ts'
import { pickToken, type SamplingRule } from './sample.ts'

/** Free rows are filled with so many prompts at least: reading one takes about as long as reading three. */
const AT_ONCE = 3

export interface LoopInput<Key> {
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
}

export interface LoopToken<Key> {
  readonly key: Key
  readonly id: number
  /** Natural log of the model's own probability, before temperature: logit - logsumexp. */
  readonly logProb: number
  /** Set on the last token of a row. */
  readonly finish: 'eos' | 'length' | null
}

export interface LoopParts {
  readonly decoder: Decoder
  /** Rows decoded together; up to two more where prompts come in. */
  readonly batch: number
  /** Asked before every step, so that other work on the graphs comes in between; what it gives ends the step. */
  readonly turn?: (signal: AbortSignal) => Promise<() => void>
  /** Told how many tokens are made in a second of steps. */
  readonly onSpeed?: (tokensPerSecond: number) => void
}

/** Decodes what is asked at the same time in the same steps: a step reads all weights, whatever the number of rows. */
export interface Loop {
  readonly busy: boolean
  /**
   * Yields every token of every prompt, which do not depend on what is decoded beside them. Leaving early drops
   * these prompts, before the next step. Fails with the signal, or with what a step failed with.
   */
  join<Key>(input: LoopInput<Key>, signal: AbortSignal): AsyncGenerator<LoopToken<Key>, void>
}

type Said = Omit<LoopToken<unknown>, 'key'>

/** Prompts that were asked together. */
interface Asker extends Pick<LoopInput<unknown>, 'rule' | 'eos' | 'maxNewTokens'> {
  readonly waiting: Waiting[]
  readonly fail: (error: unknown) => void
  /** Prompts that are not finished. */
  open: number
}

interface Waiting extends Unread {
  readonly asker: Asker
  readonly seed: number
  readonly forced: readonly number[]
  readonly onRead?: ((ms: number) => void) | undefined
  readonly say: (token: Said) => void
}

interface Row {
  readonly prompt: Waiting
  /** One generator a cell, so its tokens do not depend on what is decoded beside it. */
  readonly uniform: () => number
  next: NextToken
  produced: number
}

const atOnce = async (): Promise<() => void> => () => {}

export function createLoop({ decoder, batch, turn = atOnce, onSpeed }: LoopParts): Loop {
  /** In order of asking. */
  const askers = new Set<Asker>()
  let rows: Row[] = []
  let running = false
  /** Aborted when nobody is left to decode for. */
  let empty = new AbortController()
  let underWay: Promise<void> = Promise.resolve()
  let pace = { tokens: 0, ms: 0 }

  const keep = (cache: KvCache, kept: readonly Row[]): void => {
    if (kept.length === rows.length) return
    keepRows(
      cache,
      rows.flatMap((row, at) => (kept.includes(row) ? [at] : [])),
    )
    rows = [...kept]
  }

  /** The oldest first. */
  const choose = (): readonly Waiting[] => {
    const chosen: Waiting[] = []
    for (const { waiting } of askers) {
      const free = batch - rows.length - chosen.length
      if (free <= 0) break
      chosen.push(...waiting.splice(0, Math.max(free, Math.min(AT_ONCE, batch))))
    }
    return chosen
  }

  const readIn = async (cache: KvCache): Promise<void> => {
    const chosen = choose()
    const room = {
      rows: rows.length + chosen.length,
      ahead: Math.max(0, ...[...askers].map(({ maxNewTokens }) => maxNewTokens)),
      wantAll: chosen.some(({ forced }) => forced.length > 0),
    }
    for (const all of groupsOf(chosen)) {
      const group = all.filter(({ asker }) => askers.has(asker))
      if (group.length === 0) continue
      const from = performance.now()
      const read = await admit(decoder, cache, room, group)
      for (const [at, next] of read.entries()) {
        const prompt = group[at]
        if (!prompt) continue
        prompt.onRead?.(performance.now() - from)
        rows.push({ prompt, uniform: seededRandom(prompt.seed), next, produced: 0 })
      }
    }
  }

  /** One token for every row, then what follows each that goes on. */
  const step = async (cache: KvCache): Promise<void> => {
    const from = performance.now()
    keep(
      cache,
      rows.filter(({ prompt }) => askers.has(prompt.asker)),
    )
    await readIn(cache)
    const kept: Row[] = []
    const ids: number[] = []
    pace.tokens += rows.length
    for (const row of rows) {
      const token = takeToken(row)
      if (token.finish === null) {
        kept.push(row)
        ids.push(token.id)
      }
      const { asker, say } = row.prompt
      if (token.finish !== null && --asker.open === 0) askers.delete(asker)
      say(token)
    }
    keep(cache, kept)
    if (rows.length > 0) {
      const wantAll = rows.some(({ produced, prompt }) => produced < prompt.forced.length)
      const read = await advance(decoder, cache, ids, wantAll)
      rows.forEach((row, at) => (row.next = read[at] ?? row.next))
    }
    pace.ms += performance.now() - from
    onSpeed?.((1000 * pace.tokens) / Math.max(1, pace.ms))
  }

  const inTurn = async (cache: KvCache): Promise<void> => {
    const leave = await turn(empty.signal)
    try {
      await step(cache)
    } finally {
      leave()
    }
  }

  /** Leaves nothing behind but room: the cache belongs to this call, and its memory to the next one. */
  const decode = async (): Promise<void> => {
    const cache = createCache(decoder.shape)
    rows = []
    pace = { tokens: 0, ms: 0 }
    try {
      while (askers.size > 0) await (underWay = inTurn(cache))
      freeCache(cache)
    } catch (error) {
      // The cache is not kept: it may hold numbers that are not finite.
      if (empty.signal.aborted) return
      for (const { fail } of askers) fail(error)
      askers.clear()
    } finally {
      rows = []
    }
  }

  const start = (): void => {
    if (running || askers.size === 0) return
    running = true
    empty = new AbortController()
    void decode().finally(() => {
      running = false
      start() // for who asked while the last one went
    })
  }

  const leave = async (asker: Asker): Promise<void> => {
    askers.delete(asker)
    if (askers.size > 0 || !running) return
    empty.abort()
    await underWay.catch(() => {}) // told to whoever waits for it
  }

  return {
    get busy() {
      return askers.size > 0
    },
    async *join<Key>(
      input: LoopInput<Key>,
      signal: AbortSignal,
    ): AsyncGenerator<LoopToken<Key>, void> {
      throwIfAborted(signal)
      const said: LoopToken<Key>[] = []
      const failures: unknown[] = []
      let open = input.prompts.length
      let wake = (): void => {}
      const { rule, eos, maxNewTokens } = input
      const fail = (error: unknown): void => {
        failures.push(error)
        wake()
      }
      const asker: Asker = { rule, eos, maxNewTokens, waiting: [], fail, open }
      for (const { key, ...prompt } of input.prompts) {
        const say = (token: Said): void => {
          said.push({ key, ...token })
          wake()
        }
        asker.waiting.push({ ...prompt, asker, say })
      }
      const nudge = (): void => wake()
      signal.addEventListener('abort', nudge)
      if (open > 0) askers.add(asker)
      start()
      try {
        while (open > 0) {
          const token = said.shift()
          if (token) {
            if (token.finish !== null) open--
            yield token
          } else if (failures.length > 0) throw failures[0]
          else await new Promise<void>((resolve) => (wake = resolve))
          throwIfAborted(signal)
        }
      } finally {
        signal.removeEventListener('abort', nudge)
        await leave(asker)
      }
    },
  }
}

/** The loop of one caller, who has the graphs to himself. */
export const generate = <Key>(
  { decoder, batch }: Pick<LoopParts, 'decoder' | 'batch'>,
  input: LoopInput<Key>,
  signal: AbortSignal,
): AsyncGenerator<LoopToken<Key>, void> => createLoop({ decoder, batch }).join(input, signal)

function takeToken(row: Row): Said {
  const { asker, forced } = row.prompt
  // Drawn even where a token is given, so that what follows meets the random numbers it would have met.
  const drawn = pickToken(row.next.logits, asker.rule, row.uniform)
  const id = forced[row.produced] ?? row.next.ids[drawn] ?? asker.eos
  const logProb = logProbOf(row.next, id)
  row.produced++
  const finish = id === asker.eos ? 'eos' : row.produced >= asker.maxNewTokens ? 'length' : null
  return { id, logProb, finish }
}
