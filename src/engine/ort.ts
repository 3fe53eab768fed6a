/** The only door to onnxruntime-node: graphs, tensors, devices, and its errors as codes. */
import type { InferenceSession, Tensor } from 'onnxruntime-node'
import { RealignError } from '../shared/errors.ts'
import { deviceFault } from './device-faults.ts'
import { nativeLibrary } from './native-library.ts'

type Runtime = typeof import('onnxruntime-node')

/** A dense tensor; data is row-major and is handed to the runtime without a copy. */
export type TensorValue =
  | { readonly type: 'float32'; readonly data: Float32Array; readonly dims: readonly number[] }
  | { readonly type: 'int64'; readonly data: BigInt64Array; readonly dims: readonly number[] }

export type Feeds = Readonly<Record<string, TensorValue>>

export interface Outputs {
  floats(name: string): { readonly data: Float32Array; readonly dims: readonly number[] }
  integers(name: string): { readonly data: BigInt64Array; readonly dims: readonly number[] }
}

/** One loaded ONNX graph. `run` blocks this thread while it computes (ENGINE.md section 2). */
export interface Graph {
  readonly file: string
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  run(feeds: Feeds, fetches: readonly string[]): Promise<Outputs>
  close(): Promise<void>
}

export interface GraphSource {
  readonly file: string
  readonly content: Uint8Array | string
  /** Nodes that stay on the processor whatever the device. */
  readonly cpuNodes?: readonly string[] | undefined
}

export interface GraphOptions {
  readonly device: string
  /** Compute threads; undefined lets the runtime take the physical cores. */
  readonly threads?: number | undefined
  /** Threads sleep between steps instead of spinning: slower, but kind to a shared machine. */
  readonly quiet?: boolean | undefined
}

const load = nativeLibrary<Runtime>(
  async () => {
    // From 1.29 on it reports to Microsoft what it runs, and keeps files for that, unless this is there before it is.
    process.env['ORT_DISABLE_TELEMETRY'] = '1'
    const ort = await import('onnxruntime-node')
    ort.env.logLevel = 'fatal' // every error comes as one, and is told once
    return ort
  },
  {
    message: 'ONNX Runtime could not be loaded on this machine',
    hint: 'Run npm install again for this platform; it needs onnxruntime-node 1.30.0.',
  },
)

export async function runtimeVersion(): Promise<string> {
  return `onnxruntime-node ${(await load()).env.versions.node ?? 'unknown'}`
}

/** Devices the runtime was built for; whether one works shows only when a graph is loaded on it. */
export async function listDevices(): Promise<readonly string[]> {
  return (await load()).listSupportedBackends().map((backend) => backend.name)
}

export const f32 = (data: Float32Array, dims: readonly number[]): TensorValue => ({
  type: 'float32',
  data,
  dims,
})

export const i64 = (values: readonly number[], dims?: readonly number[]): TensorValue => ({
  type: 'int64',
  data: BigInt64Array.from(values, BigInt),
  dims: dims ?? [values.length],
})

/**
 * Loads one graph from bytes (nothing is read besides them) or from a path (needed when weights lie
 * in an `.onnx_data` file beside it).
 * @throws RealignError model-mismatch, device-unavailable, out-of-memory
 */
export async function openGraph(source: GraphSource, options: GraphOptions): Promise<Graph> {
  const ort = await load()
  const settings: InferenceSession.SessionOptions = {
    executionProviders: providers(options.device, source.cpuNodes ?? []),
    graphOptimizationLevel: 'all',
    executionMode: 'sequential',
    interOpNumThreads: 1,
    logSeverityLevel: 4,
    ...(options.threads !== undefined && { intraOpNumThreads: options.threads }),
    extra: { session: { intra_op: { allow_spinning: options.quiet ? '0' : '1' } } },
  }
  const create = ort.InferenceSession.create as (
    content: Uint8Array | string,
    settings: InferenceSession.SessionOptions,
  ) => Promise<InferenceSession>
  const session = await create
    .call(ort.InferenceSession, source.content, settings)
    .catch((cause: unknown) => {
      throw loadError(cause, source.file, options.device)
    })
  const toTensor = (value: TensorValue): Tensor =>
    value.type === 'float32'
      ? new ort.Tensor('float32', value.data, value.dims)
      : new ort.Tensor('int64', value.data, value.dims)
  return {
    file: source.file,
    inputs: session.inputNames,
    outputs: session.outputNames,
    async run(feeds, fetches) {
      checkNames(feeds, session, source.file)
      const tensors: Record<string, Tensor> = {}
      for (const [name, value] of Object.entries(feeds)) tensors[name] = toTensor(value)
      const results = await session.run(tensors, fetches).catch((cause: unknown) => {
        throw runError(cause, source.file, feeds)
      })
      return readOutputs(results, source.file)
    },
    close: () => session.release(),
  }
}

