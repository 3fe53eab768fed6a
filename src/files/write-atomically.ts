/** Files appear whole or not at all: written beside their place, forced to disk, then renamed. */
import { randomUUID } from 'node:crypto'
import { open, readdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { RealignError, throwIfAborted } from '../shared/errors.ts'
import { systemError } from '../shared/system-error.ts'
import { makeFolder } from './make-folder.ts'

/** `.NAME.PID.RANDOM.realign-part`; the process id tells leftovers of the dead from work of the living. */
const PART = /^\.(.+)\.(\d+)\.[0-9a-f-]{36}\.realign-part$/s

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' // it lives, it is only not ours
  }
}

/** Parts of this very file that a killed process left behind. */
async function removeLeftovers(folder: string, name: string): Promise<void> {
  for (const entry of await readdir(folder)) {
    const [, of, pid] = PART.exec(entry) ?? []
    if (of === name && !isRunning(Number(pid))) await rm(path.join(folder, entry), { force: true })
  }
}

const toDisk = async (file: string): Promise<void> => {
  const handle = await open(file, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** A rename is on disk when its folder is; not every system lets folders be synchronised. */
const folderToDisk = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r').catch(() => null)
  await handle?.sync().catch(() => undefined)
  await handle?.close()
}

/**
 * Calls `write` with the path of a new empty file in the target's folder; when it returns, that file takes the
 * target's place in one step. When it fails, the process dies or `signal` aborts, the old file stays.
 * @throws RealignError bad-input (no such folder, not allowed), store-full, cancelled
 */
export async function writeAtomically(
  target: string,
  write: (part: string) => Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  const { dir, base } = path.parse(path.resolve(target))
  const part = path.join(dir, `.${base}.${process.pid}.${randomUUID()}.realign-part`)
  try {
    await removeLeftovers(dir, base)
    await (await open(part, 'wx')).close()
    await write(part)
    await toDisk(part)
    throwIfAborted(signal)
    await rename(part, target)
    await folderToDisk(dir)
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined)
    throw explained(error, target)
  }
}

/** Exports, whatever their format, go into a folder that is made when it is missing. */
export const makeFolderOf = (target: string): Promise<void> =>
  makeFolder(path.dirname(path.resolve(target)))

/** Whole small files (a picture, a page) by the same rule; the folder is made when missing. */
export async function writeWhole(target: string, content: string | Uint8Array): Promise<void> {
  await makeFolderOf(target)
  await writeAtomically(target, async (part) => {
    const handle = await open(part, 'w')
    try {
      await handle.writeFile(content)
    } finally {
      await handle.close()
    }
  })
}

/** In the words of every other path; a folder that is missing is wrong use here, where it is named to write into. */
function explained(error: unknown, target: string): unknown {
  const told = systemError(error, target)
  if (!(told instanceof RealignError) || told === error) return told
  const { message, hint = '' } = told
  const untouched = told.code === 'store-full' ? ' What stood there before is untouched.' : ''
  return new RealignError(told.code === 'not-found' ? 'bad-input' : told.code, message, {
    cause: error,
    hint: hint + untouched,
  })
}
