/** What lies at a workspace's path before it is opened: a log fits one file alone. */
import { statSync } from 'node:fs'
import { basename } from 'node:path'
import { RealignError } from '../shared/errors.ts'
import { openDatabase, type OpenOptions } from './database.ts'
import { verifyFile, type FileCheck } from './verify.ts'

const logOf = (path: string): string => `${path}-wal`

const facts = (path: string) => statSync(path, { bigint: true, throwIfNoEntry: false })

const hasLog = (path: string): boolean => (facts(logOf(path))?.size ?? 0n) > 0n

/**
 * Nothing is opened here: a pipe would never open, and a file that is open under another name would lose its lock.
 * Fails with 'bad-input' (no file) or 'unavailable' (a second name, a log that has lost its file).
 */
export function assertPlace(path: string): void {
  const found = facts(path)
  if (found && !found.isFile() && !found.isDirectory())
    throw new RealignError('bad-input', 'This is no regular file, so no workspace', {
      hint: 'Choose a .realign file, or a new name.',
    })
  if (found?.isFile() && found.nlink > 1n)
    throw new RealignError('unavailable', 'This workspace has a second name (a hard link)', {
      hint: `What was written last lies in a log that bears one name alone; under the other, both would be damaged. Copy it (cp FILE NEW.realign) and open the copy, or remove the name that has no ${logOf('NAME')} beside it.`,
    })
  if ((found?.size ?? 0n) === 0n && hasLog(path))
    throw new RealignError('unavailable', `${basename(logOf(path))} has lost its workspace`, {
      hint: 'The workspace itself was moved, deleted or emptied. If it was moved, move it back here, or the log to it; if it is gone for good, move the log away. Nothing was changed.',
    })
}

/**
 * A log that a killed program left is written into the file on opening. It must not be where another file was put in
 * the place of its own. Fails with 'store-corrupt', and nothing is changed.
 */
export function assertLogFits(path: string, check: FileCheck, options: OpenOptions): void {
  if (!hasLog(path)) return
  // A reader leaves the log as it is, also when it closes.
  const reader = openDatabase(path, { ...options, readonly: true })
  try {
    if (verifyFile(reader, check) === null) return
  } finally {
    reader.close()
  }
  const log = basename(logOf(path))
  throw new RealignError('store-corrupt', `The workspace and its log ${log} do not fit together`, {
    hint: `If this file was put in the place of another (a daily copy, say), move ${log} to another folder and open the file again. If not, run \`npm run realign -- salvage FILE --out NEW.realign\`, which copies all that can still be read. Nothing was changed.`,
  })
}
