/** What the operating system refused of a path that a person typed, in words: no bug, so no stack. */
import { RealignError, type ErrorCode } from './errors.ts'

const WORDS: Readonly<Record<string, readonly [code: ErrorCode, reason: string, hint: string]>> = {
  ENOENT: [
    'not-found',
    'There is no such file or folder',
    'Make the folder first, or name another.',
  ],
  EACCES: ['bad-input', 'You may not read or write here', 'Name another place.'],
  EPERM: ['bad-input', 'You may not read or write here', 'Name another place.'],
  EROFS: ['bad-input', 'This disk is read-only', 'Name another place.'],
  EEXIST: ['bad-input', 'A file stands in the way of a folder', 'Name another place.'],
  ENOTDIR: ['bad-input', 'Part of this path is a file, not a folder', 'Name another place.'],
  ELOOP: ['bad-input', 'A link leads in a circle', 'Name another place.'],
  EISDIR: ['bad-input', 'This is a folder, not a file', 'Name a file.'],
  ENAMETOOLONG: ['bad-input', 'The name is too long', 'Choose a shorter one.'],
  ENOSPC: ['store-full', 'The disk is full', 'Free some space and try again.'],
  EDQUOT: ['store-full', 'Your share of the disk is full', 'Free some space and try again.'],
}

/** The system's own error, as Node hands it on. */
interface FromSystem extends Error {
  readonly code?: string
  readonly path?: string
  readonly dest?: string
}

/**
 * A RealignError for what the system says of a path; anything else as it is. `place`: what the person named, where
 * the path of the error is one of ours beside it.
 */
export function systemError(error: unknown, place?: string): unknown {
  if (!(error instanceof Error) || error instanceof RealignError) return error
  const { code = '', path, dest }: FromSystem = error
  const words = WORDS[code]
  if (!words) return error
  const [kind, reason, hint] = words
  const where = place ?? dest ?? path // of a copy, the place that it goes to
  if (where === undefined && kind !== 'store-full') return error // a write names none
  return new RealignError(kind, where === undefined ? reason : `${reason}: ${where}`, {
    cause: error,
    hint,
  })
}

/** Why no folder can be made among the system's temporary ones, which nobody named. */
export function temporaryError(error: unknown, among: string): unknown {
  const told = systemError(error, among)
  if (!(told instanceof RealignError) || told.code === 'store-full') return told
  return new RealignError('unavailable', `No temporary folder can be made in ${among}`, {
    cause: error,
    hint: 'Set TMPDIR (on Windows TEMP) to a folder where you may write.',
  })
}
