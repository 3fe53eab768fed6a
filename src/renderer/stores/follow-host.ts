/** What others write into the workspace, the sample project or a second window, appears as it comes. */
import { refreshCells, refreshImage, useComparison } from './comparison.ts'
import { followDataset } from './dataset.ts'
import { reloadImages } from './library.ts'
import { rereadMarks } from './marks.ts'
import { followRounds } from './follow-rounds.ts'
import { useScreen } from './screen.ts'
import { seldom } from './seldom.ts'
import { refreshStatus, useStatus } from './status.ts'
import { refreshStudies, refreshStudy } from './studies.ts'

/** A long list is read as often as that costs little: class names and counts change without an image coming or going. */
const followImages = seldom(reloadImages)
const followStudies = seldom(() => Promise.all([refreshStudies(), refreshStudy()]))

/** Only the status tells of what this page did not ask for: the revision of its workspace. */
export function followHost(): void {
  useStatus.subscribe(({ status }, { status: before }) => {
    if (!status || status.workspace.revision === before?.workspace.revision) return
    followImages()
    void refreshCells()
    void refreshImage()
    void rereadMarks(useComparison.getState().cells.map(({ id }) => id))
    if (useScreen.getState().screen === 'dataset') followDataset()
    if (useScreen.getState().screen === 'sessions') followStudies()
    if (useScreen.getState().screen === 'rounds') followRounds()
  })
  // A window that was away asks at once, not at the next round.
  addEventListener('focus', () => void refreshStatus())
}
