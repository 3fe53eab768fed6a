/** Drops files and folders on a page as the system does. */
import { expect, type Page } from '@playwright/test'

/** Folders stay folders, which no drop made by a script can show. */
export async function dropPaths(page: Page, files: readonly string[]): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const data = { items: [], files: [...files], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver'] as const)
    await session.send('Input.dispatchDragEvent', { type, x: 300, y: 300, data })
  await expect(page.getByText('Drop to add. Originals are never touched.')).toBeVisible()
  await session.send('Input.dispatchDragEvent', { type: 'drop', x: 300, y: 300, data })
}
