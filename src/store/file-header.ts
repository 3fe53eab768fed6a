/** Reads the first bytes of a file before SQLite may touch it: a file that is not ours stays as it is. */
import { closeSync, openSync, readSync } from 'node:fs'
import { RealignError } from '../shared/errors.ts'
import { APPLICATION_ID } from './database.ts'

const MAGIC = 'SQLite format 3\0'
/** Offsets of the SQLite file format, section 1.3; numbers are big-endian. */
const HEADER_BYTES = 100
const SCHEMA_COOKIE_AT = 40
const USER_VERSION_AT = 60
const APPLICATION_ID_AT = 68

export interface FileHeader {
  /** False for a missing or empty file, and for one in which nothing was made yet. */
  readonly exists: boolean
  readonly userVersion: number
}

export function newerSchema(found: number, known: number): RealignError {
  return new RealignError(
    'store-newer',
    `This workspace was written by a newer Realign (schema ${found}, this one knows ${known})`,
    { hint: 'Update Realign, or open another workspace. The file was not changed.' },
  )
}

export const notOurs = (): RealignError =>
  new RealignError('bad-input', 'This file is not a Realign workspace', {
    hint: 'Choose a .realign file, or a new name. The file was not changed.',
  })

/** Fails with 'unavailable' where the file cannot be read, 'bad-input' where it is not a workspace. */
export function readHeader(path: string): FileHeader {
  const bytes = Buffer.alloc(HEADER_BYTES)
  let length: number
  try {
    const file = openSync(path, 'r')
    try {
      length = readSync(file, bytes, 0, HEADER_BYTES, 0)
    } finally {
      closeSync(file)
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { exists: false, userVersion: 0 }
    throw new RealignError('unavailable', 'The workspace file cannot be read', {
      cause: error,
      hint: 'Check that it is a file and that you may read and write it.',
    })
  }
  if (length === 0) return { exists: false, userVersion: 0 }
  const isSqlite = length === HEADER_BYTES && bytes.toString('latin1', 0, 16) === MAGIC
  if (!isSqlite) throw notOurs()
  // Another program of ours is making its tables now, or was killed when they were in the log only.
  if (bytes.readUInt32BE(SCHEMA_COOKIE_AT) === 0) return { exists: false, userVersion: 0 }
  if (bytes.readUInt32BE(APPLICATION_ID_AT) !== APPLICATION_ID) throw notOurs()
  return { exists: true, userVersion: bytes.readUInt32BE(USER_VERSION_AT) }
}
