/** Interleaved rounds, medians, and goals in one line each. */

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2
}

/** Runs every entry once a round, in turn, so that a slow moment hits all of them alike. */
export class Rounds {
  readonly #rounds: number
  readonly #times = new Map<string, number[]>()

  constructor(rounds: number) {
    this.#rounds = rounds
  }

  /** `settled` runs each once more before it is timed: it then meets its own garbage and caches, not its neighbour's. */
  async run(
    entries: Readonly<Record<string, () => Promise<unknown>>>,
    { settled = false } = {},
  ): Promise<void> {
    for (const work of Object.values(entries)) await work() // the first run warms up
    for (let round = 0; round < this.#rounds; round++)
      for (const [name, work] of Object.entries(entries)) {
        if (settled) await work()
        const start = performance.now()
        await work()
        const times = this.#times.get(name) ?? []
        this.#times.set(name, [...times, performance.now() - start])
      }
  }

  of(name: string): readonly number[] {
    return this.#times.get(name) ?? []
  }

  /** Median of the ratios within each round: neighbours in time are compared, not the whole day. */
  ratio(a: string, b: string): number {
    return median(this.of(a).map((time, round) => time / (this.of(b)[round] ?? NaN)))
  }

  print(line: (text: string) => void): void {
    for (const [name, times] of this.#times)
      line(
        `  ${name.padEnd(34)} ${median(times).toFixed(1).padStart(9)} ms   (${Math.min(...times).toFixed(1)} to ${Math.max(...times).toFixed(1)})`,
      )
  }
}

/** One goal with its figure; a miss is said, not hidden. */
export function goal(what: string, value: number, sign: '>=' | '<=', limit: number): string {
  const reached = sign === '>=' ? value >= limit : value <= limit
  return `  ${reached ? 'reached' : 'MISSED '} ${what}: ${value.toFixed(2)} (goal ${sign} ${limit})`
}
