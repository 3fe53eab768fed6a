/** Copies what can still be read of a damaged workspace into a new one, and lists what cannot. */
import {
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  closeSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { RealignError } from '../shared/errors.ts'
import { openDatabase, type Database } from './database.ts'
import { readHeader } from './file-header.ts'
import { fillUp } from './fill-up.ts'
import { lostAnnotation, lostPlaces } from './salvage-annotations.ts'
import { migrate } from './migrate.ts'
import { soundRow, TABLES, type SalvagedTable } from './salvage-tables.ts'
import { columnsOf, hasRow, insertRow, rowsByKey, rowsByNumber, type Row } from './salvage-rows.ts'

export interface Lost {
  readonly table: string
  /** Which row or rows. */
  readonly row: string
  readonly reason: string
}

export interface SalvageReport {
  /** Rows in the new file, by table. */
  readonly kept: Readonly<Record<string, number>>
  readonly lost: readonly Lost[]
  /** Kept although they no longer match their checksums: the workbench says so wherever it shows them. */
  readonly changed: readonly { readonly table: string; readonly row: string }[]
}

const UNREADABLE = 'its page of the file is damaged'

interface Work {
  readonly from: Database
  readonly to: Database
  readonly kept: Record<string, number>
  readonly lost: Lost[]
  readonly changed: { table: string; row: string }[]
}

/** What people wrote outlives the plan that it was written for. */
function annotationStandIns({ to, lost }: Work, row: Row): void {
  const annotationId = row['annotation_id']
  if (typeof annotationId !== 'string') return
  if (!hasRow(to, 'annotations', { id: annotationId })) {
    insertRow(to, 'annotations', lostAnnotation(annotationId))
    const reason = 'a stand-in keeps its texts together; its annotators and guideline are not known'
    lost.push({ table: 'annotations', row: annotationId, reason })
  }
}

/** Captions outlive the row of their image or run: a stand-in takes its place and says what it is. */
function standIns(work: Work, row: Row): void {
  const { to, lost } = work
  annotationStandIns(work, row)
  const imageId = row['image_id']
  if (typeof imageId === 'string' && !hasRow(to, 'images', { id: imageId })) {
    const notes = JSON.stringify(['salvaged: all that was known of this image was lost'])
    insertRow(to, 'images', {
      ...{ id: imageId, name: `lost ${imageId.slice(0, 8)}`, width: 0, height: 0 },
      ...{ format: 'unknown', size_bytes: 0, notes, added_at: new Date().toISOString() },
    })
    lost.push({ table: 'images', row: imageId, reason: 'a stand-in keeps its captions together' })
  }
  const runId = row['run_id']
  if (typeof runId === 'string' && !hasRow(to, 'runs', { id: runId })) {
    const request = JSON.stringify({ salvaged: true })
    insertRow(to, 'runs', {
      ...{ id: runId, request, app_version: 'unknown', status: 'interrupted' },
      started_at: new Date().toISOString(),
    })
    lost.push({ table: 'runs', row: runId, reason: 'a stand-in keeps its captions together' })
  }
}

const nameOf = (row: Row): string =>
  String(row['id'] ?? row['key'] ?? row['image_id'] ?? row['seq'] ?? row['_rowid'] ?? '')

function copyRow(work: Work, { table, keepChanged, counted }: SalvagedTable, row: Row): void {
  const { _rowid: _, ...columns } = row
  const sound = soundRow(table, columns)
  if (!sound && !keepChanged) {
    const reason = 'it no longer matches its checksum'
    return void work.lost.push({ table, row: nameOf(row), reason })
  }
  try {
    standIns(work, columns)
    // Triggers of the new file count again.
    insertRow(work.to, table, counted ? { ...columns, [counted]: 0 } : columns)
    work.kept[table] = (work.kept[table] ?? 0) + 1
    if (!sound) work.changed.push({ table, row: nameOf(row) })
  } catch (error) {
    if (error instanceof RealignError) throw error // a full disk, not this row
    const words = error instanceof Error ? error.message : String(error)
    const reason = /FOREIGN KEY/.test(words) ? 'the row that it belongs to was lost' : words
    work.lost.push({ table, row: nameOf(row), reason })
  }
}

function copyTable(work: Work, one: SalvagedTable): void {
  const { table, key } = one
  const known = new Set(columnsOf(work.to, table))
  const there = columnsOf(work.from, table).filter((column) => known.has(column))
  if (there.length === 0) return // a file of an older program
  const pick = (row: Row): Row =>
    Object.fromEntries(
      ['_rowid', ...there].flatMap((name) => (name in row ? [[name, row[name] ?? null]] : [])),
    )
  let batch: Row[] = []
  const write = (): void => {
    const rows = batch
    batch = []
    work.to.transaction(() => rows.forEach((row) => copyRow(work, one, row)))
  }
  for (const found of key ? rowsByKey(work.from, table, key) : rowsByNumber(work.from, table)) {
    if ('hole' in found) {
      const { from, to } = found.hole
      const end = Number.isFinite(to) ? `to ${to}` : 'on'
      const row = from === to ? `number ${from}` : `numbers ${from} ${end}`
      work.lost.push({ table, row, reason: UNREADABLE })
      continue
    }
    batch.push(pick(found.row))
    if (batch.length === 500) write()
  }
  write()
}

function flush(path: string): void {
  const file = openSync(path, 'r+')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/**
 * Writes `target` (which must not exist) and leaves `source` as it is, byte by byte: all work is done on a
 * copy beside the target. Fails with 'bad-input', 'store-corrupt' where no table can be read at all, 'store-full'.
 */
export async function salvage(source: string, target: string): Promise<SalvageReport> {
  const [file, out] = [resolve(source), resolve(target)]
  if (existsSync(out))
    throw new RealignError('bad-input', `${target} exists already`, {
      hint: 'Name a new file with --out.',
    })
  if (!readHeader(file).exists)
    throw new RealignError('not-found', `There is no workspace ${source}`, {
      hint: 'Name the damaged file.',
    })
  const folder = mkdtempSync(join(dirname(out), '.realign-salvage-'))
  try {
    const [copy, part] = [join(folder, 'copy.realign'), join(folder, 'new.realign')]
    copyFileSync(file, copy)
    fillUp(copy)
    // What was written last may still lie in the log beside the file.
    if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${copy}-wal`)
    const report = await copyAll(copy, part)
    flush(part)
    renameSync(part, out)
    return report
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const NOTHING = new RealignError('store-corrupt', 'Nothing of this file could be read', {
  hint: 'Open the newest daily copy beside it (.backup-DATE).',
})

function openCopy(copy: string): Database {
  try {
    return openDatabase(copy)
  } catch (error) {
    if (error instanceof RealignError && error.code === 'store-full') throw error
    throw NOTHING
  }
}

async function copyAll(copy: string, part: string): Promise<SalvageReport> {
  const from = openCopy(copy)
  try {
    const to = openDatabase(part)
    try {
      await migrate(to)
      const work: Work = { from, to, kept: {}, lost: [], changed: [] }
      for (const one of TABLES) copyTable(work, one)
      for (const row of lostPlaces(to)) work.lost.push({ table: 'annotation_images', ...row })
      if (Object.keys(work.kept).length === 0) throw NOTHING
      return { kept: work.kept, lost: work.lost, changed: work.changed }
    } finally {
      to.close()
    }
  } finally {
    from.close()
  }
}
