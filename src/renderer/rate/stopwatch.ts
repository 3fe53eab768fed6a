/** Time on an item by the monotonic clock: idle and hidden time are counted apart. */
import type { Timing } from '../../shared/study-types.ts'

const IDLE_MS = 60_000

export interface Stopwatch {
  /** A key, a click, a scroll. */
  touch(key: boolean): void
  setHidden(hidden: boolean): void
  /** While resting no time passes. */
  setResting(resting: boolean): void
  zoomed(): void
  scrolled(): void
  sawModelView(): void
  read(): Timing
  /** Since the page was opened. */
  elapsed(): number
}

export function createStopwatch(now: () => number = () => performance.now()): Stopwatch {
  const start = now()
  let last = start
  let firstKeyMs: number | null = null
  let [activeMs, idleMs, hiddenMs] = [0, 0, 0]
  let [hidden, resting] = [false, false]
  let [zoomed, scrolled, modelView] = [false, false, false]
  const settle = () => {
    const passed = now() - last
    last = now()
    if (resting) return
    if (hidden) hiddenMs += passed
    else if (passed > IDLE_MS) {
      activeMs += IDLE_MS
      idleMs += passed - IDLE_MS
    } else activeMs += passed
  }
  return {
    touch(key) {
      settle()
      if (key) firstKeyMs ??= now() - start
    },
    setHidden(value) {
      settle()
      hidden = value
    },
    setResting(value) {
      settle()
      resting = value
    },
    zoomed: () => void (zoomed = true),
    scrolled: () => void (scrolled = true),
    sawModelView: () => void (modelView = true),
    read() {
      settle()
      const seen = modelView && { modelView }
      return { firstKeyMs, activeMs, idleMs, hiddenMs, zoomed, scrolled, ...seen }
    },
    elapsed: now,
  }
}
