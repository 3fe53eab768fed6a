/** A table of alt-texts or captions: how it is read, what is chosen, and what came of it. */
import { create } from 'zustand'
import type { Input, Output, TaskEvent } from '../../shared/contract.ts'
import { MAX_TABLE_BYTES, MAX_TABLE_ROWS, type TableRole } from '../../shared/tables.ts'
import { isCancelled, RealignError } from '../../shared/errors.ts'
import { client } from '../api.ts'
import type { LocalFile } from '../files/read-drop.ts'
import { plural } from '../format.ts'
import { refreshCells, refreshImage } from './comparison.ts'
import { reloadImages } from './library.ts'
import { showScreen, showSheet } from './screen.ts'
import { refreshStatus } from './status.ts'
import { note, showError } from './toasts.ts'

export type Looked = Output<'tables.read'>
export type Given = Output<'tables.apply'>
type Table = Input<'tables.read'>
type Chosen = { readonly [Role in TableRole]?: string | null }

interface TableState {
  readonly table: Table | null
  readonly chosen: Chosen
  /** Who wrote the captions, as typed; said only where no column does. */
  readonly captionsBy: string
  /** As it would be read under the present choice; null until that is known. */
  readonly looked: Looked | null
  readonly reading: boolean
  /** How far the giving is, and at what. */
  readonly progress: TaskEvent<'tables.apply'> | null
  readonly given: (Given & { readonly file: string }) | null
}

export const useTable = create<TableState>(() => ({
  ...{ table: null, chosen: {}, captionsBy: '', looked: null, reading: false },
  ...{ progress: null, given: null },
}))

let abort: AbortController | null = null
let looking: AbortController | null = null
export const cancelTable = (): void => abort?.abort()
export const closeGiven = (): void => useTable.setState({ given: null })

export function closeTable(): void {
  looking?.abort()
  useTable.setState({ table: null, looked: null, chosen: {}, captionsBy: '' })
  showSheet(null)
}

async function look(): Promise<void> {
  const { table, chosen } = useTable.getState()
  if (!table) return
  looking?.abort()
  const mine = new AbortController()
  looking = mine
  useTable.setState({ reading: true })
  try {
    const { signal } = mine
    const looked = await client.call(
      'tables.read',
      { ...table, columns: { ...chosen } },
      { signal },
    )
    if (looking === mine) useTable.setState({ looked, reading: false })
  } catch (error) {
    if (looking !== mine || isCancelled(error)) return
    closeTable()
    showError(error)
  }
}

/** Null: no column is that. */
export function chooseColumn(role: TableRole, column: string | null): void {
  const { looked, chosen } = useTable.getState()
  if (!looked) return
  // A column that is taken for another thing leaves the one it was.
  const others = Object.entries(looked.mapping).filter(([, name]) => name === column)
  const freed = column === null ? {} : Object.fromEntries(others.map(([other]) => [other, null]))
  useTable.setState({ chosen: { ...chosen, ...freed, [role]: column } })
  void look()
}

/** Which rows are read does not hang on it, so the table is not read again. */
export const nameWriter = (captionsBy: string): void => useTable.setState({ captionsBy })

const folderOf = (name: string): string | null => {
  const end = name.lastIndexOf('/')
  return end < 0 ? null : name.slice(0, end)
}

/** Opens the sheet over a table that was dropped or picked. `alsoCalled`: names an import just found. */
export async function openTable(
  { name, file }: LocalFile,
  alsoCalled: NonNullable<Table['alsoCalled']> = [],
): Promise<void> {
  if (abort) return note('A table is being applied', 'Cancel it or wait for its end.')
  try {
    if (file && file.size > MAX_TABLE_BYTES)
      throw new RealignError(
        'bad-input',
        `${name} is larger than ${MAX_TABLE_BYTES / 2 ** 20} MB`,
        {
          hint: 'Split it, or leave out the columns that are not needed.',
        },
      )
    const bytes = await file?.arrayBuffer().catch(() => null)
    if (!bytes)
      throw new RealignError('bad-input', `The browser could not read ${name}`, {
        hint: 'Check that it is still there and that you may read it, then add it again.',
      })
    const table: Table = {
      ...{ name: name.slice(-1024), bytes: new Uint8Array(bytes), folder: folderOf(name) },
      alsoCalled: alsoCalled.slice(0, MAX_TABLE_ROWS),
    }
    useTable.setState({ table, chosen: {}, captionsBy: '', looked: null, given: null })
    showScreen('library')
    showSheet('table')
    await look()
  } catch (error) {
    showError(error)
  }
}

/** Gives the words as the sheet shows them, closes it, and leaves a summary in the library. */
export async function applyTable(): Promise<void> {
  const { table, looked, captionsBy } = useTable.getState()
  if (!table || !looked || abort) return
  closeTable()
  abort = new AbortController()
  const { images, mapping } = looked
  const captioned = mapping.caption !== null
  const what = captioned && looked.captions > 0 ? 'captions' : 'words'
  useTable.setState({ progress: { kind: 'progress', what, done: 0, total: images, fraction: 0 } })
  try {
    const asked = captioned && mapping.captioner === null ? { captionsBy } : {}
    const input = { ...table, columns: mapping, ...asked }
    const work = client.run('tables.apply', input, { signal: abort.signal })
    let step = await work.next()
    for (; !step.done; step = await work.next()) useTable.setState({ progress: step.value })
    const given = step.value
    useTable.setState({ given: { ...given, file: table.name } })
    note(
      given.captions
        ? `${plural(given.captions.added, 'caption')} added`
        : `${plural(given.images, 'image')} given their words`,
    )
  } catch (error) {
    if (isCancelled(error))
      note('Cancelled', 'What was given until then is kept; the same table again goes on.')
    else showError(error)
  } finally {
    abort = null
    useTable.setState({ progress: null })
    await Promise.all([reloadImages(), refreshImage(), refreshCells(), refreshStatus()])
  }
}
