/** Reads one member of a ZIP file by its central directory; nothing is written to disk. */
import { open, type FileHandle } from 'node:fs/promises'
import { promisify } from 'node:util'
import { inflateRaw } from 'node:zlib'
import { RealignError } from '../shared/errors.ts'

const inflate = promisify(inflateRaw)
const END_LENGTH = 22
const LONGEST_COMMENT = 0xffff
/** A bomb of a file must not take the memory of the machine. */
const MOST_BYTES = 512 * 2 ** 20

const broken = (): RealignError =>
  new RealignError('bad-input', 'This is no ZIP file, or a damaged one', {
    hint: 'Name a file that Realign exported as .xlsx.',
  })

async function bytesAt(handle: FileHandle, at: number, length: number): Promise<Buffer> {
  const { size } = await handle.stat()
  if (at < 0 || length < 0 || at + length > size) throw broken()
  const bytes = Buffer.alloc(length)
  await handle.read(bytes, 0, length, at)
  return bytes
}

async function directory(handle: FileHandle): Promise<Buffer> {
  const { size } = await handle.stat()
  const length = Math.min(size, END_LENGTH + LONGEST_COMMENT)
  const tail = await bytesAt(handle, size - length, length)
  const at = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  if (at < 0 || at + END_LENGTH > tail.length) throw broken()
  return bytesAt(handle, tail.readUInt32LE(at + 16), tail.readUInt32LE(at + 12))
}

async function member(handle: FileHandle, entry: Buffer): Promise<Buffer> {
  const at = entry.readUInt32LE(42)
  const head = await bytesAt(handle, at, 30)
  const start = at + 30 + head.readUInt16LE(26) + head.readUInt16LE(28)
  const packed = await bytesAt(handle, start, entry.readUInt32LE(20))
  if (entry.readUInt16LE(10) === 0) return packed
  return inflate(packed, { maxOutputLength: MOST_BYTES }).catch(() => {
    throw broken()
  })
}

/** Content of the member of that name, or undefined. @throws RealignError bad-input */
export async function readZipMember(file: string, name: string): Promise<Buffer | undefined> {
  const handle = await open(file, 'r')
  try {
    const entries = await directory(handle)
    let at = 0
    while (at + 46 <= entries.length && entries.readUInt32LE(at) === 0x02014b50) {
      const nameLength = entries.readUInt16LE(at + 28)
      const next =
        at + 46 + nameLength + entries.readUInt16LE(at + 30) + entries.readUInt16LE(at + 32)
      if (entries.toString('utf8', at + 46, at + 46 + nameLength) === name)
        return await member(handle, entries.subarray(at, next))
      at = next
    }
    return undefined
  } finally {
    await handle.close()
  }
}
