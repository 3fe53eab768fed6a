/** What axe finds wrong with a page. */
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'

/** Every fault with the element that has it. A popover lies outside the landmarks by its nature; a rater's page has none. */
export async function faults(
  page: Page,
  { popovers = true }: { readonly popovers?: boolean } = {},
): Promise<readonly string[]> {
  const axe = new AxeBuilder({ page })
  const { violations } = await (popovers ? axe.disableRules(['region']) : axe).analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
}
