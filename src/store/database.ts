/** The only door to better-sqlite3: opens the file as it must be opened, runs typed queries, names its errors. */
import Sqlite from 'better-sqlite3'
import { Kysely, SqliteDialect, type Compilable } from 'kysely'
import { rmSync } from 'node:fs'
import { RealignError, type ErrorCode } from '../shared/errors.ts'
import { watchFile } from './still-there.ts'
import type { Tables } from './tables.ts'

/** 'RLGN': tells our files from every other SQLite file. */
export const APPLICATION_ID = 0x524c474e
/** Older versions can corrupt a file when two connections write (the WAL-reset bug, fixed in 3.51.3). */
const OLDEST_SQLITE = [3, 51, 3] as const

export interface Database {
  readonly path: string
  /** Builds typed queries; run them with all, get and run below. Its own execution is for the Migrator. */
  readonly sql: Kysely<Tables>
  all<R>(query: Compilable<R>): R[]
  get<R>(query: Compilable<R>): R | undefined
  /** Rows changed. */
  run(query: Compilable): number
  /** BEGIN IMMEDIATE: all or nothing, and never a failed upgrade from reader to writer. */
  transaction<T>(work: () => T): T
  /** Rows written since the file was opened. */
  changes(): number
  pragma(text: string): unknown
  exec(text: string): void
  /** A consistent copy, page by page between other work; writes of this connection go into it too. */
  copyTo(target: string): Promise<void>
  isOpen(): boolean
  close(): void
}

/** What to do with a workspace that is damaged, wherever that shows. */
export const DAMAGED_HINT =
  'Keep the file as it is. Open the newest daily copy beside it (.backup-DATE), or run `npm run realign -- salvage FILE --out NEW.realign`, which copies all that can still be read.'

const HINTS: Readonly<Partial<Record<ErrorCode, string>>> = {
  'store-busy': 'Close the other window or program that uses this workspace, then try again.',
  'store-full': 'Free some space on the disk and try again; everything saved so far is kept.',
  'store-corrupt': DAMAGED_HINT,
  unavailable:
    'Check that you may write to the file and to its folder. Where the disk is read-only, copy the workspace to another one and open the copy.',
}

const WORDS: Readonly<Partial<Record<ErrorCode, string>>> = {
  'store-busy': 'Another program is using this workspace',
  'store-full': 'The disk is full, so nothing more can be saved',
  'store-corrupt': 'The workspace file is damaged',
  unavailable: 'The workspace file cannot be opened for writing',
}

function codeOf(sqlite: string): ErrorCode | undefined {
  if (/^SQLITE_(BUSY|LOCKED)/.test(sqlite)) return 'store-busy'
  // SHMSIZE: there was no room for the small file that all users of a workspace share.
  if (/^SQLITE_(FULL|IOERR_SHMSIZE)/.test(sqlite)) return 'store-full'
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(sqlite)) return 'store-corrupt'
  if (/^SQLITE_(READONLY|CANTOPEN|PERM|AUTH|IOERR)/.test(sqlite)) return 'unavailable'
  return undefined
}

/** The library's error as one of ours; anything that is not a known state of the disk stays a bug. */
export function toStoreError(error: unknown): unknown {
  if (!(error instanceof Sqlite.SqliteError)) return error
  const code = codeOf(error.code)
  if (code === undefined) return error
  const hint = HINTS[code]
  return new RealignError(code, `${WORDS[code] ?? 'The workspace failed'} (${error.code})`, {
    cause: error,
    ...(hint !== undefined && { hint }),
  })
}

function guarded<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw toStoreError(error)
  }
}

function assertVersion(version: string): void {
  const parts = version.split('.').map(Number)
  for (const [index, least] of OLDEST_SQLITE.entries()) {
    const part = parts[index] ?? 0
    if (part > least) return
    if (part < least)
      throw new RealignError('unavailable', `SQLite ${version} is too old to keep data safely`, {
        hint: `Install the pinned packages again (npm ci): ${OLDEST_SQLITE.join('.')} or newer is needed.`,
      })
  }
}

