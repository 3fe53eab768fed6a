/** Text of a server as it may be shown: short, without control characters, and without the key however it is written. */

const QUOTED_CHARACTERS = 300
/** Of a longer text the beginning is enough. */
const LOOKED_AT = 64 * 1024
/** Below this a "key" is no secret, and hiding it would eat ordinary words. */
const SHORTEST_SECRET = 4

const MASK = '[key]'

/** One character as text, JSON (also within JSON), addresses (also encoded twice) or HTML write it. */
const WRITTEN =
  /\\+u(?<json>[0-9a-f]{4})|%(?:25)*(?<url>[0-9a-f]{2})|&#(?<decimal>\d{1,7});|&#x(?<hex>[0-9a-f]{1,6});|&(?<name>amp|lt|gt|quot|apos);|\\+|[^]/giu

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** What the text says without its way of writing, and where each unit of that begins in the text. */
interface Said {
  readonly plain: string
  readonly at: readonly number[]
}

function said(text: string): Said {
  const at: number[] = []
  let plain = ''
  for (const match of text.matchAll(WRITTEN)) {
    const character = meant(match[0], match.groups ?? {})
    for (let unit = 0; unit < character.length; unit++) at.push(match.index)
    plain += character
  }
  return { plain, at }
}

function meant(written: string, ways: Readonly<Record<string, string | undefined>>): string {
  if (written.startsWith('\\') && ways['json'] === undefined) return ''
  const name = ways['name']
  if (name) return NAMED[name.toLowerCase()] ?? written
  const hex = ways['json'] ?? ways['url'] ?? ways['hex']
  if (hex === undefined && ways['decimal'] === undefined) return written
  const code = hex === undefined ? Number(ways['decimal']) : parseInt(hex, 16)
  const character = code > 0x10ffff ? written : String.fromCodePoint(code)
  return /^[\p{C}\\]$/u.test(character) ? '' : character
}

/** The part of a base64 text that is the key's alone, whatever stands before and after it in the encoded bytes. */
function base64Cores(key: string): readonly string[] {
  return [0, 1, 2].map((offset) => {
    const coded = Buffer.from('\0'.repeat(offset) + key).toString('base64')
    return coded.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + key.length) * 8) / 6))
  })
}

function formsOf(key: string): readonly string[] {
  const hex = Buffer.from(key).toString('hex')
  const base64 = base64Cores(key)
  const forAddresses = base64.map((core) => core.replaceAll('+', '-').replaceAll('/', '_'))
  return [said(key).plain, ...base64, ...forAddresses, hex, hex.toUpperCase()].filter(
    (form) => form.length >= SHORTEST_SECRET,
  )
}

/** Stretches of the plain text, from and to, that are the key. */
function keysIn(plain: string, form: string): (readonly [number, number])[] {
  const found: (readonly [number, number])[] = []
  for (let from = plain.indexOf(form); from >= 0; from = plain.indexOf(form, from + 1))
    found.push([from, from + form.length])
  // A text that breaks off may end within the key.
  for (let length = Math.min(form.length, plain.length); length >= SHORTEST_SECRET; length--)
    if (plain.endsWith(form.slice(0, length))) {
      found.push([plain.length - length, plain.length])
      break
    }
  return found
}

/** The text with the key replaced wherever it stands. No pattern is made of the key: its error would repeat it. */
function hideKey(text: string, key: string | null): string {
  if (key === null || key.length < SHORTEST_SECRET) return text
  const whole = withoutOpenEnd(text)
  const { plain, at } = said(whole)
  const found = formsOf(key)
    .flatMap((form) => keysIn(plain, form))
    .sort(([a], [b]) => a - b)
  if (found.length === 0) return text
  const parts: string[] = []
  let done = 0
  for (const [from, to] of found) {
    const start = at[from] ?? whole.length
    const end = at[to] ?? whole.length
    if (start >= done) parts.push(whole.slice(done, start), MASK)
    done = Math.max(done, end)
  }
  return parts.join('') + whole.slice(done)
}

/** Without a character whose writing is not finished, which would hide that the text ends within the key. */
const withoutOpenEnd = (text: string): string =>
  text.slice(0, -16) +
  text.slice(-16).replace(/(?:\\+u?[0-9a-f]{0,3}|%(?:25)*[0-9a-f]?|&#?x?[0-9a-z]{0,6})$/i, '')

/** A caption is kept and handed on, so it repeats no key either; but a stand-in such as EMPTY is a word like others. */
export function hideInCaption(text: string, key: string | null): string {
  return key === null || key.length < 12 ? text : text.replaceAll(key, MASK)
}

/** Words of a server for a message. Invisible characters go first, since without them a broken key is whole again. */
export function quoted(words: string, key: string | null): string {
  const visible = words.slice(0, LOOKED_AT).replace(/\s+/gu, ' ').replace(/\p{C}/gu, '').trim()
  const safe = hideKey(visible, key)
  const letters = [...safe.slice(0, 2 * QUOTED_CHARACTERS + 2)]
  return letters.length <= QUOTED_CHARACTERS
    ? letters.join('')
    : `${letters.slice(0, QUOTED_CHARACTERS - 1).join('')}…`
}
