/** While the sample project is being made, its images and captions appear as they come. */
import { refreshCells } from './comparison.ts'
import { reloadImages, useLibrary } from './library.ts'
import { useStatus, type AppStatus } from './status.ts'

/** The sample is made by the host, not by this page: only the counts tell that something is new. */
const grew = (now: AppStatus, before: AppStatus | null): boolean =>
  now.workspace.images !== before?.workspace.images ||
  (now.workspace.cells !== before.workspace.cells && (now.preparing || before.preparing))

export function followSample(): void {
  useStatus.subscribe(({ status }, { status: before }) => {
    if (!status || status === before || !grew(status, before)) return
    if (useLibrary.getState().images.length < 500) void reloadImages()
    void refreshCells()
  })
}
