/** One random decoder in two graphs: ours (models/README.md) and the cache-concatenating one transformers.js runs. */
import { GraphWriter, type Attribute, type Value } from './onnx-writer.ts'
import type { Shape } from './shapes.ts'

/** Values in +-scale from a small generator: 124 million of them in about a second. */
function noise(count: number, scale: number, seed: number): Float32Array {
  const values = new Float32Array(count)
  let state = seed >>> 0
  for (let at = 0; at < count; at++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    values[at] = (state / 2 ** 31 - 1) * scale
  }
  return values
}

/** Row-major [vocab, hidden]; the benchmark embeds its stand-in visual tokens with it. */
export const embeddingTable = (shape: Shape): Float32Array =>
  noise(shape.vocab * shape.hidden, 0.06, 1)

/** Nodes that both graphs share. Weights depend on their name only, so both hold the same. */
class DecoderWriter extends GraphWriter {
  readonly shape: Shape

  constructor(shape: Shape) {
    super()
    this.shape = shape
  }

  node(
    kind: string,
    inputs: readonly string[],
    attributes: Record<string, Attribute> = {},
  ): string {
    return this.op({ kind, inputs, attributes })
  }

  noiseOf(name: string, inner: number, outer: number): Float32Array {
    const seed = [...name].reduce((sum, char) => Math.imul(sum, 31) + (char.codePointAt(0) ?? 0), 7)
    return noise(inner * outer, Math.sqrt(3 / inner), seed)
  }

  weight(name: string, inner: number, outer: number): string {
    return this.floats(name, [inner, outer], this.noiseOf(name, inner, outer))
  }

  constantRow(name: string, size: number, value: number): string {
    return this.floats(name, [size], new Float32Array(size).fill(value))
  }

  scalar(value: number): string {
    return this.floats(`f_${value}`, [], Float32Array.of(value))
  }

  linear(x: string, name: string, inner: number, outer: number): string {
    return this.node('MatMul', [x, this.weight(name, inner, outer)])
  }

  /** Gain and bias of a norm. */
  affine(name: string): readonly [string, string] {
    const { hidden } = this.shape
    return [this.constantRow(`${name}.g`, hidden, 1), this.constantRow(`${name}.b`, hidden, 0)]
  }

  norm(x: string, name: string): string {
    return this.node('LayerNormalization', [x, ...this.affine(name)], { axis: -1 })
  }

  size(x: string, axis: number): string {
    return this.node('Gather', [this.node('Shape', [x]), this.ints([axis], true)])
  }

  unsqueeze(x: string, ...axes: readonly number[]): string {
    return this.node('Unsqueeze', [x, this.ints(axes)])
  }

  range(from: string, to: string): string {
    return this.node('Range', [from, to, this.ints([1], true)])
  }

  embed(ids: string): string {
    const { vocab, hidden } = this.shape
    this.floats('embed', [vocab, hidden], embeddingTable(this.shape))
    return this.node('Gather', ['embed', ids])
  }

  /** OPT's learned positions have an offset of 2. */
  positions(at: string): string {
    const { positions, hidden } = this.shape
    const table = this.floats(
      'positions',
      [positions + 2, hidden],
      noise((positions + 2) * hidden, 0.06, 2),
    )
    return this.node('Gather', [table, this.node('Add', [at, this.ints([2], true)])])
  }

  /** Packed q, k, v: queries come scaled by headDim^-0.5, as OPT scales them, so that scores are plain products. */
  packed(layer: number): string {
    const { hidden, heads } = this.shape
    const name = `l${layer}.qkv`
    const data = this.noiseOf(name, hidden, 3 * hidden)
    for (let at = 0; at < data.length; at++)
      if (at % (3 * hidden) < hidden) data[at] = (data[at] ?? 0) * (hidden / heads) ** -0.5
    return this.floats(name, [hidden, 3 * hidden], data)
  }

