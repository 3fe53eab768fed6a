/** Captions made elsewhere: how their captioners are named, so that none is ever taken for a bundle, and what is told of them. */
import type { Cell, Provenance } from './types.ts'

/** No bundle has a colon in its id (the manifest's rule), so whoever wrote elsewhere cannot have the name of one. */
const PREFIX = 'elsewhere:'

/** With the prefix it stays below what an id of a captioner may have. */
export const MAX_WRITER_CHARS = 160

export const isElsewhere = (captionerId: string): boolean => captionerId.startsWith(PREFIX)

/** Signs that turn the direction of all that follows, what we say behind the name too. */
const TURNS = /[\u202a-\u202e\u2066-\u2069]/g

export const withoutTurns = (text: string): string => text.replace(TURNS, '')

/** On one line; our own exports name such a captioner with its prefix, which is not put on twice. */
function plainName(name: string): string {
  let plain = withoutTurns(name.toWellFormed().normalize('NFC'))
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
  while (isElsewhere(plain)) plain = plain.slice(PREFIX.length).trim()
  return plain
}

/** The captioner that a table or a person calls by this name; null where it is no name. */
export function elsewhereId(name: string): string | null {
  const plain = plainName(name)
  return plain === '' ? null : PREFIX + plain
}

/** Who wrote it, as the table says; any other captioner by its own id. */
export const writerOf = (captionerId: string): string =>
  isElsewhere(captionerId) ? captionerId.slice(PREFIX.length) : captionerId

/** The same where a reader must not take one for a captioner of ours. */
export const captionerLabel = (captionerId: string): string =>
  isElsewhere(captionerId) ? `${writerOf(captionerId)} (elsewhere)` : captionerId

const MOST_NAMED = 3

/** ` by GPT-4o, BLIP-2 and people`; the first few of many, '' of nobody. */
export function byWhom(writers: readonly string[]): string {
  if (writers.length === 0) return ''
  const named = writers.length > MOST_NAMED ? [...writers.slice(0, MOST_NAMED), 'others'] : writers
  const last = named.at(-1)
  return named.length === 1 ? ` by ${last}` : ` by ${named.slice(0, -1).join(', ')} and ${last}`
}

/** Provenance for programs: of a caption made elsewhere only what is known, nothing that stands in for it. */
export function toldProvenance(provenance: Provenance): Partial<Provenance> {
  const { captionerId, appVersion, elsewhere, notes } = provenance
  return elsewhere ? { captionerId, appVersion, elsewhere, notes } : provenance
}

export const toldCell = (cell: Cell) =>
  isElsewhere(cell.captionerId)
    ? { ...cell, seed: null, provenance: toldProvenance(cell.provenance) }
    : cell
