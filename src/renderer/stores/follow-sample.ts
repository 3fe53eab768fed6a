/** While the sample project is being made, its images and captions appear as they come. */
import { refreshCells } from './comparison.ts'
import { reloadImages, useLibrary } from './library.ts'
import { useStatus } from './status.ts'

/**
 * The sample is made by the host, not by this page: only the status tells of it. Scores come after the
 * captions and change no count, so the open image is read again until the sample is done, and once more.
 */
export function followSample(): void {
  useStatus.subscribe(({ status }, { status: before }) => {
    if (!status || status === before) return
    const grew = status.workspace.images !== before?.workspace.images
    if (grew && useLibrary.getState().images.length < 500) void reloadImages()
    if (grew || status.preparing || before.preparing) void refreshCells()
  })
}
