/** What a table gives to which image: every row ends as a gift, as blank, or unused with its reason. */
import type { TableColumns, TableRowView, UnusedRow } from '../../shared/contract/tables.ts'
import type { ImageFinder } from './find-image.ts'
import { entryReader, type Entry } from './read-entry.ts'
import type { TableContent } from './table-port.ts'

export interface Gift {
  readonly imageId: string
  altText: string | null
  className: string | null
  group: string | null
  /** Lines that said so. */
  readonly lines: { altText?: number; className?: number; group?: number }
}

export interface PlannedRow {
  readonly entry: Entry
  readonly state: TableRowView['state']
  readonly reason: string | null
}

export interface TablePlan {
  readonly gifts: readonly Gift[]
  readonly blank: number
  readonly unused: readonly UnusedRow[]
  /** The first rows as they were read, used or not. */
  readonly first: readonly PlannedRow[]
}

const SHOWN = 5
const FIELDS = [
  ['altText', 'alt-text'],
  ['className', 'class name'],
  ['group', 'group'],
] as const

/** Lays an entry onto what earlier rows gave the image; answers with why it cannot be. */
function give(gifts: Map<string, Gift>, imageId: string, entry: Entry): string | null {
  const known: Gift = gifts.get(imageId) ?? {
    ...{ imageId, altText: null, className: null, group: null, lines: {} },
  }
  for (const [field, word] of FIELDS)
    if (entry[field] !== null && known[field] !== null && entry[field] !== known[field])
      return `line ${known.lines[field]} gives the same image another ${word}`
  for (const [field] of FIELDS)
    if (entry[field] !== null && known[field] === null) {
      known[field] = entry[field]
      known.lines[field] = entry.line
    }
  gifts.set(imageId, known)
  return null
}

/** Rows between two yields: a few milliseconds. */
const A_STEP = 500

/**
 * Yields every so often, so that whoever runs it can let others have the thread. `finder` knows the images.
 * The first row about an image counts; a later one with the same words is fine, one with others is unused.
 */
export function* planTable(
  { columns, rows, faults }: TableContent,
  mapping: TableColumns,
  finder: ImageFinder,
): Generator<void, TablePlan> {
  const read = entryReader(columns, mapping)
  const place = mapping.image === null ? -1 : columns.indexOf(mapping.image)
  for (const [index, { fields }] of rows.entries()) {
    if (index % A_STEP === 0) yield
    finder.addPath(fields[place] ?? '')
  }
  const gifts = new Map<string, Gift>()
  const unused: UnusedRow[] = faults.map(({ line, message }) => ({
    ...{ line, image: '', reason: message },
  }))
  const first: PlannedRow[] = []
  let blank = 0
  const show = (row: PlannedRow): void => {
    if (first.length < SHOWN) first.push(row)
  }
  for (const [index, row] of rows.entries()) {
    if (index % A_STEP === 0) yield
    const entry = read(row)
    const silent = (entry.altText ?? entry.className ?? entry.group) === null
    if (silent && (entry.refused === null || entry.image === '')) {
      blank++
      show({ entry, state: 'blank', reason: 'it has no words' })
      continue
    }
    const found = entry.refused === null ? finder.find(entry.image) : { reason: entry.refused }
    const reason = 'imageId' in found ? give(gifts, found.imageId, entry) : found.reason
    if (reason !== null) unused.push({ line: row.line, image: entry.image, reason })
    const missing = 'missing' in found && found.missing === true
    show({ entry, state: reason === null ? 'found' : missing ? 'missing' : 'unused', reason })
  }
  unused.sort((a, b) => a.line - b.line)
  return { gifts: [...gifts.values()], blank, unused, first }
}
