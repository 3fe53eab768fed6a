/** The browser's own storage, or this page's memory where a browser keeps nothing: private windows, strict settings. */
export interface Kept {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
}

export interface Storage {
  readonly kept: Kept
  /** Still there when the page is opened again. */
  readonly lasts: boolean
}

function inMemory(): Kept {
  const values = new Map<string, string>()
  return {
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
  }
}

/** `find`: looking at closed storage throws already. */
function orMemory(find: () => Kept): Storage {
  const probe = 'realign-probe'
  try {
    const kept = find()
    kept.setItem(probe, '1')
    kept.removeItem(probe)
    return { kept, lasts: true }
  } catch {
    return { kept: inMemory(), lasts: false }
  }
}

export const ownStorage: Storage = orMemory(() => localStorage)
export const tabStorage: Storage = orMemory(() => sessionStorage)
