/** What the operating system says about a file, as words and a next step. */
import { RealignError } from '../shared/errors.ts'

const WORDS: Readonly<Record<string, readonly [reason: string, hint: string]>> = {
  ENOENT: [
    'There is no file at this path, or only a link to one that is gone',
    'Check the path, put the file back where it was, or import it from where it lies now.',
  ],
  ELOOP: [
    'This is a link that leads in a circle or may not be followed',
    'Import its target itself.',
  ],
  EACCES: ['You may not read this file', 'Change its permissions or copy it.'],
  EPERM: ['You may not read this file', 'Change its permissions or copy it.'],
  EISDIR: ['This is a folder', 'Import the folder itself.'],
  ENOTDIR: ['The path leads through something that is no folder', 'Check the path.'],
  ENAMETOOLONG: ['The path is too long for this system', 'Move the file to a shorter path.'],
  ENXIO: ['This is a socket or a device, not a file', 'Import a picture file.'],
  EMFILE: ['Too many files are open', 'Close other programs and try again.'],
  EIO: ['The disk failed while reading', 'Check the disk.'],
}

export const notRegular = (what: string, hint = 'Import a picture file.'): RealignError =>
  new RealignError('image-unreadable', `Not read: ${what}`, { hint })

/** Always 'image-unreadable', unless the error already is one of ours. */
export function fileProblem(error: unknown): RealignError {
  if (error instanceof RealignError) return error
  const code = (error as NodeJS.ErrnoException).code ?? ''
  const [reason, hint] = WORDS[code] ?? [`The file cannot be read (${code || 'unknown'})`, '']
  return new RealignError('image-unreadable', reason, { cause: error, ...(hint && { hint }) })
}
