/** When to suggest a break: every 25 items or 30 minutes of work, whichever comes first (section 3). */
const ITEMS = 25
const MINUTES = 30

export interface BreakClock {
  /** An answer was given: the time it took, and how many items were done before and after. */
  worked(activeMs: number, before: number, after: number): void
  /** A break was had, or is not wanted now. */
  rested(): void
  /** Why one would do good now; null while there is no reason. */
  due(): string | null
}

export function createBreakClock(): BreakClock {
  let [items, ms] = [0, 0]
  return {
    worked(activeMs, before, after) {
      ms += activeMs
      items += Math.max(0, after - before)
    },
    rested() {
      items = 0
      ms = 0
    },
    due() {
      if (items >= ITEMS) return `${items} items since your last break`
      const minutes = Math.floor(ms / 60_000)
      return minutes >= MINUTES ? `${minutes} minutes since your last break` : null
    },
  }
}
