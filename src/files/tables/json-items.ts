/** Finds the items of a list in JSON text one by one, with their lines: a large file is never parsed at once. */

export interface JsonItem {
  readonly line: number
  /** Text of the item; null where the file ends in its midst. */
  readonly text: string | null
}

const SIGN = /["{}[\]]/g
const BLANK = /[\s,]*/y
const SCALAR = /[^\s,\]}]*/y

const skip = (pattern: RegExp, text: string, at: number): number => {
  pattern.lastIndex = at
  return at + (pattern.exec(text)?.[0].length ?? 0)
}

/** Place after the string that begins at `at`; -1 where it never ends. */
function afterString(text: string, at: number): number {
  for (let end = text.indexOf('"', at + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0
    while (text[end - 1 - slashes] === '\\') slashes++
    if (slashes % 2 === 0) return end + 1
  }
  return -1
}

/** Place after the value that begins at `at`; -1 where the file ends before it does. */
function afterValue(text: string, at: number): number {
  if (text[at] === '"') return afterString(text, at)
  if (text[at] !== '{' && text[at] !== '[') return skip(SCALAR, text, at)
  let depth = 0
  for (let place = at; ;) {
    SIGN.lastIndex = place
    const found = SIGN.exec(text)
    if (!found) return -1
    const [sign] = found
    if (sign === '"') {
      place = afterString(text, found.index)
      if (place < 0) return -1
      continue
    }
    depth += sign === '{' || sign === '[' ? 1 : -1
    place = found.index + 1
    if (depth === 0) return place
  }
}

/** Names of the fields of the object that the text begins with, and where their values begin. */
function* fieldsOf(text: string): Generator<{ readonly key: string; readonly at: number }> {
  let at = skip(BLANK, text, 0)
  if (text[at] !== '{') return
  for (at++; ;) {
    at = skip(BLANK, text, at)
    if (text[at] !== '"') return
    const end = afterString(text, at)
    if (end < 0) return
    const key = text.slice(at + 1, end - 1)
    at = skip(BLANK, text, end)
    if (text[at] !== ':') return
    at = skip(BLANK, text, at + 1)
    yield { key, at }
    at = afterValue(text, at)
    if (at < 0) return
  }
}

/** Where the list begins that is the whole, or that the whole holds as "data"; null where there is none. */
export function findList(text: string): number | null {
  const start = skip(BLANK, text, 0)
  if (text[start] === '[') return start
  for (const { key, at } of fieldsOf(text)) if (key === 'data' && text[at] === '[') return at
  return null
}

/** The lists that the whole holds: their names, and where they begin. */
export const listsIn = (text: string): ReadonlyMap<string, number> =>
  new Map([...fieldsOf(text)].filter(({ at }) => text[at] === '[').map(({ key, at }) => [key, at]))

/** True for one object after another, whatever the file is called. */
export function isObjectAfterObject(text: string): boolean {
  const at = skip(BLANK, text, 0)
  if (text[at] !== '{') return false
  const end = afterValue(text, at)
  return end >= 0 && text[skip(BLANK, text, end)] === '{'
}

/** Items of the list that begins at `from`. A list that is never closed ends in an item without text. */
export function* listItems(text: string, from: number): Generator<JsonItem> {
  let line = 1
  let counted = 0
  const lineAt = (place: number): number => {
    for (
      let at = text.indexOf('\n', counted);
      at >= 0 && at < place;
      at = text.indexOf('\n', at + 1)
    ) {
      line++
      counted = at + 1
    }
    return line
  }
  for (let at = from + 1; ;) {
    at = skip(BLANK, text, at)
    if (text[at] === ']') return
    const end = at >= text.length ? -1 : Math.max(afterValue(text, at), -1)
    if (end < 0) {
      yield { line: lineAt(at), text: null }
      return
    }
    // A stray sign (a brace too many) is an item of its own, or nothing would move on.
    const after = Math.max(end, at + 1)
    yield { line: lineAt(at), text: text.slice(at, after) }
    at = after
  }
}

/** Lines that are not blank; JSON may hold other line separators as they are. */
export function* jsonLines(text: string): Generator<JsonItem> {
  let line = 1
  for (let at = 0; at < text.length; line++) {
    const end = text.indexOf('\n', at)
    const one = text.slice(at, end < 0 ? text.length : end)
    if (one.trim() !== '') yield { line, text: one }
    at = end < 0 ? text.length : end + 1
  }
}
