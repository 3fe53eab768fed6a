/** Where a rater's own keys are kept: in the browser, under the seat, and nowhere else. */
import { ACTIONS, DEFAULT_KEYS, type KeyMap } from './keys.ts'
import type { Kept } from './storage.ts'

const place = (seat: string | undefined): string =>
  `realign-keys${seat === undefined ? '' : `-${seat}`}`

const isKeys = (value: unknown): value is string[] =>
  Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'string')

/** What was kept; the usual keys where there is nothing, or nothing that this page wrote. */
export function readKeys(store: Kept, seat: string | undefined): KeyMap {
  try {
    const kept: unknown = JSON.parse(store.getItem(place(seat)) ?? 'null')
    if (typeof kept !== 'object' || kept === null) return DEFAULT_KEYS
    const all = new Map(Object.entries(kept))
    const own = new Map(
      ACTIONS.flatMap(({ id }) => {
        const keys: unknown = all.get(id)
        return isKeys(keys) ? [[id, keys] as const] : []
      }),
    )
    if (own.size === 0) return DEFAULT_KEYS
    const taken = new Set([...own.values()].flat())
    // An action that is newer than the choice has its usual keys, as far as they are free.
    return Object.fromEntries(
      ACTIONS.map(({ id, keys }) => [id, own.get(id) ?? keys.filter((key) => !taken.has(key))]),
    )
  } catch {
    return DEFAULT_KEYS // not ours, or storage is closed to this page
  }
}

export function keepKeys(store: Kept, seat: string | undefined, map: KeyMap): void {
  try {
    if (map === DEFAULT_KEYS) store.removeItem(place(seat))
    else store.setItem(place(seat), JSON.stringify(map))
  } catch {
    // They hold until the page is closed.
  }
}
