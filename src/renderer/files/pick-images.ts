/** The two ways to choose files: the host's dialog on the desktop, a file input in a browser. */
import { TABLE_ENDINGS } from '../../shared/tables.ts'
import { client, isDesktop } from '../api.ts'
import { importFiles, importHandles } from '../stores/import.ts'
import { openTable } from '../stores/table.ts'
import { showError } from '../stores/toasts.ts'
import { filesOfInput, type LocalFile } from './read-drop.ts'

function pickInPage(what: 'files' | 'folder'): void {
  const input = document.createElement('input')
  input.type = 'file'
  input.multiple = true
  if (what === 'folder') input.webkitdirectory = true
  input.addEventListener('change', () => {
    if (input.files) void importFiles(filesOfInput(input.files))
  })
  input.click()
}

/** In every host: the page reads the table itself. */
export function pickTable(): void {
  const input = document.createElement('input')
  input.type = 'file'
  input.accept = TABLE_ENDINGS.map((ending) => `.${ending}`).join(',')
  input.addEventListener('change', () => {
    const [table] = input.files ? filesOfInput(input.files) : []
    if (table) void openTable(table)
  })
  input.click()
}

const fileOf = (name: string, bytes: Uint8Array<ArrayBuffer>): LocalFile => ({
  name,
  file: new File([bytes], name),
})

export async function pickImages(what: 'files' | 'folder'): Promise<void> {
  if (!isDesktop) return pickInPage(what)
  try {
    const { handles, tables, available } = await client.call('host.pickImages', { what })
    if (!available) pickInPage(what)
    else
      await importHandles(
        handles,
        tables.map(({ name, bytes }) => fileOf(name, bytes)),
      )
  } catch (error) {
    showError(error)
  }
}
