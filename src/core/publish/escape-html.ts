/** Text for HTML: it can become text and attribute values, and nothing else. */
import { visible } from './visible.ts'

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '\r': '&#13;',
}

export const escapeHtml = (text: string): string =>
  visible(text).replace(/[&<>"'\r]/g, (character) => ENTITIES[character] ?? character)
