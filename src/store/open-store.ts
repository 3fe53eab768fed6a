/** Opens a workspace file in the order that keeps it safe, and hands out the Store. */
import { realpathSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import type { Store } from '../core/store-port.ts'
import { RealignError } from '../shared/errors.ts'
import { createAnnotationStore } from './annotations.ts'
import { backup } from './backup.ts'
import { createCaptionStore } from './captions.ts'
import { dailyCopy, dayOf } from './daily-copy.ts'
import { APPLICATION_ID, DAMAGED_HINT, openDatabase, type Database } from './database.ts'
import { newerSchema, notOurs, readHeader } from './file-header.ts'
import { createDatasetStore } from './dataset.ts'
import { createProfileStore } from './profile.ts'
import { createImageStore, totalCaptions, totalImages } from './images.ts'
import { createLensStore } from './lens.ts'
import { createMarkStore } from './marks.ts'
import { migrate, userVersion } from './migrate.ts'
import { SCHEMA_VERSION } from './migrations/list.ts'
import { assertLogFits, assertPlace } from './place.ts'
import { fileSystemType, placeWarning } from './place-warning.ts'
import { createRunStore, markInterrupted } from './runs.ts'
import { setSetting, settingOf } from './settings.ts'
import { createStudyStore } from './studies.ts'
import { createTriangulationStore } from './triangulation.ts'
import { verifyAll, verifyFile, verifySample } from './verify.ts'

export const IN_MEMORY = ':memory:'
/** Rows whose checksums are looked at on opening (FAULTS 3.7). */
const SAMPLED_ROWS = 200
/** Up to this size the check that also compares indexes with their tables takes well under a second. */
const LARGE_BYTES = 64 * 1024 * 1024
/** Day on which every page of a large file was last looked at. */
const CHECKED = 'file-checked'

export interface OpenStoreOptions {
  readonly busyTimeoutMs?: number
  /** Day of the daily copy and check; left out, today. */
  readonly now?: () => Date
  /** From this size on, reading every page takes seconds, so it is done once a day. */
  readonly largeBytes?: number
}

const isLarge = (file: string, { largeBytes = LARGE_BYTES }: OpenStoreOptions): boolean =>
  statSync(file).size > largeBytes

/** Files this process has open: a second opening must not even read one, since closing it drops POSIX locks. */
const open = new Set<string>()

function canonical(path: string): string {
  const absolute = resolve(path)
  try {
    return realpathSync(absolute)
  } catch {
    try {
      return join(realpathSync(dirname(absolute)), basename(absolute))
    } catch (error) {
      throw new RealignError('unavailable', `There is no folder ${dirname(absolute)}`, {
        cause: error,
        hint: 'Make the folder first, or choose another place for the workspace.',
      })
    }
  }
}

function claim(path: string): void {
  if (open.has(path))
    throw new RealignError('store-busy', 'This workspace is already open', {
      hint: 'Use the window that has it open.',
    })
  open.add(path)
}

/** SQLite names every page; one and the number of the others is what a person can read. */
function inShort(verdict: string): string {
  const faults = verdict.split('\n').filter((line) => !line.startsWith('***'))
  const [first = verdict, ...others] = faults
  return others.length === 0 ? first : `${first}, and ${others.length} more faults`
}

interface Today {
  readonly day: string
  readonly large: boolean
}

/** What the main file does not tell while the tables lie in the log only. Fails with 'bad-input' where they are not ours. */
function holdsTables(database: Database): boolean {
  if (Number(database.pragma('schema_version')) === 0) return false
  if (Number(database.pragma('application_id')) !== APPLICATION_ID) throw notOurs()
  return true
}

/** Fails with 'store-newer' or 'store-corrupt' before anything is written. */
function checkBeforeWriting(database: Database, { day, large }: Today): void {
  const version = userVersion(database)
  if (version > SCHEMA_VERSION) throw newerSchema(version, SCHEMA_VERSION)
  if (large && settingOf(database, CHECKED) === day) return
  const verdict = verifyFile(database, large ? 'quick_check' : 'integrity_check')
  if (verdict !== null)
    throw new RealignError('store-corrupt', `The workspace file is damaged: ${inShort(verdict)}`, {
      hint: DAMAGED_HINT,
    })
}

interface Found {
  readonly warnings: string[]
  /** False for a file whose copy would only push a sound one out. */
  readonly sound: boolean
}

async function prepare(database: Database, exists: boolean, today: Today): Promise<Found> {
  const place = placeWarning(database.path, fileSystemType(database.path))
  const warnings: string[] = place === null ? [] : [place]
  if (exists) checkBeforeWriting(database, today)
  const version = userVersion(database)
  if (exists && version > 0 && version < SCHEMA_VERSION) {
    const copy = basename(backup(database, version))
    warnings.push(`This file was brought up to date; the file as it was is kept as ${copy}`)
  }
  await migrate(database)
  // The main file tells its schema even when the write-ahead log is lost or cannot be read.
  database.pragma('wal_checkpoint(TRUNCATE)')
  if (today.large) setSetting(database, CHECKED, today.day)
  markInterrupted(database)
  const damaged = verifySample(database, SAMPLED_ROWS)
  if (damaged.length > 0) {
    const rows =
      damaged.length === 1
        ? '1 stored row no longer matches its checksum'
        : `${damaged.length} stored rows no longer match their checksums`
    warnings.push(`${rows}; keep this file and its backups`)
  }
  return { warnings, sound: damaged.length === 0 }
}

/**
 * The workspace at `path`, made when it is missing. One program at a time. Fails with 'store-busy',
 * 'store-newer', 'store-corrupt', 'store-full', 'bad-input' or 'unavailable'.
 */
export async function openStore(path: string, options: OpenStoreOptions = {}): Promise<Store> {
  const inMemory = path === IN_MEMORY
  const file = inMemory ? path : canonical(path)
  if (!inMemory) claim(file)
  try {
    if (!inMemory) assertPlace(file)
    const header = inMemory ? { exists: false, userVersion: 0 } : readHeader(file)
    if (header.userVersion > SCHEMA_VERSION) throw newerSchema(header.userVersion, SCHEMA_VERSION)
    if (header.exists)
      assertLogFits(file, isLarge(file, options) ? 'quick_check' : 'integrity_check', options)
    const database = openDatabase(file, options)
    try {
      const now = options.now?.() ?? new Date()
      const exists = header.exists || holdsTables(database)
      const large = exists && isLarge(file, options)
      const today = { day: dayOf(now), large }
      const { warnings, sound } = await prepare(database, exists, today)
      if (exists && sound)
        void dailyCopy(database, now).then((problem) => {
          if (problem !== null) warnings.push(problem) // shown with the next look at the status
        })
      return createStore(database, warnings)
    } catch (error) {
      database.close()
      throw error
    }
  } catch (error) {
    open.delete(file)
    throw error
  }
}

/** The Store over an open, migrated database. */
export function createStore(database: Database, warnings: readonly string[]): Store {
  let closed = false
  return {
    images: createImageStore(database),
    captions: createCaptionStore(database),
    runs: createRunStore(database),
    studies: createStudyStore(database),
    annotations: createAnnotationStore(database),
    marks: createMarkStore(database),
    lens: createLensStore(database),
    dataset: createDatasetStore(database),
    profile: createProfileStore(database),
    triangulation: createTriangulationStore(database),
    name: basename(database.path),
    warnings,
    setting: (name) => settingOf(database, name),
    setSetting: (name, value) => setSetting(database, name, value),
    together: (work) => database.transaction(work),
    counts: () => ({ images: totalImages(database), cells: totalCaptions(database) }),
    revision: () => database.changes(),
    verify: () => verifyAll(database),
    close() {
      if (closed) return
      closed = true
      database.close()
      open.delete(database.path)
    },
  }
}
