/** One row of a table under a mapping: whose words it has and which, or why it gives nothing. */
import type { TableColumns } from '../../shared/contract/tables.ts'
import type { TableRole } from '../../shared/tables.ts'
import { MAX_ALT_CHARS } from '../../shared/types.ts'
import { fold } from './guess-columns.ts'
import type { TableRow } from './table-port.ts'

export interface Entry {
  readonly line: number
  readonly image: string
  readonly altText: string | null
  readonly className: string | null
  readonly group: string | null
  /** Why the row gives nothing; null where it can. */
  readonly refused: string | null
}

/** As the import takes them. */
const LONGEST: Readonly<Record<TableRole, number>> = {
  image: 4096,
  altText: MAX_ALT_CHARS,
  className: 1000,
  group: 200,
}
const WORDS: Readonly<Record<TableRole, string>> = {
  image: 'path',
  altText: 'alt-text',
  className: 'class name',
  group: 'group',
}

/** Rows to entries, for one mapping of one table. */
export function entryReader(
  columns: readonly string[],
  mapping: TableColumns,
): (row: TableRow) => Entry {
  const at = {
    image: columns.indexOf(mapping.image ?? ''),
    altText: columns.indexOf(mapping.altText ?? ''),
    className: columns.indexOf(mapping.className ?? ''),
    group: columns.indexOf(mapping.group ?? ''),
  }
  for (const role of Object.keys(at) as TableRole[]) if (mapping[role] === null) at[role] = -1
  // Our own exports hold wrong and other alt-texts too, which nobody may take for the image's own.
  const kindAt = at.altText < 0 ? -1 : columns.findIndex((name) => fold(name) === 'altkind')
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
    const image = take('image')
    if (image === null) refused ??= 'it names no image'
    const kind = row.fields[kindAt] ?? ''
    if (kind !== '' && kind !== 'own')
      refused ??= `its alt-text is of the kind "${kind.slice(0, 40)}", not the image's own`
    const altText = take('altText')
    const className = take('className')?.trim() ?? null
    const group = take('group')?.trim() ?? null
    return { line: row.line, image: image ?? '', altText, className, group, refused }
  }
}
