/** The decoding loop on a graph that counts: who is decoded beside whom, who goes on when one leaves or a step fails. */
import { describe, expect, test } from 'vitest'
import { rowsTogether } from '../../src/engine/generate/batch.ts'
import type { Decoder } from '../../src/engine/generate/decoder.ts'
import { createLoop, type LoopToken } from '../../src/engine/generate/loop.ts'
import type { Prefix } from '../../src/engine/generate/prefix.ts'
import type { Graph } from '../../src/engine/ort.ts'
import { RealignError } from '../../src/shared/errors.ts'
import type { Captioner } from '../../src/shared/manifest.ts'
import { DEFAULT_SETTINGS } from '../../src/shared/types.ts'

const shape = { layers: 1, heads: 1, headDim: 1 }
const never = new AbortController().signal

/** What follows token n is n + 1; `onStep` is told the rows of each call and may fail it. */
function counting(onStep: (rows: number) => void = () => {}): Decoder {
  const graph: Graph = {
    ...{ file: 'counting.onnx', inputs: [], outputs: [] },
    async run(feeds) {
      const ids = feeds['input_ids']
      if (ids?.type !== 'int64') throw new Error('no ids')
      const [rows = 0, columns = 0] = ids.dims
      onStep(rows)
      const counts = feeds['new_len']?.data ?? []
      const tops = Array.from({ length: rows }, (_, row) => {
        const last = ids.data[row * columns + Number(counts[row]) - 1] ?? 0n
        return [last + 1n, last + 2n]
      })
      const cells = new Float32Array(rows * columns)
      return {
        floats: (name) =>
          name === 'top_logits'
            ? { data: Float32Array.from(tops.flatMap(() => [2, 1])), dims: [rows, 2] }
            : name === 'lse'
              ? { data: new Float32Array(rows).fill(3), dims: [rows] }
              : { data: cells, dims: [rows, 1, columns, 1] },
        integers: () => ({ data: BigInt64Array.from(tops.flat()), dims: [rows, 2] }),
      }
    },
    close: () => Promise.resolve(),
  }
  return { graph, shape, hidden: 1 }
}

const noNext = { logits: new Float32Array(0), ids: [], lse: 0, all: null }
const prefix: Prefix = {
  positions: [0, 1].map(() => ({ data: new Float32Array(1), stride: 1 })),
  ...{ length: 1, visualTokens: 1, bytes: 4, next: noNext },
}

/** Captions of as many tokens as asked, each beginning behind the number it is given. */
const asking = (starts: readonly number[], tokens: number) => ({
  prompts: starts.map((start) => ({
    ...{ key: start, seed: 0, forced: [], prefix },
    slot: { tokens: 1, cut: false, sharedPads: 0, suffix: [start] },
  })),
  ...{ rule: { ...DEFAULT_SETTINGS, greedy: true }, eos: -1, maxNewTokens: tokens },
})

async function tokensOf(work: AsyncGenerator<LoopToken<number>, void>) {
  const made = new Map<number, number[]>()
  for await (const { key, id } of work) made.set(key, [...(made.get(key) ?? []), id])
  return Object.fromEntries(made)
}