  /** q, k, v [B, heads, T, headDim] of rows [B, T, hidden]; k and v under the given output names. */
  project(x: string, layer: number, [key, value]: readonly [string, string]): string {
    const { hidden, heads } = this.shape
    const packed = this.node('MatMul', [x, this.packed(layer)])
    const shaped = this.node('Reshape', [packed, this.ints([0, 0, 3, heads, hidden / heads])])
    const parts = this.node('Transpose', [shaped], { perm: [2, 0, 3, 1, 4] })
    const names = [0, 1, 2].map((part) => `l${layer}.part${part}`)
    this.op({
      kind: 'Split',
      inputs: [parts, this.ints([1, 1, 1])],
      outputs: names,
      attributes: { axis: 0 },
    })
    const [q = '', k = '', v = ''] = names
    this.op({ kind: 'Squeeze', inputs: [k, this.ints([0])], outputs: [key] })
    this.op({ kind: 'Squeeze', inputs: [v, this.ints([0])], outputs: [value] })
    return this.node('Squeeze', [q, this.ints([0])])
  }

  /** norm(x + y) and x + y, in one node. */
  addAndNorm(x: string, y: string, name: string): [string, string] {
    const [normed, sum] = [`${name}.normed`, `${name}.sum`]
    this.op({
      kind: 'SkipLayerNormalization',
      inputs: [x, y, ...this.affine(name)],
      outputs: [normed, '', '', sum],
      attributes: { epsilon: { float: 1e-5 } },
    })
    return [normed, sum]
  }

  /** The rest of a layer after attention gave `mixed` [B, heads, T, headDim]. */
  finish(x: string, mixed: string, layer: number): string {
    const { hidden, ffn } = this.shape
    const flat = this.node('Reshape', [
      this.node('Transpose', [mixed], { perm: [0, 2, 1, 3] }),
      this.ints([0, 0, hidden]),
    ])
    const attended = this.node('Add', [x, this.linear(flat, `l${layer}.out`, hidden, hidden)])
    const inner = this.linear(this.norm(attended, `l${layer}.n2`), `l${layer}.fc1`, hidden, ffn)
    const outer = this.linear(this.node('Relu', [inner]), `l${layer}.fc2`, ffn, hidden)
    return this.node('Add', [attended, outer])
  }
}

const cacheValues = (
  shape: Shape,
  name: (layer: number, part: string) => string,
  positions: string,
) =>
  Array.from({ length: shape.layers }, (_, layer) =>
    ['key', 'value'].map((part): Value => ({
      name: name(layer, part),
      kind: 'float32',
      dims: ['B', shape.heads, positions, shape.hidden / shape.heads],
    })),
  ).flat()
const int = (name: string, ...dims: Value['dims']): Value => ({ name, kind: 'int64', dims })
const float = (name: string, ...dims: Value['dims']): Value => ({ name, kind: 'float32', dims })

/**
 * Rows without their padding. `real`: places of real positions among all rows x steps; `places`: where each
 * of those stands once packed (padding stands where the real position before it does); `last`: each row's last one.
 */
function packing(g: DecoderWriter, steps: string) {
  const one = g.ints([1], true)
  const valid = g.node('Less', [g.unsqueeze(steps, 0), g.unsqueeze('new_len', 1)])
  const flat = g.node('Reshape', [valid, g.ints([-1])])
  const real = g.node('Squeeze', [g.node('NonZero', [flat]), g.ints([0])])
  const count = g.node('CumSum', [g.node('Cast', [flat], { to: 7 }), g.ints([0], true)])
  const places = g.node('Sub', [count, one])
  const packed = g.node('Sub', [g.node('CumSum', ['new_len', g.ints([0], true)]), one])
  const wide = g.node('Gather', [real, packed])
  return { real, places, last: { packed, wide } }
}

