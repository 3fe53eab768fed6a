/** Paths that our own dialogs gave out, under names that mean nothing to the page and end with the app. */
import { randomUUID } from 'node:crypto'

export interface Handles {
  give(path: string): string
  /** The path behind a handle, or undefined: the page cannot name a path of its own. */
  take(handle: string): string | undefined
}

export function createHandles(): Handles {
  const paths = new Map<string, string>()
  return {
    give(path) {
      const handle = randomUUID()
      paths.set(handle, path)
      return handle
    },
    take: (handle) => paths.get(handle),
  }
}