describe('the decoding loop', () => {
  test('decodes what is asked meanwhile in the same steps, each its own tokens', async () => {
    const rows: number[] = []
    const loop = createLoop({ decoder: counting((count) => rows.push(count)), batch: 12 })
    const [one, two] = await Promise.all([
      tokensOf(loop.join(asking([10, 20, 30], 5), never)),
      tokensOf(loop.join(asking([40, 50, 60], 3), never)),
    ])
    expect(one).toEqual({
      10: [11, 12, 13, 14, 15],
      20: [21, 22, 23, 24, 25],
      30: expect.anything(),
    })
    expect(two).toEqual({ 40: [41, 42, 43], 50: [51, 52, 53], 60: [61, 62, 63] })
    expect(Math.max(...rows)).toBe(6)
    expect(loop.busy).toBe(false)
  })

  test('holds no more rows than its batch and two, and fills those that fall free', async () => {
    const rows: number[] = []
    const loop = createLoop({ decoder: counting((count) => rows.push(count)), batch: 6 })
    const asked = Array.from({ length: 8 }, (_, at) => asking([10 * at, 10 * at + 3], 2 + (at % 3)))
    const made = await Promise.all(asked.map((input) => tokensOf(loop.join(input, never))))
    expect(made.map((one) => Object.values(one).map(({ length }) => length))).toEqual(
      asked.map(({ maxNewTokens }) => [maxNewTokens, maxNewTokens]),
    )
    expect(Math.max(...rows)).toBeLessThanOrEqual(8)
    expect(Math.max(...rows)).toBeGreaterThanOrEqual(6)
  })

  test('one row a step where the batch is one', async () => {
    const rows: number[] = []
    const loop = createLoop({ decoder: counting((count) => rows.push(count)), batch: 1 })
    await tokensOf(loop.join(asking([10, 20, 30, 40], 3), never))
    expect(Math.max(...rows)).toBe(1)
  })

  test('who leaves takes only his own rows with him', async () => {
    const rows: number[] = []
    const loop = createLoop({ decoder: counting((count) => rows.push(count)), batch: 12 })
    const abort = new AbortController()
    const goes = async () => {
      for await (const { id } of loop.join(asking([10, 20, 30], 50), abort.signal))
        if (id === 12) abort.abort()
    }
    const [gone, stays] = await Promise.allSettled([
      goes(),
      tokensOf(loop.join(asking([40], 9), never)),
    ])
    expect(gone).toMatchObject({ status: 'rejected', reason: { code: 'cancelled' } })
    expect(stays).toMatchObject({ value: { 40: [41, 42, 43, 44, 45, 46, 47, 48, 49] } })
    expect(rows.at(-1)).toBe(1)
  })

  test('a step that fails ends all who are in it, and who asks afterwards is decoded', async () => {
    let broken = true
    const decoder = counting((rows) => {
      if (broken && rows === 4) throw new RealignError('out-of-memory', 'too much')
    })
    const loop = createLoop({ decoder, batch: 12 })
    const both = await Promise.allSettled([
      tokensOf(loop.join(asking([10, 20, 30], 5), never)),
      tokensOf(loop.join(asking([40], 5), never)),
    ])
    expect(both).toMatchObject([
      { status: 'rejected', reason: { code: 'out-of-memory' } },
      { status: 'rejected', reason: { code: 'out-of-memory' } },
    ])
    broken = false
    expect(await tokensOf(loop.join(asking([10], 2), never))).toEqual({ 10: [11, 12] })
  })

  test('asks for its turn before every step, and hands it on after it', async () => {
    const log: string[] = []
    const turn = async () => {
      log.push('in')
      return () => void log.push('out')
    }
    const loop = createLoop({ decoder: counting(() => log.push('step')), batch: 12, turn })
    await tokensOf(loop.join(asking([10], 3), never))
    expect(log.join(' ')).toBe('in step step out in step out in out')
  })
})

describe('rows decoded together', () => {
  const rule = (layers: number, heads: number, maxPositions: number): Captioner => ({
    visualTokens: 40,
    decoder: {
      ...{ layers, heads, headDim: 64, hidden: 64 * heads },
      vocab: 9,
      maxPositions,
      topLogits: 9,
    },
    altSlot: { length: 128, side: 'left', pads: 'attended', joiner: '; ' },
    ids: { pad: 1, eos: 2 },
    maxNewTokens: 256,
    sampling: { temperature: 0.2, topK: 50, topP: 0.7 },
    tokenizer: 'tokenizer.json',
  })

  test('are fewer where a caption takes much memory, yet those of one image', () => {
    expect(rowsTogether(rule(12, 12, 512))).toBe(12)
    expect(rowsTogether(rule(24, 16, 512))).toBe(6)
    expect(rowsTogether(rule(24, 32, 2048))).toBe(6)
  })
})
