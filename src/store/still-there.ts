/** Watches that an open workspace stays where it is, and that what it holds does not wait in its log for long. */
import { statSync } from 'node:fs'
import { basename } from 'node:path'
import { RealignError } from '../shared/errors.ts'

/** As long as a copy of the file may lack what was written last. */
const SOON_MS = 1000

const identity = (path: string): string => {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false })
  return found ? `${found.dev}/${found.ino}` : 'gone'
}

const gone = (path: string): RealignError =>
  new RealignError('unavailable', 'The workspace file was moved or deleted while it was open', {
    hint: `Nothing more is saved. If it was moved, all that was saved is in it: put it back as ${path} and go on. If it was deleted, look for the newest daily copy (${basename(path)}.backup-DATE) beside its place.`,
  })

export interface Watch {
  /**
   * Before a write: what is saved into a file that nobody finds again is lost. Fails with 'unavailable'; what is in
   * the log has then gone into the file, wherever that is.
   */
  assertThere(): void
  /** After a write: people copy, move and back up the file alone, without its log. */
  wrote(): void
  stop(): void
}

/** `fold` writes the log into the file and empties it; it may fail, and is then tried again after the next write. */
export function watchFile(path: string, fold: () => void): Watch {
  const opened = identity(path)
  let timer: NodeJS.Timeout | undefined
  const foldNow = (): void => {
    timer = undefined
    try {
      fold()
    } catch {
      return // the log is as safe as the file
    }
  }
  return {
    assertThere() {
      if (identity(path) === opened) return
      foldNow()
      throw gone(path)
    },
    wrote() {
      timer ??= setTimeout(foldNow, SOON_MS).unref()
    },
    stop: () => clearTimeout(timer),
  }
}
