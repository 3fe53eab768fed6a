/** Makes a folder and those above it, or says why there can be none. */
import { mkdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { RealignError } from '../shared/errors.ts'
import { systemError } from '../shared/system-error.ts'

const isFolder = (place: string): Promise<boolean> =>
  stat(place).then(
    (facts) => facts.isDirectory(),
    () => false,
  )

/** Node's own recursive mkdir tries for ever where a folder stands and takes no folder, as /proc. */
async function make(folder: string, parentStands = false): Promise<void> {
  try {
    await mkdir(folder)
  } catch (error) {
    if (await isFolder(folder)) return
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'ENOENT') throw systemError(error, folder)
    const parent = path.dirname(folder)
    if (parentStands || parent === folder)
      throw new RealignError('bad-input', `No folder can be made here: ${folder}`, {
        cause: error,
        hint: 'Name another place.',
      })
    await make(parent)
    await make(folder, true)
  }
}

/** @throws RealignError bad-input, store-full */
export const makeFolder = (folder: string): Promise<void> => make(path.resolve(folder))
