/** Reads a text file that a person named. */
import { readFile } from 'node:fs/promises'
import { RealignError } from '../shared/errors.ts'
import { systemError } from '../shared/system-error.ts'
import { NO_PLAIN_TEXT, plainText, SAVE_AS_UTF8 } from '../shared/plain-text.ts'

function unread(file: string, cause: unknown): unknown {
  const { code = 'unknown' } = cause as NodeJS.ErrnoException
  const hint = 'Name a text file that you may read.'
  if (code === 'ENOENT')
    return new RealignError('not-found', `There is no file ${file}`, { cause, hint })
  const told = systemError(cause, file)
  if (told instanceof RealignError) return told
  return new RealignError('bad-input', `${file} cannot be read (${code})`, { cause, hint })
}

/** @throws RealignError not-found, bad-input */
export async function readText(file: string): Promise<string> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw unread(file, cause)
  })
  const text = plainText(bytes)
  if (text !== null) return text
  throw new RealignError('bad-input', `${file} cannot be read: ${NO_PLAIN_TEXT}`, {
    hint: SAVE_AS_UTF8,
  })
}
