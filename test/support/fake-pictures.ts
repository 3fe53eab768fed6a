/** Tells pictures from other bytes by their first letters and makes no copies: tests need no native decoder. */
import type { PictureReader } from '../../src/core/ports.ts'
import { RealignError } from '../../src/shared/errors.ts'

const MAGIC: readonly (readonly [format: string, first: string])[] = [
  ['fake', 'FAKE'],
  ['png', '\x89PNG'],
  ['jpeg', '\xff\xd8\xff'],
  ['gif', 'GIF8'],
  ['webp', 'RIFF'],
]

export function createFakePictures(): PictureReader {
  return {
    async inspect(bytes) {
      const head = Buffer.from(bytes.subarray(0, 8)).toString('latin1')
      const format = MAGIC.find(([, first]) => head.startsWith(first))?.[0]
      if (format === undefined)
        throw new RealignError('image-unreadable', 'This is not a picture', {
          hint: 'Import JPEG, PNG, WebP or GIF files.',
        })
      if (Buffer.from(bytes).includes('BROKEN'))
        throw new RealignError('image-unreadable', 'The picture is damaged')
      return { width: 64, height: 48, format, notes: [], thumbnail: bytes.slice() }
    },
    display: (bytes) => Promise.resolve(bytes),
    png: (bytes) => Promise.resolve(bytes),
  }
}
