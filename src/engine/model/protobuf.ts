/** Reads the wire format of protocol buffers, just enough to look inside an ONNX file without running it. */

/** One field of a message: varints as numbers, nested messages and strings as bytes. */
export interface Field {
  readonly number: number
  readonly bytes: Uint8Array | null
  readonly value: number
}

function varint(data: Uint8Array, at: number): readonly [value: number, next: number] {
  let value = 0
  for (let shift = 0; shift < 70; shift += 7) {
    const byte = data[at++]
    if (byte === undefined) break
    value += (byte & 0x7f) * 2 ** shift
    if (byte < 0x80) return [value, at]
  }
  throw new RangeError('cut or over-long number')
}

/** Fields in file order. @throws RangeError where the bytes are no message */
export function* fieldsOf(data: Uint8Array): Generator<Field> {
  let at = 0
  while (at < data.length) {
    const [key, afterKey] = varint(data, at)
    const number = Math.floor(key / 8)
    const kind = key % 8
    if (kind === 0) {
      const [value, next] = varint(data, afterKey)
      at = next
      yield { number, bytes: null, value }
    } else if (kind === 2) {
      const [size, start] = varint(data, afterKey)
      if (start + size > data.length) throw new RangeError('a field is longer than the file')
      at = start + size
      yield { number, bytes: data.subarray(start, at), value: 0 }
    } else if (kind === 1 || kind === 5) {
      at = afterKey + (kind === 1 ? 8 : 4)
      if (at > data.length) throw new RangeError('a number is cut off')
    } else throw new RangeError(`unknown wire type ${kind}`)
  }
}
