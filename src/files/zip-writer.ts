/** A ZIP archive written in one pass: each member streams through deflate, sizes follow it. */
import { open, type FileHandle } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { constants, crc32, createDeflateRaw } from 'node:zlib'
import { RealignError } from '../shared/errors.ts'

export interface ZipMember {
  readonly name: string
  readonly content: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>
}

interface Written {
  readonly name: Buffer
  readonly at: number
  readonly crc: number
  readonly packed: number
  readonly size: number
}

const LIMIT = 0xffff_ffff
/** Sizes come after the data (bit 3), names are UTF-8 (bit 11). */
const FLAGS = 0x0808
const DEFLATE = 8
/** 1980-01-01: the same rows make the same file. */
const DATE = 0x0021

function localHeader(name: Buffer): Buffer {
  const header = Buffer.alloc(30)
  header.writeUInt32LE(0x04034b50, 0)
  header.writeUInt16LE(20, 4)
  header.writeUInt16LE(FLAGS, 6)
  header.writeUInt16LE(DEFLATE, 8)
  header.writeUInt16LE(DATE, 12)
  header.writeUInt16LE(name.length, 26)
  return Buffer.concat([header, name])
}

function sizes({ crc, packed, size }: Omit<Written, 'name' | 'at'>): Buffer {
  const descriptor = Buffer.alloc(16)
  descriptor.writeUInt32LE(0x08074b50, 0)
  descriptor.writeUInt32LE(crc, 4)
  descriptor.writeUInt32LE(packed, 8)
  descriptor.writeUInt32LE(size, 12)
  return descriptor
}

function directoryEntry({ name, at, crc, packed, size }: Written): Buffer {
  const entry = Buffer.alloc(46)
  entry.writeUInt32LE(0x02014b50, 0)
  entry.writeUInt16LE(20, 4)
  entry.writeUInt16LE(20, 6)
  entry.writeUInt16LE(FLAGS, 8)
  entry.writeUInt16LE(DEFLATE, 10)
  entry.writeUInt16LE(DATE, 14)
  entry.writeUInt32LE(crc, 16)
  entry.writeUInt32LE(packed, 20)
  entry.writeUInt32LE(size, 24)
  entry.writeUInt16LE(name.length, 28)
  entry.writeUInt32LE(at, 42)
  return Buffer.concat([entry, name])
}

function directoryEnd(count: number, length: number, at: number): Buffer {
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(count, 8)
  end.writeUInt16LE(count, 10)
  end.writeUInt32LE(length, 12)
  end.writeUInt32LE(at, 16)
  return end
}

/** Small pieces are gathered first: deflate works on buffers, and calls cost. */
async function* gathered(content: ZipMember['content']): AsyncGenerator<Buffer> {
  let waiting = ''
  for await (const piece of content) {
    if (typeof piece !== 'string') {
      yield Buffer.from(waiting)
      yield Buffer.from(piece)
      waiting = ''
      continue
    }
    waiting += piece
    if (waiting.length < 64 * 1024) continue
    yield Buffer.from(waiting)
    waiting = ''
  }
  yield Buffer.from(waiting)
}

async function writeMember(handle: FileHandle, { name, content }: ZipMember, at: number) {
  const head = localHeader(Buffer.from(name))
  await handle.writeFile(head)
  let crc = 0
  let size = 0
  let packed = 0
  await pipeline(
    async function* () {
      for await (const piece of gathered(content)) {
        crc = crc32(piece, crc)
        size += piece.length
        yield piece
      }
    },
    createDeflateRaw({ level: constants.Z_BEST_SPEED }),
    async (pieces: AsyncIterable<Buffer>) => {
      for await (const piece of pieces) {
        packed += piece.length
        await handle.writeFile(piece)
      }
    },
  )
  if (size > LIMIT || at + packed > LIMIT)
    throw new RealignError('bad-input', 'This table is too large for one spreadsheet file', {
      hint: 'Export it as Parquet, JSON lines or CSV.',
    })
  const tail = sizes({ crc, packed, size })
  await handle.writeFile(tail)
  const written: Written = { name: Buffer.from(name), at, crc, packed, size }
  return { written, end: at + head.length + packed + tail.length }
}

/** Members in order; each is read only when its turn comes. */
export async function writeZip(file: string, members: Iterable<ZipMember>): Promise<void> {
  const handle = await open(file, 'w')
  try {
    const all: Written[] = []
    let at = 0
    for (const member of members) {
      const { written, end } = await writeMember(handle, member, at)
      all.push(written)
      at = end
    }
    const directory = Buffer.concat(all.map(directoryEntry))
    await handle.writeFile(directory)
    await handle.writeFile(directoryEnd(all.length, directory.length, at))
  } finally {
    await handle.close()
  }
}
