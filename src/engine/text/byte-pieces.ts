/** Byte-level BPE writes every byte as one printable character (GPT-2's table); this turns pieces back to bytes. */

/** Printable Latin-1 stands for itself, the other bytes for 256, 257, ... in order. */
const byteOf: ReadonlyMap<number, number> = (() => {
  const plain = (byte: number): boolean =>
    (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae
  const table = new Map<number, number>()
  let next = 256
  for (let byte = 0; byte < 256; byte++) table.set(plain(byte) ? byte : next++, byte)
  return table
})()

const encoder = new TextEncoder()

/** Bytes of one piece. A piece that is no byte-level text (a special token) stands for its own letters. */
export function pieceBytes(piece: string): Uint8Array {
  const bytes: number[] = []
  for (const char of piece) {
    const byte = byteOf.get(char.codePointAt(0) ?? -1)
    if (byte === undefined) return encoder.encode(piece)
    bytes.push(byte)
  }
  return Uint8Array.from(bytes)
}
