/** One full copy of the workspace a day, made while people work, the last seven kept. */
import { closeSync, fsyncSync, openSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { RealignError } from '../shared/errors.ts'
import { openDatabase, toStoreError, type Database } from './database.ts'

const KEPT = 7
/** Larger copies would take too long to check beside other work; their source was checked on opening. */
const CHECKED_BYTES = 64 * 1024 * 1024

export const dayOf = (date: Date): string => date.toISOString().slice(0, 10)

/** Copies of a workspace by day, oldest first; those made before its schema changed are not among them. */
export function dailyCopies(file: string): readonly string[] {
  const name = `${basename(file)}.backup-`
  return readdirSync(dirname(file))
    .filter((one) => one.startsWith(name) && /^\d{4}-\d{2}-\d{2}$/.test(one.slice(name.length)))
    .sort()
    .map((one) => join(dirname(file), one))
}

function flush(path: string): void {
  const file = openSync(path, 'r+')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

function check(path: string): void {
  if (statSync(path).size > CHECKED_BYTES) return
  const copy = openDatabase(path, { readonly: true })
  try {
    if (copy.pragma('quick_check') !== 'ok')
      throw new RealignError('store-corrupt', 'the copy does not hold')
  } finally {
    copy.close()
    removeBeside(path)
  }
}

/** What cannot be removed stays in its place: it is only a leftover. */
function remove(path: string): void {
  try {
    rmSync(path, { force: true })
  } catch {
    return
  }
}

/** A reader of a file with a write-ahead log leaves these where it may not write to the file itself. */
const removeBeside = (path: string): void => {
  for (const ending of ['-wal', '-shm']) remove(path + ending)
}

/**
 * Resolves with null, or with one sentence where no copy could be made: that is no reason not to work. The
 * copy takes its name when it is whole; closing the database leaves nothing half-made under that name.
 */
export async function dailyCopy(database: Database, now: Date): Promise<string | null> {
  const file = database.path
  const target = `${file}.backup-${dayOf(now)}`
  const part = `${target}.part`
  try {
    const newest = dailyCopies(file).at(-1)
    if (newest !== undefined && newest >= target) return null
    remove(part) // of a program that was killed
    await database.copyTo(part)
    check(part)
    flush(part)
    renameSync(part, target)
    for (const old of dailyCopies(file).slice(0, -KEPT)) remove(old)
    return null
  } catch (error) {
    remove(part)
    removeBeside(part)
    if (!database.isOpen()) return null
    const known = toStoreError(error)
    const why = known instanceof Error ? known.message : String(known)
    return `Today's copy of this workspace could not be made: ${why}`
  }
}
