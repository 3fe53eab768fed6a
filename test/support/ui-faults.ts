/** A page in light and in dark, and what axe finds wrong with it in either. */
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import path from 'node:path'

/** Nothing else differs between the two. */
const OF_COLOUR = ['color-contrast', 'link-in-text-block']

/** What `look` says of the page in light, then in dark; light again afterwards. Colours on their way are of neither: no motion. */
export async function inBoth<T>(
  page: Page,
  look: (colorScheme: 'light' | 'dark') => Promise<T>,
): Promise<readonly [T, T]> {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  const light = await look('light')
  await page.emulateMedia({ colorScheme: 'dark' })
  const dark = await look('dark')
  await page.emulateMedia({ colorScheme: 'light' })
  return [light, dark]
}

const SIZES = [
  { width: 1280, height: 800 },
  { width: 1600, height: 1000 },
] as const

/** Where pictures of the screens go; none are taken where REALIGN_SHOTS names no folder. */
const SHOTS = process.env['REALIGN_SHOTS']

/** No fault in the page as it is; with REALIGN_SHOTS also its pictures, in both schemes and sizes. */
export async function lookAt(page: Page, name: string): Promise<void> {
  expect(await faults(page)).toEqual([])
  if (SHOTS === undefined) return
  const before = page.viewportSize() ?? SIZES[0]
  for (const size of SIZES) {
    await page.setViewportSize(size)
    await inBoth(page, (scheme) =>
      page.screenshot({ path: path.join(SHOTS, `${name}-${size.width}-${scheme}.png`) }),
    )
  }
  await page.setViewportSize(before)
}

/** Every fault with the element that has it. A popover lies outside the landmarks by its nature; a rater's page has none. */
export async function faults(
  page: Page,
  { popovers = true }: { readonly popovers?: boolean } = {},
): Promise<readonly string[]> {
  const found = await inBoth(page, async (scheme) => {
    // Our pages hold no page of another origin, for which alone it would open a second page each time.
    const axe = new AxeBuilder({ page }).setLegacyMode()
    if (scheme === 'dark') axe.withRules(OF_COLOUR)
    else if (popovers) axe.disableRules(['region'])
    const { violations } = await axe.analyze()
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html }) => `${id}, ${scheme}: ${html}`),
    )
  })
  return found.flat()
}
