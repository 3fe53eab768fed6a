/** Names the nodes that read float16 tables, so that devices without float16 leave them to the processor. */
import { fieldsOf } from './protobuf.ts'

// Field numbers of onnx.proto3.
const MODEL_GRAPH = 7
const GRAPH = { node: 1, initializer: 5 }
const NODE = { input: 1, output: 2, name: 3, kind: 4 }
const TENSOR = { type: 2, name: 8 }
const FLOAT16 = 10

interface Node {
  readonly name: string
  readonly kind: string
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
}

const decoder = new TextDecoder()

function readNode(bytes: Uint8Array): Node {
  const node = { name: '', kind: '', inputs: [] as string[], outputs: [] as string[] }
  for (const field of fieldsOf(bytes)) {
    if (!field.bytes) continue
    if (field.number === NODE.input) node.inputs.push(decoder.decode(field.bytes))
    else if (field.number === NODE.output) node.outputs.push(decoder.decode(field.bytes))
    else if (field.number === NODE.name) node.name = decoder.decode(field.bytes)
    else if (field.number === NODE.kind) node.kind = decoder.decode(field.bytes)
  }
  return node
}

/** The name of a float16 tensor, or null for any other. */
function halfName(bytes: Uint8Array): string | null {
  let type = 0
  let name = ''
  for (const field of fieldsOf(bytes)) {
    if (field.number === TENSOR.type) type = field.value
    if (field.number === TENSOR.name && field.bytes) name = decoder.decode(field.bytes)
  }
  return type === FLOAT16 ? name : null
}

/**
 * Gathers from float16 initialisers and the Casts behind them. (A Cast of a whole weight is folded when
 * the graph is loaded and needs no device.) Many GPUs' drivers, and SwiftShader, have no float16 in shaders.
 */
export function halfNodes(model: Uint8Array): readonly string[] {
  const graph = [...fieldsOf(model)].find((field) => field.number === MODEL_GRAPH)?.bytes
  if (!graph) return []
  const fields = [...fieldsOf(graph)]
  const parts = (number: number) =>
    fields.flatMap((field) => (field.number === number && field.bytes ? [field.bytes] : []))
  const half = new Set(parts(GRAPH.initializer).map(halfName))
  const nodes = parts(GRAPH.node).map(readNode)
  const gathers = nodes.filter((node) => node.kind === 'Gather' && half.has(node.inputs[0] ?? ''))
  const rows = new Set(gathers.flatMap((node) => node.outputs))
  const casts = nodes.filter((node) => node.kind === 'Cast' && rows.has(node.inputs[0] ?? ''))
  return [...gathers, ...casts].map((node) => node.name).filter((name) => name !== '')
}