/** The lock says that no other user is there: what is shared among them was left by a reader, or by one who was killed. */
function removeShared(path: string): void {
  try {
    rmSync(`${path}-shm`, { force: true })
  } catch {
    return // nor is it read
  }
}

/** 4 MB: a few milliseconds. */
const PAGES_A_STEP = 1000

export interface OpenOptions {
  readonly readonly?: boolean
  /** How long to wait for another program to let go. */
  readonly busyTimeoutMs?: number
}

/**
 * One connection that keeps the file to itself (the lock ends with the process, however it ends).
 * Fails with 'store-busy', 'store-corrupt', 'store-full' or 'unavailable'.
 */
export function openDatabase(path: string, options: OpenOptions = {}): Database {
  const { readonly = false, busyTimeoutMs = 5000 } = options
  const raw = guarded(() => new Sqlite(path, { readonly, timeout: busyTimeoutMs }))
  try {
    guarded(() => {
      // Before anything is read: no file (-shm) is made then for others to share, which a full disk has no room for.
      if (!readonly) raw.pragma('locking_mode = EXCLUSIVE')
      assertVersion(String(raw.prepare('select sqlite_version()').pluck().get()))
      if (!readonly) raw.pragma('journal_mode = WAL')
      raw.pragma('synchronous = FULL')
      raw.pragma('foreign_keys = ON')
      raw.pragma('trusted_schema = OFF')
      raw.pragma('cell_size_check = ON')
      raw.pragma('mmap_size = 0')
      raw.pragma('journal_size_limit = 67108864')
      // Takes the lock now, so that a second program learns of it on opening and not in mid-work.
      if (readonly) return
      raw.exec('BEGIN IMMEDIATE; COMMIT')
      if (!raw.memory) removeShared(path)
    })
  } catch (error) {
    raw.close()
    throw error
  }
  const isFile = !readonly && !raw.memory
  const watch = isFile
    ? watchFile(path, () => {
        if (raw.open && !raw.inTransaction) raw.pragma('wal_checkpoint(TRUNCATE)')
      })
    : undefined
  /** The outermost write alone: within a transaction nothing is kept yet. */
  const written = <T>(work: () => T): T => {
    if (!watch || raw.inTransaction) return work()
    watch.assertThere()
    const done = work()
    watch.wrote()
    return done
  }
  const prepared = new Map<string, Sqlite.Statement>()
  const statement = (sql: string): Sqlite.Statement => {
    let found = prepared.get(sql)
    if (!found) prepared.set(sql, (found = raw.prepare(sql)))
    return found
  }
  const execute = <T>(query: Compilable, how: (s: Sqlite.Statement, p: readonly unknown[]) => T) =>
    guarded(() => {
      const { sql, parameters } = query.compile()
      return how(statement(sql), parameters)
    })
  const sql = new Kysely<Tables>({ dialect: new SqliteDialect({ database: raw }) })
  return {
    path,
    sql,
    all: <R>(query: Compilable<R>) => execute(query, (s, p) => s.all(...p) as R[]), // kysely typed the row
    get: <R>(query: Compilable<R>) => execute(query, (s, p) => s.get(...p) as R | undefined),
    run: (query) => written(() => execute(query, (s, p) => s.run(...p).changes)),
    transaction: (work) => guarded(() => written(() => raw.transaction(work).immediate())),
    changes: () => guarded(() => Number(statement('SELECT total_changes() AS n').pluck().get())),
    pragma: (text) => guarded(() => raw.pragma(text, { simple: true })),
    exec: (text) => guarded(() => void raw.exec(text)),
    async copyTo(target) {
      try {
        await raw.backup(target, { progress: () => PAGES_A_STEP })
      } catch (error) {
        throw toStoreError(error)
      }
    },
    isOpen: () => raw.open,
    close() {
      watch?.stop()
      raw.close()
    },
  }
}
