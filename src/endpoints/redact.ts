/** Text of a server as it may be shown: short, without control characters, and without the key in any form. */

const QUOTED_CHARACTERS = 300
/** Below this a "key" is no secret, and hiding it would eat ordinary words. */
const SHORTEST_SECRET = 4

const MASK = '[key]'

/** The part of a base64 text that is the key's alone, whatever stands before and after it in the encoded bytes. */
function base64Cores(key: string): readonly string[] {
  return [0, 1, 2].map((offset) => {
    const coded = Buffer.from('\0'.repeat(offset) + key).toString('base64')
    const from = Math.ceil((offset * 8) / 6)
    return coded.slice(from, Math.floor(((offset + key.length) * 8) / 6))
  })
}

function formsOf(key: string): readonly string[] {
  const url = encodeURIComponent(key)
  const bytes = [...Buffer.from(key)].map((byte) => byte.toString(16).padStart(2, '0'))
  const base64 = base64Cores(key)
  const forms = [
    key,
    url,
    url.replace(/%../g, (code) => code.toLowerCase()),
    ...[bytes, bytes.map((byte) => byte.toUpperCase())].flatMap((hex) => [
      `%${hex.join('%')}`,
      hex.join(''),
    ]),
    JSON.stringify(key).slice(1, -1),
    key.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
    ...base64,
    ...base64.map((core) => core.replaceAll('+', '-').replaceAll('/', '_')),
  ]
  return [...new Set(forms)]
    .filter((form) => form.length >= SHORTEST_SECRET)
    .sort((a, b) => b.length - a.length)
}

/** The text with the key replaced, by value, wherever it stands. */
export function hideKey(text: string, key: string | null): string {
  if (key === null || key.length < SHORTEST_SECRET) return text
  return formsOf(key).reduce((hidden, form) => hidden.replaceAll(form, MASK), text)
}

/** A caption is kept and handed on, so it repeats no key either; but a stand-in such as EMPTY is a word like others. */
export function hideInCaption(text: string, key: string | null): string {
  return key === null || key.length < 12 ? text : text.replaceAll(key, MASK)
}

/** Words of a server for a message. Invisible characters go first, since without them a broken key is whole again. */
export function quoted(said: string, key: string | null): string {
  const plain = said.replace(/\s+/gu, ' ').replace(/\p{C}/gu, '').trim()
  const letters = [...hideKey(plain, key)]
  return letters.length <= QUOTED_CHARACTERS
    ? letters.join('')
    : `${letters.slice(0, QUOTED_CHARACTERS - 1).join('')}…`
}
