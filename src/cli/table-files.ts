/** The files around a table on this machine: those that its rows name, and itself in an imported folder. */
import { realpath, stat } from 'node:fs/promises'
import path from 'node:path'
import { isAddress, isHash } from '../core/tables/find-image.ts'
import { entryReader } from '../core/tables/read-entry.ts'
import { readTable } from '../files/tables/read-table.ts'
import type { Input } from '../shared/contract.ts'
import type { TableColumns } from '../shared/contract/tables.ts'
import { isWithin } from '../workbench/image-files.ts'

export const isFile = (file: string): Promise<boolean> =>
  stat(file).then(
    (facts) => facts.isFile(),
    () => false,
  )

/** The file that a row names, if it lies in or below one of these folders; links out lead nowhere. */
export async function fileOf(named: string, folders: readonly string[]): Promise<string | null> {
  if (named === '' || isAddress(named) || named.includes('\0')) return null
  for (const folder of folders)
    for (const one of new Set([named, named.trim().replaceAll('\\', '/')])) {
      const real = await realpath(path.resolve(folder, one)).catch(() => null)
      if (real !== null && isWithin(folder, real) && (await isFile(real))) return real
    }
  return null
}

const AT_ONCE = 64

/** Files that the table names, each once, in the order of its rows. */
export async function namedFiles(
  { name, bytes, folder }: Input<'tables.apply'>,
  mapping: TableColumns,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { columns, rows } = await readTable(bytes, name, signal)
  const read = entryReader(columns, mapping)
  const named = rows.map(read).filter(({ refused, image }) => refused === null && !isHash(image))
  const images = [...new Set(named.map(({ image }) => image))]
  const found = new Set<string>()
  for (let at = 0; at < images.length; at += AT_ONCE) {
    signal.throwIfAborted()
    const some = images.slice(at, at + AT_ONCE)
    for (const one of await Promise.all(some.map((image) => fileOf(image, [folder ?? '.']))))
      if (one !== null) found.add(one)
  }
  return [...found]
}

/** How the import names the table where it lies in an imported folder, where it is no picture to refuse. */
export async function namesOf(
  table: string,
  folders: readonly string[],
): Promise<ReadonlySet<string>> {
  const real = path.join(await realpath(path.dirname(table)), path.basename(table))
  const names = new Set<string>()
  for (const folder of folders) {
    const root = await realpath(folder).catch(() => null)
    if (root !== null && isWithin(root, real))
      names.add(path.relative(root, real).split(path.sep).join('/'))
  }
  return names
}
