/** Asks the host's own dialog for pictures; tables among them come read, as the page reads those that are dropped. */
import { isTableName } from '../../shared/tables.ts'
import type { Output } from '../../shared/contract.ts'
import { RealignError, throwIfAborted, toWire } from '../../shared/errors.ts'
import type { Deps } from '../deps.ts'

type Picked = Output<'host.pickImages'>

async function readTable(
  { files }: Deps,
  { name, path }: { readonly name: string; readonly path: string },
  signal: AbortSignal,
): Promise<Picked['tables'][number]> {
  try {
    const { bytes } = await files.read(path, signal)
    return { name, bytes: new Uint8Array(bytes) }
  } catch (error) {
    throwIfAborted(signal)
    throw new RealignError('bad-input', `${name} cannot be read: ${toWire(error).message}`, {
      hint: 'Check that it is still there and that you may read it, then add it again.',
      cause: error,
    })
  }
}

/** A host without a dialog says so. */
export async function pickImages(
  deps: Deps,
  what: 'files' | 'folder',
  signal: AbortSignal,
): Promise<Picked> {
  const { hooks, files } = deps
  if (!hooks.pickImages) return { handles: [], tables: [], available: false }
  const handles: string[] = []
  const tables: Picked['tables'] = []
  for (const handle of await hooks.pickImages(what)) {
    const first = what === 'files' ? await files.list(handle, signal).next() : null
    const found = first?.done === false ? first.value : null
    if (found?.kind === 'file' && isTableName(found.name))
      tables.push(await readTable(deps, found, signal))
    else handles.push(handle)
  }
  return { handles, tables, available: true }
}
