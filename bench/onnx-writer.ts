/** Writes ONNX files of any size without a library: protocol buffers as lists of chunks, nothing copied twice. */
import { open } from 'node:fs/promises'

export interface Chunks {
  readonly size: number
  readonly parts: readonly Uint8Array[]
}

const join = (parts: readonly Chunks[]): Chunks => ({
  size: parts.reduce((sum, part) => sum + part.size, 0),
  parts: parts.flatMap((part) => part.parts),
})
const bytes = (data: Uint8Array): Chunks => ({ size: data.length, parts: [data] })

function varint(value: number | bigint): Chunks {
  const out: number[] = []
  let left = BigInt.asUintN(64, BigInt(value))
  do {
    const low = Number(left & 0x7fn)
    left >>= 7n
    out.push(left > 0n ? low | 0x80 : low)
  } while (left > 0n)
  return bytes(Uint8Array.from(out))
}

const number = (field: number, value: number | bigint): Chunks =>
  join([varint(field * 8), varint(value)])
const message = (field: number, content: Chunks): Chunks =>
  join([varint(field * 8 + 2), varint(content.size), content])
const text = (field: number, value: string): Chunks =>
  message(field, bytes(new TextEncoder().encode(value)))

export type Attribute = number | string | readonly number[] | { readonly float: number }

const FLOAT = 1
const INT64 = 7
type Kind = 'float32' | 'int64'
const typeOf = (kind: Kind): number => (kind === 'float32' ? FLOAT : INT64)

function attribute(name: string, value: Attribute): Chunks {
  const body = (() => {
    if (typeof value === 'number') return [number(3, value), number(20, 2)]
    if (typeof value === 'string') return [text(4, value), number(20, 3)]
    if ('float' in value) {
      const raw = new Uint8Array(Float32Array.of(value.float).buffer)
      return [join([varint(2 * 8 + 5), bytes(raw)]), number(20, 1)]
    }
    return [...value.map((one) => number(8, one)), number(20, 7)]
  })()
  return message(5, join([text(1, name), ...body]))
}

export type Dims = readonly (number | string)[]

function valueInfo(field: number, { name, kind, dims }: Value): Chunks {
  const shape = dims.map((dim) =>
    message(1, typeof dim === 'number' ? number(1, dim) : text(2, dim)),
  )
  const tensor = join([number(1, typeOf(kind)), message(2, join(shape))])
  return message(field, join([text(1, name), message(2, message(1, tensor))]))
}

export interface Value {
  readonly name: string
  readonly kind: Kind
  readonly dims: Dims
}

export interface Op {
  readonly kind: string
  readonly inputs: readonly string[]
  readonly outputs?: readonly string[]
  readonly attributes?: Readonly<Record<string, Attribute>>
}

const MICROSOFT = new Set(['FusedMatMul', 'SkipLayerNormalization'])

/** Collects nodes and constants of one graph. */
export class GraphWriter {
  readonly #nodes: Chunks[] = []
  readonly #constants = new Map<string, Chunks>()
  #count = 0

  /** Adds a node and names its first output. */
  op(op: Op): string {
    const name = `n${++this.#count}`
    const outputs = op.outputs ?? [name]
    const parts = [
      ...op.inputs.map((input) => text(1, input)),
      ...outputs.map((output) => text(2, output)),
      text(3, name),
      text(4, op.kind),
      ...Object.entries(op.attributes ?? {}).map(([key, value]) => attribute(key, value)),
      ...(MICROSOFT.has(op.kind) ? [text(7, 'com.microsoft')] : []),
    ]
    this.#nodes.push(message(1, join(parts)))
    return outputs[0] ?? name
  }

  floats(name: string, dims: readonly number[], data: Float32Array): string {
    return this.#constant(name, dims, data)
  }

  ints(values: readonly number[], scalar = false): string {
    const name = `${scalar ? 's' : 'i'}_${values.join('_')}`
    return this.#constant(name, scalar ? [] : [values.length], BigInt64Array.from(values, BigInt))
  }

  #constant(name: string, dims: readonly number[], data: Float32Array | BigInt64Array): string {
    if (!this.#constants.has(name)) {
      const kind = data instanceof Float32Array ? FLOAT : INT64
      const raw = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
      const parts = [...dims.map((dim) => number(1, dim)), number(2, kind), text(8, name)]
      this.#constants.set(name, message(5, join([...parts, message(9, bytes(raw))])))
    }
    return name
  }

  /** Opset 17 and com.microsoft 1. */
  async save(path: string, inputs: readonly Value[], outputs: readonly Value[]): Promise<void> {
    const graph = join([
      ...this.#nodes,
      text(2, 'decoder'),
      ...this.#constants.values(),
      ...inputs.map((value) => valueInfo(11, value)),
      ...outputs.map((value) => valueInfo(12, value)),
    ])
    const opset = (domain: string, version: number) =>
      message(8, join([text(1, domain), number(2, version)]))
    const model = join([number(1, 8), opset('', 17), opset('com.microsoft', 1), message(7, graph)])
    const file = await open(path, 'w')
    try {
      for (const part of model.parts) await file.write(part)
    } finally {
      await file.close()
    }
  }
}
