/** How captioners behind an address are named, and what they are asked by default: no schemas, so that pages may read it too. */
import { isElsewhere } from './elsewhere.ts'

/** No bundle has a colon in its id (the manifest's rule). */
const PREFIX = 'endpoint:'

export const isEndpoint = (captionerId: string): boolean => captionerId.startsWith(PREFIX)

/** Only of captions that a bundle of this machine wrote are tokens and their probabilities known. */
export const hasTokens = (captionerId: string): boolean =>
  !isElsewhere(captionerId) && !isEndpoint(captionerId)

/** Letters, digits and dashes of any script, so that it is a file name everywhere; '' where nothing is left. */
const slug = (name: string): string =>
  name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}.]+/gu, '-')
    .replace(/^[-.]+|[-.]+$/g, '')

/** The id of an endpoint by its name; null where the name has no letter and no digit. */
export function endpointId(name: string): string | null {
  const plain = slug(name)
  return plain === '' ? null : PREFIX + plain
}

/** The part of the id that names its file and its key. */
export const endpointSlug = (id: string): string => id.slice(PREFIX.length)

/** Where the alt-text stands in a prompt; a prompt without it does not tell the alt-text. */
export const ALT_PLACE = '{alt}'

/** Our own words for the task of Altogether, section 3: keep what the alt-text says and the image shows, drop the rest, add what is missing. */
export const DEFAULT_PROMPT = `Somebody who posted this image wrote this alt-text for it:

${ALT_PLACE}

Write one caption that describes the image. Where the alt-text names what is in the image, use its concrete names (of species, places, people, makes); leave out whatever of it cannot be seen to be true; add what it does not mention: objects, colours, positions, medium. Begin with the kind of image ("A photo of"). Answer with the caption alone.`

export const DEFAULT_PROMPT_WITHOUT = `Write one caption that describes this image: what is in it, by the most exact names you are sure of, with colours, positions and medium. Begin with the kind of image ("A photo of"). Answer with the caption alone.`
