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

/** Runs work to its end behind a bar and answers with what came of it. Leaving early leaves the work early too. */
export async function runBehindBar<E, R>(
  work: AsyncGenerator<E, R>,
  said: (event: E) => readonly [fraction: number, words: string],
  quiet = false,
): Promise<R> {
  const bar = createProgress(quiet)
  try {
    let step = await work.next()
    for (; !step.done; step = await work.next()) bar.show(...said(step.value))
    return step.value
  } finally {
    bar.stop()
    await work.return(undefined as never) // a no-op when the work has already ended
  }
}

/** How far counted work is. */
export const shareOf = ({
  done,
  total,
}: {
  readonly done: number
  readonly total: number
}): number => (total === 0 ? 1 : done / total)
