/** `realign check` and `realign salvage`: is every row what it was, and what can be had of a damaged file. */
import path from 'node:path'
import { checkWorkspace, salvageWorkspace } from '../../workbench/salvage.ts'
import { note, print, printJson, safe } from '../output.ts'
import { defaultWorkspace } from '../places.ts'

interface Flags {
  readonly workspace?: string
  readonly json?: boolean
}

/** Exit code 1 when a row changed on disk. */
export async function checkCommand(flags: Flags): Promise<number> {
  const file = path.resolve(flags.workspace ?? defaultWorkspace())
  const { rows, damaged } = await checkWorkspace(file)
  if (flags.json) printJson({ rows, damaged })
  else {
    for (const { table, id } of damaged) print(`${table}  ${safe(id)}`)
    print(
      damaged.length === 0
        ? `${rows} rows, every one as it was written`
        : `${damaged.length} of ${rows} rows changed on disk; see realign salvage --help`,
    )
  }
  return damaged.length > 0 ? 1 : 0
}

/** Exit code 1 when anything was lost; each loss is listed. */
export async function salvageCommand(
  source: string,
  flags: { readonly out: string; readonly json?: boolean },
): Promise<number> {
  const { kept, lost, changed } = await salvageWorkspace(source, flags.out)
  if (flags.json) printJson({ kept, lost, changed })
  else {
    for (const { table, row, reason } of lost) print(`lost     ${table}  ${safe(row)}: ${reason}`)
    for (const { table, row } of changed) print(`changed  ${table}  ${safe(row)}`)
    const rows = Object.values(kept).reduce((sum, n) => sum + n, 0)
    print(
      `${rows} rows kept in ${flags.out}, ${lost.length} losses, ${changed.length} changed rows`,
    )
    note(`The damaged file was not touched: ${path.resolve(source)}`)
  }
  return lost.length > 0 ? 1 : 0
}
