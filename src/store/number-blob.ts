/** Token ids and log-probabilities as little-endian bytes, the same on every machine. */

export function toInt32Blob(numbers: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(numbers.length * 4))
  numbers.forEach((value, index) => view.setInt32(index * 4, value, true))
  return new Uint8Array(view.buffer)
}

export function toFloat64Blob(numbers: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(numbers.length * 8))
  numbers.forEach((value, index) => view.setFloat64(index * 8, value, true))
  return new Uint8Array(view.buffer)
}

const viewOf = (blob: Uint8Array): DataView =>
  new DataView(blob.buffer, blob.byteOffset, blob.byteLength)

export function fromInt32Blob(blob: Uint8Array): number[] {
  const view = viewOf(blob)
  return Array.from({ length: blob.byteLength >> 2 }, (_, index) => view.getInt32(index * 4, true))
}

export function fromFloat64Blob(blob: Uint8Array): number[] {
  const view = viewOf(blob)
  return Array.from({ length: blob.byteLength >> 3 }, (_, index) =>
    view.getFloat64(index * 8, true),
  )
}
