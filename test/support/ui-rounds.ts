/** Rounds of annotation for a browser: plates with alt-texts, and the parts of the screen by name. */
import type { Page } from '@playwright/test'
import type { Annotation } from '../../src/shared/annotation.ts'
import type { Client } from '../../src/shared/contract.ts'

/** In the order of the plates; the fifth has none. */
export const ALT_TEXTS = [
  'great gray owl, Strix nebulosa',
  'a small owl on a branch',
  'butterfly on a thistle',
  'conch shell',
  '',
  'red flower in the garden',
]

export async function giveAltTexts(client: Client, imageIds: readonly string[]): Promise<void> {
  for (const [index, imageId] of imageIds.entries()) {
    const text = ALT_TEXTS[index] ?? ''
    if (text !== '') await client.call('images.setAltText', { imageId, altKind: 'own', text })
  }
}

export const beginRounds = (
  client: Client,
  imageIds: readonly string[],
  annotators: readonly string[] = ['Ada', 'Ben'],
): Promise<Annotation> =>
  client.call('annotations.create', {
    ...{ name: 'Plates', imageIds: [...imageIds], annotators: [...annotators] },
    swap: annotators.length > 1,
  })

export const box = (page: Page, round = 2) =>
  page.getByRole('textbox', { name: `Text of round ${round}` })
export const sitDown = (page: Page, name: string) => page.getByLabel('I am').selectOption(name)
export const imageName = (page: Page) => page.getByRole('heading', { level: 3 }).first()

/** The first image that waits for somebody. */
export async function firstOf(client: Client, annotationId: string, annotator: string) {
  const { places } = await client.call('annotations.places', { annotationId, annotator, limit: 1 })
  return places[0]!
}
export const waiting = (page: Page) =>
  page.getByRole('grid', { name: 'Images of the rounds' }).locator('.queue-row')
/** What the page says of the text in the box. */
export const keeping = (page: Page) => page.locator('.rewrite-box [role=status]')
