/** One row of a table under a mapping: whose words it has and which, or why it gives nothing. */
import type { TableColumns } from '../../shared/contract/tables.ts'
import { elsewhereId, MAX_WRITER_CHARS } from '../../shared/elsewhere.ts'
import { MAX_CAPTION_CHARS, type TableRole } from '../../shared/tables.ts'
import { ALT_KINDS, MAX_ALT_CHARS, type AltKind } from '../../shared/types.ts'
import { cleanText } from '../clean-text.ts'
import { fold } from './guess-columns.ts'
import type { TableRow } from './table-port.ts'

export interface EntryCaption {
  readonly text: string
  /** null where neither the row nor a person says who wrote it. */
  readonly captionerId: string | null
  /** What the captioner was given; '' where the table says nothing of it. */
  readonly altText: string
  /** As the table says; null where it does not, or says no kind of ours. */
  readonly altKind: AltKind | null
  /** Of an export of ours. */
  readonly cellId: string | null
  readonly notes: readonly string[]
}

export interface Entry {
  readonly line: number
  readonly image: string
  /** The image's own; always null in a table of captions, whose alt-texts are those that captioners were given. */
  readonly altText: string | null
  readonly className: string | null
  readonly group: string | null
  readonly caption: EntryCaption | null
  /** Why the row gives nothing; null where it can. */
  readonly refused: string | null
}

/** As the import takes them. */
const LONGEST: Readonly<Record<TableRole, number>> = {
  image: 4096,
  altText: MAX_ALT_CHARS,
  className: 1000,
  group: 200,
  caption: MAX_CAPTION_CHARS,
  captioner: MAX_WRITER_CHARS,
}
const WORDS: Readonly<Record<TableRole, string>> = {
  image: 'path',
  altText: 'alt-text',
  className: 'class name',
  group: 'group',
  caption: 'caption',
  captioner: 'captioner',
}

const kindOf = (name: string): AltKind | null => ALT_KINDS.find((kind) => kind === name) ?? null

/** Said of every caption of a table that says no alt-text: the empty one stands for it. */
const NO_ALT_TEXT = 'the table does not say which alt-text was given'

/** Where our own data, and JSON lines of the command line, name the cell. */
const CELL_COLUMNS: ReadonlySet<string> = new Set(['cellid', 'provenance.cellid'])

/** Rows to entries, for one mapping of one table. `captionsBy`: who wrote the captions of rows that do not say it. */
export function entryReader(
  columns: readonly string[],
  mapping: TableColumns,
  captionsBy = '',
): (row: TableRow) => Entry {
  const at = {
    image: columns.indexOf(mapping.image ?? ''),
    altText: columns.indexOf(mapping.altText ?? ''),
    className: columns.indexOf(mapping.className ?? ''),
    group: columns.indexOf(mapping.group ?? ''),
    caption: columns.indexOf(mapping.caption ?? ''),
    captioner: columns.indexOf(mapping.captioner ?? ''),
  }
  for (const role of Object.keys(at) as TableRole[]) if (mapping[role] === null) at[role] = -1
  const captioned = at.caption >= 0
  // Our own exports hold wrong and other alt-texts too, which nobody may take for the image's own.
  const kindAt = at.altText < 0 ? -1 : columns.findIndex((name) => fold(name) === 'altkind')
  const cellAt = columns.findIndex((name) => CELL_COLUMNS.has(fold(name)))
  return (row) => {
    let refused: string | null = null
    const take = (role: TableRole): string | null => {
      const place = at[role]
      if (place < 0) return null
      const text = row.fields[place] ?? ''
      if (row.noText?.includes(place)) refused ??= `its ${WORDS[role]} is a list, not a text`
      else if (text.length > LONGEST[role])
        refused ??= `its ${WORDS[role]} has ${text.length} characters; at most ${LONGEST[role]} are kept`
      // Spaces alone say nothing; other words stay as they are, spaces included.
      return text.trim() === '' ? null : text
    }
    const captionOf = (kind: AltKind | null, altText: string | null): EntryCaption | null => {
      const text = cleanText(take('caption')?.trim() ?? '')
      if (text.text === '') return null
      const captionerId = elsewhereId(take('captioner') ?? captionsBy)
      if (captionerId === null && at.captioner >= 0)
        refused ??= 'it does not say who wrote its caption'
      // Under a kind of ours spaces are an alt-text like any other.
      const given = cleanText(altText ?? (kind === null ? '' : (row.fields[at.altText] ?? '')))
      return {
        text: text.text,
        captionerId,
        altText: given.text,
        altKind: kind === 'empty' && given.text !== '' ? null : kind,
        cellId: row.fields[cellAt] || null,
        notes: [
          ...(at.altText < 0 ? [NO_ALT_TEXT] : []),
          ...given.notes.map((note) => `alt-text: ${note}`),
          ...text.notes.map((note) => `caption: ${note}`),
        ],
      }
    }
    const image = take('image')
    if (image === null) refused ??= 'it names no image'
    const kind = row.fields[kindAt] ?? ''
    if (!captioned && kind !== '' && kind !== 'own')
      refused ??= `its alt-text is of the kind "${kind.slice(0, 40)}", not the image's own`
    const altText = take('altText')
    const className = take('className')?.trim() ?? null
    const group = take('group')?.trim() ?? null
    return {
      ...{ line: row.line, image: image ?? '', className, group },
      altText: captioned ? null : altText,
      caption: captioned ? captionOf(kindOf(kind), altText) : null,
      refused,
    }
  }
}
