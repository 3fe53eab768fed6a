/** The two ways to choose files: the host's dialog on the desktop, a file input in a browser. */
import { client, isDesktop } from '../api.ts'
import { importFiles, importHandles } from '../stores/import.ts'
import { showError } from '../stores/toasts.ts'
import { filesOfInput } from './read-drop.ts'

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

export async function pickImages(what: 'files' | 'folder'): Promise<void> {
  if (!isDesktop) return pickInPage(what)
  try {
    const { handles, available } = await client.call('host.pickImages', { what })
    if (!available) pickInPage(what)
    else if (handles.length > 0) await importHandles(handles)
  } catch (error) {
    showError(error)
  }
}