/** Ours: the caller owns the cache, only new keys and values come out, top 50 and logsumexp inside. */
export async function writeDelta(shape: Shape, path: string): Promise<void> {
  const { hidden, heads, layers, vocab, ffn } = shape
  const g = new DecoderWriter(shape)
  let x = g.node('Concat', ['prefix_embeds', g.embed('input_ids')], { axis: 1 })
  const fresh = g.size(x, 1)
  const past = g.size('past.0.key', 2)
  const zero = g.ints([0], true)
  const steps = g.range(zero, fresh)
  x = g.node('Add', [
    x,
    g.positions(g.node('Add', [g.unsqueeze('past_len', 1), g.unsqueeze(steps, 0)])),
  ])
  const seen = g.node('Less', [
    g.unsqueeze(g.range(zero, past), 0, 1, 2),
    g.unsqueeze('past_len', 1, 2, 3),
  ])
  const earlier = g.node('LessOrEqual', [g.unsqueeze(steps, 0), g.unsqueeze(steps, 1)])
  const [open, closed] = [g.scalar(0), g.scalar(-1e30)]
  const width = g.unsqueeze(fresh, 0)
  const old = g.node('Expand', [
    g.node('Where', [seen, open, closed]),
    g.node('Concat', [g.ints([1, 1]), width, g.ints([1])], { axis: 0 }),
  ])
  const rows = g.node('Slice', [g.node('Shape', [old]), g.ints([0]), g.ints([3])])
  const own = g.node('Expand', [
    g.node('Where', [earlier, open, closed]),
    g.node('Concat', [rows, width], { axis: 0 }),
  ])
  const mask = g.node('Concat', [old, own], { axis: 3 })
  const cut = g.node('Concat', [g.unsqueeze(past, 0), width], { axis: 0 })
  const rowsAndSteps = g.node('Slice', [g.node('Shape', [x]), g.ints([0]), g.ints([2])])
  const threefold = g.node('Concat', [rowsAndSteps, g.ints([3 * heads, hidden / heads])], {
    axis: 0,
  })
  const flat = g.ints([-1, hidden])
  const { real, places, last } = packing(g, steps)
  x = g.node('Gather', [g.node('Reshape', [x, flat]), real])
  const gemm = (from: string, name: string, inner: number, outer: number) =>
    g.node('Gemm', [from, g.weight(name, inner, outer)])
  let y = g.norm(x, 'l0.n1')
  for (let layer = 0; layer < layers; layer++) {
    const [q, k, v] = [`l${layer}.query`, `new.${layer}.key`, `new.${layer}.value`] as const
    const spread = g.node('Gather', [g.node('Gemm', [y, g.packed(layer)]), places])
    const packed = g.node('Reshape', [spread, threefold])
    g.op({
      kind: 'Split',
      inputs: [
        g.node('Transpose', [packed], { perm: [0, 2, 1, 3] }),
        g.ints([heads, heads, heads]),
      ],
      outputs: [q, k, v],
      attributes: { axis: 1 },
    })
    const against = (keys: string) =>
      g.op({ kind: 'FusedMatMul', inputs: [q, keys], attributes: { transB: 1 } })
    const scores = g.node('Concat', [against(`past.${layer}.key`), against(k)], { axis: 3 })
    const share = g.node('Softmax', [g.node('Add', [scores, mask])], { axis: -1 })
    const [onOld, onOwn] = [`l${layer}.old`, `l${layer}.own`] as const
    g.op({ kind: 'Split', inputs: [share, cut], outputs: [onOld, onOwn], attributes: { axis: 3 } })
    const mixed = g.node('Add', [
      g.node('MatMul', [onOld, `past.${layer}.value`]),
      g.node('MatMul', [onOwn, v]),
    ])
    const wide = g.node('Reshape', [g.node('Transpose', [mixed], { perm: [0, 2, 1, 3] }), flat])
    // Behind the last attention only what says the next token is worth computing.
    const joined = g.node('Gather', [wide, layer + 1 < layers ? real : last.wide])
    if (layer + 1 === layers) x = g.node('Gather', [x, last.packed])
    ;[y, x] = g.addAndNorm(x, gemm(joined, `l${layer}.out`, hidden, hidden), `l${layer}.n2`)
    const inner = g.node('Relu', [gemm(y, `l${layer}.fc1`, hidden, ffn)])
    const outer = gemm(inner, `l${layer}.fc2`, ffn, hidden)
    if (layer + 1 < layers) [y, x] = g.addAndNorm(x, outer, `l${layer + 1}.n1`)
    else x = g.node('Add', [x, outer])
  }
  x = g.norm(x, 'final')
  g.op({ kind: 'Gemm', inputs: [x, 'embed'], outputs: ['logits'], attributes: { transB: 1 } })
  g.op({
    kind: 'TopK',
    inputs: ['logits', g.ints([50])],
    outputs: ['top_logits', 'top_ids'],
    attributes: { axis: -1 },
  })
  const best = g.node('Slice', ['top_logits', g.ints([0]), g.ints([1]), g.ints([1])])
  const exp = g.node('Exp', [g.node('Sub', ['logits', best])])
  const total = g.node('Log', [g.node('ReduceSum', [exp, g.ints([1])], { keepdims: 0 })])
  g.op({
    kind: 'Add',
    inputs: [g.node('Squeeze', [best, g.ints([1])]), total],
    outputs: ['lse'],
  })
  await g.save(
    path,
    [
      float('prefix_embeds', 'B', 'N', hidden),
      int('input_ids', 'B', 'T'),
      int('past_len', 'B'),
      int('new_len', 'B'),
      ...cacheValues(shape, (layer, part) => `past.${layer}.${part}`, 'S'),
    ],
    [
      float('top_logits', 'B', 50),
      int('top_ids', 'B', 50),
      float('lse', 'B'),
      float('logits', 'B', vocab),
      ...cacheValues(shape, (layer, part) => `new.${layer}.${part}`, 'NT'),
    ],
  )
}

