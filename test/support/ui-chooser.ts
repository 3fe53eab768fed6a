/** The browser's own dialog for files, opened by a key: Chromium passes over one that it takes for nobody's wish. */
import type { FileChooser, Page } from '@playwright/test'

const WAIT_MS = 10_000
const TRIES = 3

/** Presses the key again where no dialog came; a second one of the same kind changes nothing. */
export async function chooserByKey(page: Page, key: string): Promise<FileChooser> {
  for (let left = TRIES; ; left--) {
    const chooser = page.waitForEvent('filechooser', { timeout: WAIT_MS })
    const [found] = await Promise.all([
      chooser.catch((error: unknown) => {
        if (left === 1) throw error
        return null
      }),
      page.keyboard.press(key),
    ])
    if (found) return found
  }
}
