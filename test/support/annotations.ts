/** Rounds of annotation for tests: pictures with alt-texts, annotators, and rewrites in number. */
import type { AnnotationItem } from '../../src/shared/annotation.ts'
import type { Client, Input } from '../../src/shared/contract.ts'
import { addPictures } from './builders.ts'

export const ALTS = ['Great grey owl, photo by J. Smith', 'red fox in snow', '', 'IMG_1234.jpg']

/** Pictures named 0, 1, … with these alt-texts ('' for none); answers with their ids. */
export async function addAltTexts(client: Client, alts: readonly string[]): Promise<string[]> {
  const ids = await addPictures(
    client,
    alts.map((_, index) => `${index}`),
  )
  for (const [index, text] of alts.entries())
    if (text !== '')
      await client.call('images.setAltText', { imageId: ids[index] ?? '', altKind: 'own', text })
  return ids
}

export interface Begun {
  readonly annotationId: string
  readonly imageIds: readonly string[]
}

export async function beginAnnotation(
  client: Client,
  alts: readonly string[] = ALTS,
  more: Partial<Input<'annotations.create'>> = {},
): Promise<Begun> {
  const imageIds = await addAltTexts(client, alts)
  const { id } = await client.call('annotations.create', {
    name: 'Birds',
    imageIds,
    annotators: ['Ada', 'Ben'],
    ...more,
  })
  return { annotationId: id, imageIds }
}

/** Writes the round that an image lacks, as whoever's turn it is. */
export async function writeNext(
  client: Client,
  annotationId: string,
  imageId: string,
  text: string,
  more: Partial<Input<'annotations.rewrite'>> = {},
): Promise<AnnotationItem> {
  const { round, annotator, versions } = await client.call('annotations.item', {
    annotationId,
    imageId,
  })
  return client.call('annotations.rewrite', {
    ...{ annotationId, imageId, round: round ?? 2, annotator: annotator ?? '', text },
    versions: versions.length,
    ...more,
  })
}