/** Theirs: past and new keys concatenated and given back whole, logits of the last position. */
export async function writeConcat(shape: Shape, path: string): Promise<void> {
  const { layers, vocab } = shape
  const g = new DecoderWriter(shape)
  let x = g.node('Add', [g.embed('input_ids'), g.positions('position_ids')])
  const fresh = g.size('input_ids', 1)
  const past = g.size('past_key_values.0.key', 2)
  const total = g.node('Add', [past, fresh])
  const columns = g.unsqueeze(g.range(g.ints([0], true), total), 0)
  const causal = g.node('LessOrEqual', [columns, g.unsqueeze(g.range(past, total), 1)])
  const real = g.node('Greater', [g.unsqueeze('attention_mask', 1, 2), g.ints([0], true)])
  const allowed = g.node('And', [g.unsqueeze(causal, 0, 1), real])
  const mask = g.node('Where', [allowed, g.scalar(0), g.scalar(-1e30)])
  for (let layer = 0; layer < layers; layer++) {
    const own = [`l${layer}.k`, `l${layer}.v`] as const
    const q = g.project(g.norm(x, `l${layer}.n1`), layer, own)
    const [k = '', v = ''] = ['key', 'value'].map((part, at) =>
      g.op({
        kind: 'Concat',
        inputs: [`past_key_values.${layer}.${part}`, own[at] ?? ''],
        outputs: [`present.${layer}.${part}`],
        attributes: { axis: 2 },
      }),
    )
    const scores = g.op({ kind: 'FusedMatMul', inputs: [q, k], attributes: { transB: 1 } })
    const share = g.node('Softmax', [g.node('Add', [scores, mask])], { axis: -1 })
    x = g.finish(x, g.node('MatMul', [share, v]), layer)
  }
  const last = g.node('Slice', [x, g.ints([-1]), g.ints([2 ** 31]), g.ints([1])])
  const table = g.node('Transpose', ['embed'], { perm: [1, 0] }) // folded when the graph is loaded
  g.op({ kind: 'MatMul', inputs: [g.norm(last, 'final'), table], outputs: ['logits'] })
  await g.save(
    path,
    [
      int('input_ids', 'B', 'T'),
      int('attention_mask', 'B', 'A'),
      int('position_ids', 'B', 'T'),
      ...cacheValues(shape, (layer, part) => `past_key_values.${layer}.${part}`, 'P'),
    ],
    [
      float('logits', 'B', 1, vocab),
      ...cacheValues(shape, (layer, part) => `present.${layer}.${part}`, 'A'),
    ],
  )
}
