/** Looks for weights kept outside an ONNX file: a hostile location could read any file of the machine. */
import { RealignError } from '../../shared/errors.ts'
import { fieldsOf } from './protobuf.ts'

export interface ExternalData {
  readonly location: string
  readonly offset: string
  readonly length: string
}

// Field numbers of onnx.proto3.
const MODEL = { graph: 7, functions: 25 }
const GRAPH = { node: 1, initializer: 5, sparseInitializer: 15 }
const NODE = { attribute: 5 }
const FUNCTION = { node: 7, attribute: 11 }
const ATTRIBUTE = { tensor: 5, graph: 6, tensors: 10, graphs: 11, sparse: 22, sparses: 23 }
const SPARSE = { values: 1, indices: 2 }
const TENSOR = { externalData: 13, location: 14 }
const ENTRY = { key: 1, value: 2 }
const EXTERNAL = 1
const MAX_DEPTH = 64

const decoder = new TextDecoder()

/** Every external tensor of the model, graphs inside nodes included. @throws RangeError on damage */
export function findExternalData(model: Uint8Array): readonly ExternalData[] {
  const found: ExternalData[] = []
  const walk = (
    bytes: Uint8Array,
    kinds: Readonly<Record<number, (b: Uint8Array) => void>>,
  ): void => {
    for (const field of fieldsOf(bytes)) if (field.bytes) kinds[field.number]?.(field.bytes)
  }
  let depth = 0
  const tensor = (bytes: Uint8Array): void => {
    const one = readTensor(bytes)
    if (one) found.push(one)
  }
  const sparse = (bytes: Uint8Array): void =>
    walk(bytes, { [SPARSE.values]: tensor, [SPARSE.indices]: tensor })
  const attribute = (bytes: Uint8Array): void =>
    walk(bytes, {
      [ATTRIBUTE.tensor]: tensor,
      [ATTRIBUTE.tensors]: tensor,
      [ATTRIBUTE.graph]: graph,
      [ATTRIBUTE.graphs]: graph,
      [ATTRIBUTE.sparse]: sparse,
      [ATTRIBUTE.sparses]: sparse,
    })
  const node = (bytes: Uint8Array): void => walk(bytes, { [NODE.attribute]: attribute })
  const graph = (bytes: Uint8Array): void => {
    if (++depth > MAX_DEPTH) throw new RangeError('graphs are nested too deep')
    walk(bytes, {
      [GRAPH.node]: node,
      [GRAPH.initializer]: tensor,
      [GRAPH.sparseInitializer]: sparse,
    })
    depth--
  }
  const fn = (bytes: Uint8Array): void =>
    walk(bytes, { [FUNCTION.node]: node, [FUNCTION.attribute]: attribute })
  walk(model, { [MODEL.graph]: graph, [MODEL.functions]: fn })
  return found
}

function readTensor(bytes: Uint8Array): ExternalData | null {
  const entries: Record<string, string> = {}
  let external = false
  for (const field of fieldsOf(bytes)) {
    if (field.number === TENSOR.location && field.value === EXTERNAL) external = true
    if (field.number !== TENSOR.externalData || !field.bytes) continue
    external = true
    let key = ''
    for (const part of fieldsOf(field.bytes)) {
      if (part.number === ENTRY.key && part.bytes) key = decoder.decode(part.bytes)
      if (part.number === ENTRY.value && part.bytes) entries[`_${key}`] = decoder.decode(part.bytes)
    }
  }
  if (!external) return null
  return {
    location: entries['_location'] ?? '',
    offset: entries['_offset'] ?? '0',
    length: entries['_length'] ?? '0',
  }
}

/**
 * True when the graph keeps weights in the one allowed place: `x.onnx_data` beside `x.onnx`, listed in
 * the manifest, inside its size. @throws RealignError model-unsafe for any other place
 */
export function checkExternalData(
  file: string,
  model: Uint8Array,
  sizes: ReadonlyMap<string, number>,
): boolean {
  let found: readonly ExternalData[]
  try {
    found = findExternalData(model)
  } catch (cause) {
    throw new RealignError(
      'model-mismatch',
      `${file} is not an ONNX file: ${(cause as Error).message}`,
      { cause, hint: 'Copy the bundle again.' },
    )
  }
  const allowed = `${file}_data`
  for (const { location, offset, length } of found) {
    const start = whole(offset)
    const size = whole(length)
    const limit = sizes.get(allowed)
    if (location !== allowed || limit === undefined || !(start + size <= limit))
      throw new RealignError(
        'model-unsafe',
        `${file} wants weights from ${JSON.stringify(location.slice(0, 200))} (${offset.slice(0, 20)} + ${length.slice(0, 20)}); only a listed ${allowed} is allowed`,
        { hint: 'Take this bundle away; it may try to read other files of this computer.' },
      )
  }
  return found.length > 0
}

const whole = (text: string): number => (/^\d{1,15}$/.test(text) ? Number(text) : NaN)