/** The device, then the processor for what it cannot run. */
function providers(
  device: string,
  cpuNodes: readonly string[],
): readonly InferenceSession.ExecutionProviderConfig[] {
  if (device === 'cpu') return ['cpu']
  if (device === 'webgpu' && cpuNodes.length > 0)
    return [{ name: device, forceCpuNodeNames: cpuNodes }, 'cpu'] // an empty list is refused
  return [device, 'cpu']
}

function checkNames(feeds: Feeds, session: InferenceSession, file: string): void {
  const missing = session.inputNames.filter((name) => feeds[name] === undefined)
  const unknown = Object.keys(feeds).filter((name) => !session.inputNames.includes(name))
  if (missing.length + unknown.length === 0) return
  const said = [
    missing.length > 0 ? `wants ${missing.join(', ')}` : '',
    unknown.length > 0 ? `has no input ${unknown.join(', ')}` : '',
  ]
  throw mismatch(`${file} ${said.filter(Boolean).join(' and ')}`)
}

function readOutputs(results: InferenceSession.ReturnType, file: string): Outputs {
  const read = (name: string, type: string): Tensor => {
    const tensor = results[name]
    if (!tensor) throw mismatch(`${file} gave no output ${name}`)
    if (tensor.type !== type) throw mismatch(`${file}: ${name} is ${tensor.type}, not ${type}`)
    return tensor as Tensor // every output of our graphs is a tensor on the CPU
  }
  return {
    floats(name) {
      const { data, dims } = read(name, 'float32')
      return { data: data as Float32Array, dims } // the type was just checked
    },
    integers(name) {
      const { data, dims } = read(name, 'int64')
      return { data: data as BigInt64Array, dims } // the type was just checked
    },
  }
}

const mismatch = (message: string): RealignError =>
  new RealignError('model-mismatch', message, {
    hint: 'Export the bundle again as models/README.md describes.',
  })

/** The runtime's text, short enough for a screen. */
const textOf = (cause: unknown): string => wholeText(cause).slice(0, 300)

const wholeText = (cause: unknown): string =>
  (cause instanceof Error ? cause.message : String(cause)).replace(/\s+/g, ' ')

const isMemory = (text: string): boolean =>
  /bad_alloc|bad allocation|out of memory|failed to allocate|not enough memory|BFCArena/i.test(text)

const outOfMemory = (file: string, cause: unknown): RealignError =>
  new RealignError('out-of-memory', `There was not enough memory for ${file}: ${textOf(cause)}`, {
    cause,
    hint: 'Close other programs, or choose a smaller variant (q8) of this captioner.',
  })

function loadError(cause: unknown, file: string, device: string): RealignError {
  const text = textOf(cause)
  if (isMemory(text)) return outOfMemory(file, cause)
  if (device !== 'cpu')
    return new RealignError(
      'device-unavailable',
      `${device} could not load ${file}: ${deviceFault(wholeText(cause)).slice(0, 300)}`,
      {
        cause,
        hint: 'The processor (cpu) always works; set REALIGN_DEVICE=cpu to choose it.',
      },
    )
  return new RealignError('model-mismatch', `${file} is not a graph this engine can run: ${text}`, {
    cause,
    hint: 'Copy the bundle again, or export it as models/README.md describes.',
  })
}

/** On a failed run the shapes that were fed say more than megabytes of values. */
function runError(cause: unknown, file: string, feeds: Feeds): RealignError {
  const text = textOf(cause)
  if (isMemory(text)) return outOfMemory(file, cause)
  const shapes = Object.entries(feeds)
    .filter(([name]) => !name.startsWith('past.'))
    .map(([name, value]) => `${name} ${value.type}[${value.dims.join(',')}]`)
  return new RealignError('model-mismatch', `${file} failed on ${shapes.join(', ')}: ${text}`, {
    cause,
    hint: 'The bundle and its manifest may not belong together; run models check.',
  })
}
