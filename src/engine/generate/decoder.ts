/** One call of the decoder graph: new positions in, top logits and new keys and values out (models/README.md). */
import { RealignError } from '../../shared/errors.ts'
import { f32, i64, type Feeds, type Graph, type TensorValue } from '../ort.ts'
import type { CacheShape, Past, Positions } from './kv-cache.ts'

export interface Decoder {
  readonly graph: Graph
  readonly shape: CacheShape
  readonly hidden: number
}

export interface DecoderInput {
  /** float32 [rows, prefixLength, hidden], or none. */
  readonly prefix?: { readonly data: Float32Array; readonly length: number }
  /** Ids of each row, right-padded to one length with anything. */
  readonly ids: readonly (readonly number[])[]
  /** Real new positions of each row, prefix included. */
  readonly counts: readonly number[]
  readonly past: Past
}

/** What the graph says of the next token: falling logits, their ids, and logsumexp over the vocabulary. */
export interface NextToken {
  readonly logits: Float32Array
  readonly ids: readonly number[]
  readonly lse: number
  /** All logits [vocab], only when asked for. */
  readonly all: Float32Array | null
}

export interface DecoderOutput {
  readonly next: readonly NextToken[]
  /** New keys and values, in the order of the past's buffers. */
  readonly fresh: readonly Positions[]
}

/** Natural log of a token's probability; NaN for one below the top where not all logits were asked for. */
export function logProbOf(next: NextToken, id: number): number {
  const place = next.ids.indexOf(id)
  const logit = place >= 0 ? next.logits[place] : next.all?.[id]
  return (logit ?? NaN) - next.lse
}

const EMPTY = new Float32Array(0)

const cacheNames = (layers: number, of: 'past' | 'new'): readonly string[] =>
  Array.from({ length: layers }, (_, l) => [`${of}.${l}.key`, `${of}.${l}.value`]).flat()

/** An empty past: one unused position, because a length of 0 crashes WebGPU. */
export function emptyPast(shape: CacheShape, rows: number): Past {
  const size = rows * shape.heads * shape.headDim
  return {
    buffers: Array.from({ length: 2 * shape.layers }, () => new Float32Array(size)),
    capacity: 1,
    lengths: Array<number>(rows).fill(0),
  }
}

/** Runs the graph once. @throws RealignError model-mismatch, also when a logit is not a finite number */
export async function runDecoder(
  decoder: Decoder,
  input: DecoderInput,
  wantAll = false,
): Promise<DecoderOutput> {
  const { graph, shape } = decoder
  const rows = input.counts.length
  const fetches = ['top_logits', 'top_ids', 'lse', ...cacheNames(shape.layers, 'new')]
  if (wantAll) fetches.push('logits')
  const outputs = await graph.run(feedsOf(decoder, input, rows), fetches)
  const logits = outputs.floats('top_logits').data
  // Far below 2 ** 31: the lower halves say all, without a bigint for each of 50 a row.
  const { buffer, byteOffset } = outputs.integers('top_ids').data
  const ids = new Int32Array(buffer, byteOffset)
  const lse = outputs.floats('lse').data
  const all = wantAll ? outputs.floats('logits').data : null
  const width = logits.length / rows
  const vocab = (all?.length ?? 0) / rows
  const next = Array.from({ length: rows }, (_, row): NextToken => ({
    logits: logits.subarray(row * width, (row + 1) * width),
    ids: Array.from({ length: width }, (_, at) => ids[2 * (row * width + at)] ?? 0),
    lse: lse[row] ?? NaN,
    all: all && all.subarray(row * vocab, (row + 1) * vocab),
  }))
  next.forEach((one) => checkFinite(one, graph.file))
  const fresh = cacheNames(shape.layers, 'new').map((name): Positions => {
    const { data, dims } = outputs.floats(name)
    return { data, stride: dims[2] ?? 0 }
  })
  return { next, fresh }
}

function feedsOf(decoder: Decoder, input: DecoderInput, rows: number): Feeds {
  const { shape, hidden } = decoder
  const columns = Math.max(0, ...input.ids.map((row) => row.length))
  const ids = input.ids.flatMap((row) => [...row, ...Array<number>(columns - row.length).fill(0)])
  const feeds: Record<string, TensorValue> = {
    prefix_embeds: f32(input.prefix?.data ?? EMPTY, [rows, input.prefix?.length ?? 0, hidden]),
    input_ids: i64(ids, [rows, columns]),
    past_len: i64(input.past.lengths),
    new_len: i64(input.counts),
  }
  const dims = [rows, shape.heads, input.past.capacity, shape.headDim]
  cacheNames(shape.layers, 'past').forEach((name, at) => {
    feeds[name] = f32(input.past.buffers[at] ?? EMPTY, dims)
  })
  return feeds
}

function checkFinite({ logits, lse }: NextToken, file: string): void {
  if (Number.isFinite(lse) && logits.length > 0 && logits.every(Number.isFinite)) return
  throw new RealignError('model-mismatch', `${file} gave numbers that are not finite`, {
    hint: 'Try another device or variant; if it stays, the weights are damaged.',
  })
}
