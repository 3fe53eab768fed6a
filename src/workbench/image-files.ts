/** The only place that opens a person's picture files: regular files, read whole, never written. */
import { constants } from 'node:fs'
import { lstat, open, readdir, realpath, stat, type FileHandle } from 'node:fs/promises'
import path from 'node:path'
import type { FileContent, FoundFile, ImageFiles } from '../core/ports.ts'
import { TRUTH_FILE, truthsIn, type KnownTruth } from '../core/probes/truth-lines.ts'
import { isNoPicture, mayBePassedOver } from '../shared/no-picture.ts'
import { cancelled, RealignError, throwIfAborted } from '../shared/errors.ts'
import { HEAD_BYTES } from '../shared/picture-format.ts'
import { NO_PLAIN_TEXT, plainText } from '../shared/plain-text.ts'
import { isWorkspaceName } from '../shared/workspace-name.ts'
import { fileProblem, notRegular } from './file-problems.ts'
import { sidecarOf } from './sidecar.ts'

/** Larger files are no photographs (FAULTS 3.1). */
export const MAX_FILE_BYTES = 200 * 1024 * 1024

export interface ImageFilesOptions {
  /** The path behind a handle, or undefined for one that the host did not give out. */
  readonly resolveHandle: (handle: string) => string | undefined
  readonly workspaceFile: string
}

const refused = (name: string, error: RealignError): FoundFile => ({ kind: 'refused', name, error })

/** True when `inner` is `outer` or lies below it; both are real paths. */
export function isWithin(outer: string, inner: string): boolean {
  const way = path.relative(outer, inner)
  return way === '' || (!path.isAbsolute(way) && way.split(path.sep)[0] !== '..')
}

/** A link below a picked folder is followed only to a regular file inside that folder. */
async function followLink(root: string, link: string, name: string): Promise<FoundFile> {
  try {
    const target = await realpath(link)
    if (!isWithin(root, target))
      return refused(name, notRegular('link leads out of the folder', 'Import its target itself.'))
    const facts = await stat(target)
    if (facts.isFile()) return { kind: 'file', name, path: target }
    return refused(name, notRegular('link leads to no regular file'))
  } catch (error) {
    return refused(name, fileProblem(error))
  }
}

const exists = (file: string): Promise<boolean> =>
  lstat(file).then(
    () => true,
    () => false,
  )

const NO_TRUTHS: ReadonlyMap<string, KnownTruth> = new Map()

/** Of a hundred thousand drawings it has about 100 MB. What cannot be read is listed as the file it is. */
async function readTruths(file: string): Promise<ReadonlyMap<string, KnownTruth>> {
  const bytes = await readRegular(file, MAX_FILE_BYTES).catch(() => null)
  const text = bytes && plainText(bytes)
  return text === null ? NO_TRUTHS : truthsIn(text)
}

interface Place {
  readonly root: string
  /** Names in lists begin with it. */
  readonly prefix: string
  readonly workspaceFile: string
}

/** What cannot be opened stays, and is refused with its reason when it is read. */
async function passOver(found: FoundFile, workspaceFile: string): Promise<FoundFile> {
  if (found.kind !== 'file' || !mayBePassedOver(found.name)) return found
  const none = await refuseWorkspace(found.path, workspaceFile)
    .then(() => isPlainlyNone(found.path))
    .catch(() => false)
  return none ? { kind: 'passed-over', name: found.name } : found
}

async function* walk(
  folder: string,
  { root, prefix, workspaceFile }: Place,
  signal: AbortSignal,
): AsyncGenerator<FoundFile, void> {
  throwIfAborted(signal)
  let entries
  try {
    entries = await readdir(folder, { withFileTypes: true })
  } catch (error) {
    yield refused(prefix === '' ? path.basename(folder) : prefix, fileProblem(error))
    return
  }
  // What the system keeps for itself (.DS_Store, ._x.jpg, .thumbnails) is hidden from its owner too.
  entries = entries.filter(({ name }) => !name.startsWith('.'))
  entries.sort((a, b) => (a.name < b.name ? -1 : 1))
  const files = entries.filter((entry) => !entry.isDirectory())
  const names = new Set(files.map((entry) => entry.name))
  const truths = names.has(TRUTH_FILE) ? await readTruths(path.join(folder, TRUTH_FILE)) : NO_TRUTHS
  for (const entry of entries) {
    const name = prefix + entry.name
    const full = path.join(folder, entry.name)
    if (entry.name.includes('\ufffd') && !(await exists(full)))
      yield refused(name, notRegular('its name is no valid text', 'Rename the file.'))
    else if (entry.isDirectory())
      yield* walk(full, { root, prefix: `${name}/`, workspaceFile }, signal)
    else if (entry.isSymbolicLink())
      yield await passOver(await followLink(root, full, name), workspaceFile)
    else if (!entry.isFile()) yield refused(name, notRegular('neither a file nor a folder'))
    else if (sidecarOf(entry.name, names) || (entry.name === TRUTH_FILE && truths.size > 0))
      continue // read with its picture
    else if (isWorkspaceName(entry.name))
      continue // ours, and no picture that somebody hoped for
    else {
      const known = truths.get(entry.name)
      yield await passOver(
        { kind: 'file', name, path: full, ...(known && { known }) },
        workspaceFile,
      )
    }
  }
}

