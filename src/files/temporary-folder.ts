/** A folder of our own among the system's temporary ones, or why there can be none. */
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { temporaryError } from '../shared/system-error.ts'

/** @throws RealignError unavailable, store-full */
export const temporaryFolder = (prefix: string): Promise<string> =>
  mkdtemp(path.join(tmpdir(), prefix)).catch((error: unknown) => {
    throw temporaryError(error, tmpdir())
  })
