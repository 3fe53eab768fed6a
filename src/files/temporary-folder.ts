/** A folder of our own among the system's temporary ones, or why there can be none. */
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { RealignError } from '../shared/errors.ts'
import { systemError } from '../shared/system-error.ts'

/** @throws RealignError unavailable, store-full */
export async function temporaryFolder(prefix: string): Promise<string> {
  const among = tmpdir()
  try {
    return await mkdtemp(path.join(among, prefix))
  } catch (cause) {
    const told = systemError(cause, among)
    if (!(told instanceof RealignError) || told.code === 'store-full') throw told
    throw new RealignError('unavailable', `No temporary folder can be made in ${among}`, {
      hint: 'Set TMPDIR (on Windows TEMP) to a folder where you may write.',
      cause,
    })
  }
}
