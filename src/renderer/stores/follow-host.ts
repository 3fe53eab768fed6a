/** What others write into the workspace, the sample project or a second window, appears as it comes. */
import { refreshCells } from './comparison.ts'
import { isShort, reloadImages } from './library.ts'
import { refreshStatus, useStatus, type AppStatus } from './status.ts'

const works = (status: AppStatus | null): boolean =>
  status !== null && (status.preparing || ['busy', 'loading'].includes(status.engine.state))

/**
 * Only the status tells of what this page did not ask for: its counts of images and captions. Scores come
 * after the captions and change no count, so the open image is read again while the engine works, and once more.
 */
export function followHost(): void {
  useStatus.subscribe(({ status }, { status: before }) => {
    if (!status || status === before) return
    const images = status.workspace.images !== before?.workspace.images
    const cells = status.workspace.cells !== before?.workspace.cells
    if ((images || cells) && isShort()) void reloadImages()
    if (images || cells || works(status) || works(before)) void refreshCells()
  })
  // A window that was away asks at once, not at the next round.
  addEventListener('focus', () => void refreshStatus())
}
