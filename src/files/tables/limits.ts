/** How much of a table is read, and what is said beyond that. */
import { MAX_TABLE_ROWS } from '../../shared/tables.ts'
import { RealignError } from '../../shared/errors.ts'

/** More is no text of an image. */
export const LONGEST_FIELD = 1_000_000
const MOST_COLUMNS = 1000

const SPLIT = 'Split it into smaller tables.'

export function assertRows(count: number): void {
  if (count > MAX_TABLE_ROWS)
    throw new RealignError(
      'bad-input',
      `The table has more than ${MAX_TABLE_ROWS.toLocaleString('en')} rows`,
      { hint: SPLIT },
    )
}

export function assertColumns(count: number): void {
  if (count > MOST_COLUMNS)
    throw new RealignError('bad-input', `The table has more than ${MOST_COLUMNS} columns`, {
      hint: 'Leave out the columns that are not needed.',
    })
}

/** Two columns of one name, and columns without a name, can be told apart. */
export function distinctNames(names: readonly string[]): readonly string[] {
  const taken = new Set<string>()
  return names.map((name, index) => {
    const own = name.trim() === '' ? `column ${index + 1}` : name
    let free = own
    for (let n = 2; taken.has(free); n++) free = `${own} (${n})`
    taken.add(free)
    return free
  })
}
