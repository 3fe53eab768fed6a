/** One progress bar on a terminal, silence in a pipe. The only import of cli-progress. */
import { Presets, SingleBar } from 'cli-progress'

export interface Progress {
  show(fraction: number, words: string): void
  stop(): void
}

export function createProgress(quiet = false): Progress {
  if (quiet || !process.stderr.isTTY) return { show: () => {}, stop: () => {} }
  const bar = new SingleBar(
    {
      format: '{bar} {percentage}% {words}',
      stream: process.stderr,
      hideCursor: true,
      clearOnComplete: true,
      etaBuffer: 20,
    },
    Presets.shades_classic,
  )
  let started = false
  return {
    show(fraction, words) {
      if (!started) bar.start(1000, 0, { words })
      started = true
      bar.update(Math.round(fraction * 1000), { words })
    },
    stop() {
      if (started) bar.stop()
    },
  }
}
