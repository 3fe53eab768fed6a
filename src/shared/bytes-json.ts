/** JSON that also carries bytes: a Uint8Array travels as {"$bytes": base64}. Used by the HTTP host and its client. */
const KEY = '$bytes'
/** String.fromCharCode takes its arguments on the stack; this many are safe everywhere. */
const CHUNK = 0x8000

export function toBase64(bytes: Uint8Array): string {
  let binary = ''
  for (let at = 0; at < bytes.length; at += CHUNK)
    binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK))
  return btoa(binary)
}

function fromBase64(text: string): Uint8Array {
  const binary = atob(text)
  const bytes = new Uint8Array(binary.length)
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at)
  return bytes
}

/** `undefined` becomes null, so that a call without an answer still is one JSON value. */
export function stringifyWithBytes(value: unknown): string {
  return JSON.stringify(value ?? null, function (this: Record<string, unknown>, key, inner) {
    // Read from the holder: a Node Buffer has a toJSON of its own, already applied to `inner`.
    const original = this[key]
    return original instanceof Uint8Array ? { [KEY]: toBase64(original) } : (inner as unknown)
  })
}

/** Throws SyntaxError on text that is not JSON. An object is bytes only when `$bytes` is its single key. */
export function parseWithBytes(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown) => {
    if (typeof value !== 'object' || value === null) return value
    const bytes = (value as Record<string, unknown>)[KEY]
    return typeof bytes === 'string' && Object.keys(value).length === 1 ? fromBase64(bytes) : value
  })
}
