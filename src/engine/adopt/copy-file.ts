/** Copies a file into a bundle that is being made, and says what was copied. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import path from 'node:path'
import { cancelled, RealignError, throwIfAborted } from '../../shared/errors.ts'
import type { BundleFile } from '../../shared/manifest.ts'

const CHUNK_BYTES = 4 * 2 ** 20

const isFileError = (error: unknown): error is Error & { readonly code: string } =>
  error instanceof Error && 'syscall' in error && 'code' in error

/** What a file system says, in words; cancelled stays cancelled, and what is no file's fault as it is. */
export function copyProblem(error: unknown, name: string, signal: AbortSignal): unknown {
  if (signal.aborted) return cancelled()
  if (!isFileError(error)) return error
  const { code } = error
  if (code === 'ENOSPC')
    return new RealignError('store-full', `There is no room on the disk for ${name}`, {
      hint: 'Make room where the models lie, and add it again.',
      cause: error,
    })
  return new RealignError('bad-input', `${name} could not be copied (${code})`, {
    hint: 'Check that you may read it, and may write where the models lie.',
    cause: error,
  })
}

/** Yields the bytes of every piece. Size and hash are those of what was written. */
export async function* copyFile(
  from: string,
  to: string,
  signal: AbortSignal,
): AsyncGenerator<number, BundleFile> {
  const hash = createHash('sha256')
  const name = path.basename(to)
  let bytes = 0
  try {
    const target = await open(to, 'wx')
    try {
      for await (const piece of createReadStream(from, { highWaterMark: CHUNK_BYTES })) {
        throwIfAborted(signal)
        const chunk = piece as Buffer // no encoding was asked for
        hash.update(chunk)
        await target.writeFile(chunk)
        bytes += chunk.length
        yield chunk.length
      }
      await target.sync()
    } finally {
      await target.close()
    }
  } catch (error) {
    throw copyProblem(error, name, signal)
  }
  return { path: name, bytes, sha256: hash.digest('hex') }
}
