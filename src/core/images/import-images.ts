/**
 * Brings pictures in: every file ends in exactly one of added, duplicate, refused with its reason, or passed over,
 * where it lies in a folder and is plainly no picture.
 */
import type { Output, Parsed, TaskEvent } from '../../shared/contract.ts'
import { isCancelled, throwIfAborted, toWire } from '../../shared/errors.ts'
import type { Deps } from '../deps.ts'
import { inOrder } from './in-order.ts'
import type { FoundFile } from '../ports.ts'
import { readPicture, type Found } from './read-picture.ts'

type Source = Parsed<'images.import'>['sources'][number]

type PassedOver = Extract<FoundFile, { kind: 'passed-over' }>

/** Pictures read and sent at once: the decoder's four threads never wait, and memory stays bounded. */
const AT_ONCE = 8

async function* findFiles(
  deps: Deps,
  sources: readonly Source[],
  signal: AbortSignal,
): AsyncGenerator<Found | PassedOver> {
  for (const source of sources) {
    throwIfAborted(signal)
    if (source.kind === 'bytes') yield source
    else
      try {
        yield* deps.files.list(source.handle, signal)
      } catch (error) {
        if (signal.aborted || isCancelled(error)) throw error
        yield { kind: 'refused', name: source.handle, error }
      }
  }
}

/**
 * Originals are read and never touched. Cancelling keeps what was added; a full disk ends the import with
 * its own error; anything wrong with one file is that file's refusal.
 */
export async function* importImages(
  deps: Deps,
  { sources, group }: Parsed<'images.import'>,
  signal: AbortSignal,
): AsyncGenerator<TaskEvent<'images.import'>, Output<'images.import'>> {
  const found: Found[] = []
  const output: Output<'images.import'> = { added: [], duplicates: [], refused: [], passedOver: [] }
  for await (const file of findFiles(deps, sources, signal)) {
    if (file.kind === 'passed-over') output.passedOver.push(file.name)
    else found.push(file)
  }
  const total = found.length
  let done = 0
  const read = (file: Found) => readPicture(deps, { file, group: group ?? null }, signal)
  for await (const { item, result } of inOrder(found, AT_ONCE, read)) {
    throwIfAborted(signal)
    if (result.status === 'fulfilled') {
      const { id, name } = result.value
      if (deps.store.images.add(result.value) === 'added') output.added.push(id)
      else output.duplicates.push({ name, imageId: id })
    } else {
      if (isCancelled(result.reason)) throw result.reason
      const { code, message, hint = null } = toWire(result.reason)
      output.refused.push({ name: item.name, code, reason: message, hint })
    }
    done++
    yield { kind: 'progress', done, total, name: item.name, fraction: done / total }
  }
  return output
}
