/** How fast this machine reads memory: the least time a decode step can take is its bytes through this. */
import { GraphWriter } from './onnx-writer.ts'
import { f32, openGraph, type Graph } from '../src/engine/ort.ts'

const BYTES = 256 * 2 ** 20

export interface Floor {
  /** Milliseconds to read `BYTES` once, this time. */
  measure(): Promise<number>
  readonly bytes: number
}

/** A graph that reads 256 MiB of its input with all threads and keeps one number. */
export async function openFloor(file: string): Promise<Floor> {
  const g = new GraphWriter()
  const dims = ['N', 4096]
  g.op({ kind: 'ReduceMax', inputs: ['x'], outputs: ['y'], attributes: { axes: [1], keepdims: 0 } })
  await g.save(
    file,
    [{ name: 'x', kind: 'float32', dims }],
    [{ name: 'y', kind: 'float32', dims: ['N'] }],
  )
  // Quiet: threads that still watched for work would take a core from the step that is timed next.
  const graph: Graph = await openGraph({ file, content: file }, { device: 'cpu', quiet: true })
  const x = f32(new Float32Array(BYTES / 4).fill(1), [BYTES / 4 / 4096, 4096])
  return {
    bytes: BYTES,
    async measure() {
      const start = performance.now()
      await graph.run({ x }, ['y'])
      return performance.now() - start
    },
  }
}
