/** A full copy beside the file before its schema changes, checked before anything else happens. */
import { closeSync, existsSync, fsyncSync, openSync, rmSync } from 'node:fs'
import { RealignError } from '../shared/errors.ts'
import { openDatabase, toStoreError, type Database } from './database.ts'

/** Where the copy of a file at some schema lies; an older copy of the same schema is kept. */
export function backupPath(path: string, version: number): string {
  const base = `${path}.backup-v${version}`
  let name = base
  for (let n = 2; existsSync(name); n++) name = `${base}-${n}`
  return name
}

function flush(path: string): void {
  const file = openSync(path, 'r+')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** The path of the copy. Fails, leaving no half copy, when it cannot be written or does not hold. */
export function backup(database: Database, version: number): string {
  const target = backupPath(database.path, version)
  try {
    database.exec(`VACUUM INTO '${target.replaceAll("'", "''")}'`)
    flush(target)
    const copy = openDatabase(target, { readonly: true })
    try {
      if (copy.pragma('quick_check') !== 'ok')
        throw new RealignError('store-corrupt', 'The backup could not be verified')
    } finally {
      copy.close()
    }
  } catch (error) {
    rmSync(target, { force: true })
    throw toStoreError(error)
  }
  return target
}
