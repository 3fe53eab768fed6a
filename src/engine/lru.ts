/** A map that forgets what was used longest ago once its entries weigh more than a limit. */
export interface Lru<Value> {
  get(key: string): Value | undefined
  set(key: string, value: Value, weight: number): void
  clear(): void
}

export function createLru<Value>(limit: number): Lru<Value> {
  const entries = new Map<string, { readonly value: Value; readonly weight: number }>()
  let total = 0
  const remove = (key: string): void => {
    total -= entries.get(key)?.weight ?? 0
    entries.delete(key)
  }
  return {
    get(key) {
      const entry = entries.get(key)
      if (!entry) return undefined
      entries.delete(key) // back in at the end: used last
      entries.set(key, entry)
      return entry.value
    },
    set(key, value, weight) {
      remove(key)
      entries.set(key, { value, weight })
      total += weight
      for (const oldest of entries.keys()) {
        if (total <= limit || oldest === key) break
        remove(oldest)
      }
    },
    clear() {
      entries.clear()
      total = 0
    },
  }
}
