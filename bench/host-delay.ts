/** Does the host stay responsive while the engine generates? Its event-loop delay, engine process at work. */
import path from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { createForkedEngine } from '../src/engine/fork-engine.ts'
import { DEFAULT_SETTINGS } from '../src/shared/types.ts'

const root = path.resolve(import.meta.dirname, '..')
/** A 1x1 PNG: the engine resizes it; only the traffic matters here. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

/** 99th percentile in milliseconds over `seconds` of captioning with a shipped bundle. */
export async function hostDelay(
  bundle: string,
  seconds: number,
): Promise<{ p99: number; tokens: number }> {
  const engine = createForkedEngine({
    worker: path.join(root, 'src', 'engine', 'worker.ts'),
    modelFolders: [path.join(root, 'models')],
  })
  try {
    await engine.check(bundle)
    const delay = monitorEventLoopDelay({ resolution: 1 })
    delay.enable()
    const end = performance.now() + seconds * 1000
    let tokens = 0
    for (let turn = 0; performance.now() < end; turn++) {
      const job = {
        captionerId: bundle,
        imageId: '0'.repeat(64),
        bytes: async () => PIXEL,
        requests: Array.from({ length: 6 }, (_, at) => ({
          key: `${at}`,
          altText: 'a word '.repeat(at),
          seed: turn * 6 + at,
        })),
        settings: { ...DEFAULT_SETTINGS, temperature: 1 },
      }
      for await (const event of engine.caption(job, new AbortController().signal))
        if (event.kind === 'token') tokens++
    }
    delay.disable()
    return { p99: delay.percentile(99) / 1e6, tokens }
  } finally {
    await engine.close()
  }
}
