/** What a table gives to which image: every row ends as a gift, a caption, as blank, or unused with its reason. */
import type { TableColumns, TableRowView, UnusedRow } from '../../shared/contract/tables.ts'
import type { ImageFinder } from './find-image.ts'
import { entryReader, type Entry, type EntryCaption } from './read-entry.ts'
import type { TableContent } from './table-port.ts'

export interface Gift {
  readonly imageId: string
  altText: string | null
  className: string | null
  group: string | null
  /** Lines that said so. */
  readonly lines: { altText?: number; className?: number; group?: number }
}

export interface PlannedCaption extends EntryCaption {
  readonly imageId: string
  readonly line: number
}

export interface PlannedRow {
  readonly entry: Entry
  readonly imageId: string | null
  readonly state: TableRowView['state']
  readonly reason: string | null
}

export interface TablePlan {
  readonly gifts: readonly Gift[]
  readonly captions: readonly PlannedCaption[]
  /** Rows whose captions are cells of this workspace, exported from it. */
  readonly there: number
  readonly blank: number
  readonly unused: readonly UnusedRow[]
  /** The first rows as they were read, used or not. */
  readonly first: readonly PlannedRow[]
}

export interface CaptionRules {
  /** Who wrote the captions of rows that do not say it. */
  readonly captionsBy?: string
  /** True for a caption that is a cell of this workspace. */
  readonly isHere?: (imageId: string, caption: EntryCaption) => boolean
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
  if (FIELDS.some(([field]) => known[field] !== null)) gifts.set(imageId, known)
  return null
}

/** Captions by image, captioner and alt-text, of which there may be several, as of people's references; each once. */
function createCaptions() {
  const byKey = new Map<string, PlannedCaption>()
  return {
    all: () => [...byKey.values()],
    keep(imageId: string, line: number, caption: EntryCaption): void {
      const { captionerId, altText, text } = caption
      const key = JSON.stringify([imageId, captionerId, altText, text])
      if (!byKey.has(key)) byKey.set(key, { ...caption, imageId, line })
    },
  }
}

/** Rows between two yields: a few milliseconds. */
const A_STEP = 500

/**
 * Yields every so often, so that whoever runs it can let others have the thread. `finder` knows the images.
 * The first row about an image counts; a later one with the same words is fine, one with others is unused. Captions are
 * kept all.
 */
export function* planTable(
  { columns, rows, faults }: TableContent,
  mapping: TableColumns,
  finder: ImageFinder,
  { captionsBy = '', isHere = () => false }: CaptionRules = {},
): Generator<void, TablePlan> {
  const read = entryReader(columns, mapping, captionsBy)
  const place = mapping.image === null ? -1 : columns.indexOf(mapping.image)
  for (const [index, { fields }] of rows.entries()) {
    if (index % A_STEP === 0) yield
    finder.addPath(fields[place] ?? '')
  }
  const gifts = new Map<string, Gift>()
  const captions = createCaptions()
  const unused: UnusedRow[] = faults.map(({ line, message }) => ({
    ...{ line, image: '', reason: message },
  }))
  const first: PlannedRow[] = []
  let [blank, there] = [0, 0]
  const show = (row: PlannedRow): void => {
    if (first.length < SHOWN) first.push(row)
  }
  for (const [index, row] of rows.entries()) {
    if (index % A_STEP === 0) yield
    const entry = read(row)
    const { caption } = entry
    const silent = (entry.altText ?? entry.className ?? entry.group ?? caption) === null
    if (silent && (entry.refused === null || entry.image === '')) {
      blank++
      show({ entry, imageId: null, state: 'blank', reason: 'it has no words' })
      continue
    }
    const found = entry.refused === null ? finder.find(entry.image) : { reason: entry.refused }
    const imageId = 'imageId' in found ? found.imageId : null
    const here = imageId !== null && caption !== null && isHere(imageId, caption)
    let reason = 'imageId' in found ? null : found.reason
    if (imageId !== null) {
      reason = give(gifts, imageId, entry)
      if (reason === null && here) there++
      if (reason === null && caption && !here) captions.keep(imageId, row.line, caption)
    }
    if (reason !== null) unused.push({ line: row.line, image: entry.image, reason })
    const missing = 'missing' in found && found.missing === true
    const state =
      reason === null ? (here ? 'there' : 'found') : missing ? 'missing' : ('unused' as const)
    show({ entry, imageId, state, reason })
  }
  unused.sort((a, b) => a.line - b.line)
  return { gifts: [...gifts.values()], captions: captions.all(), there, blank, unused, first }
}