/** O_NONBLOCK: opening a pipe must not wait for a writer; the check after opening then refuses it. */
async function withRegular<T>(
  file: string,
  work: (handle: FileHandle, size: number) => Promise<T>,
): Promise<T> {
  if (!(await lstat(file)).isFile()) throw notRegular('not a regular file')
  const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW)
  try {
    const facts = await handle.stat()
    if (!facts.isFile()) throw notRegular('not a regular file')
    return await work(handle, facts.size)
  } finally {
    await handle.close()
  }
}

/** By its size or its first bytes. */
const isPlainlyNone = (file: string): Promise<boolean> =>
  withRegular(file, async (handle, size) => {
    if (size === 0 || size > MAX_FILE_BYTES) return true
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    return isNoPicture(buffer.subarray(0, bytesRead))
  })

const readRegular = (file: string, limit: number, signal?: AbortSignal): Promise<Uint8Array> =>
  withRegular(file, async (handle, size) => {
    if (size === 0)
      throw new RealignError('image-unreadable', 'The file is empty', {
        hint: 'Copy it again from where it came from.',
      })
    if (size > limit)
      throw new RealignError(
        'image-unreadable',
        `The file is too large (${Math.round(size / 1048576)} MB; at most ${limit / 1048576} MB)`,
        { hint: 'Save a smaller copy of the picture and import that.' },
      )
    return await handle.readFile({ signal })
  })

/** Whatever is wrong with a sidecar, the picture itself comes in. */
async function readSidecar(picture: string): Promise<FileContent['sidecar']> {
  const { dir, name } = path.parse(picture)
  const file = path.join(dir, `${name}.txt`)
  if (file === picture) return null // a picture that is called .txt is no alt-text
  try {
    // An alt-text of more than 1 MB is no alt-text; the core cuts what is left at its own limit.
    const text = plainText(await readRegular(file, 1024 * 1024))
    return text === null ? { leftOut: NO_PLAIN_TEXT } : { text }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return code === 'ENOENT' ? null : { leftOut: fileProblem(error).message }
  }
}

/**
 * Never to be opened: POSIX takes a file's locks from a process that closes it anywhere, and with the lock gone a
 * second program could write into the workspace.
 */
async function refuseWorkspace(file: string, workspaceFile: string): Promise<void> {
  const [facts, ours] = await Promise.all(
    [file, workspaceFile].map((one) => stat(one, { bigint: true }).catch(() => null)),
  )
  if (facts && ours && facts.ino === ours.ino && facts.dev === ours.dev)
    throw notRegular('this is the open workspace')
}

export function createImageFiles({ resolveHandle, workspaceFile }: ImageFilesOptions): ImageFiles {
  const pathOf = (handle: string): string => {
    const given = resolveHandle(handle)
    if (given !== undefined) return given
    throw new RealignError('forbidden', 'This file was not chosen in a dialog of the workbench', {
      hint: 'Choose the files again.',
    })
  }
  return {
    folder: pathOf,
    async *list(handle, signal) {
      const given = pathOf(handle)
      const name = path.basename(given)
      let root
      let facts
      try {
        root = await realpath(given) // the person chose this very path: a link here is meant
        facts = await stat(root)
      } catch (error) {
        yield refused(name, fileProblem(error))
        return
      }
      if (facts.isDirectory()) yield* walk(root, { root, prefix: '', workspaceFile }, signal)
      else if (facts.isFile()) yield { kind: 'file', name, path: root }
      else yield refused(name, notRegular('neither a file nor a folder'))
    },
    async read(file, signal): Promise<FileContent> {
      try {
        await refuseWorkspace(file, workspaceFile)
        const bytes = await readRegular(file, MAX_FILE_BYTES, signal)
        return { bytes, sidecar: await readSidecar(file) }
      } catch (error) {
        if (signal?.aborted) throw cancelled()
        throw fileProblem(error)
      }
    },
  }
}
