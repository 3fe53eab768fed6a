/** Takes a folder into the person's own models. */
import type { Output, Parsed, TaskEvent } from '../../shared/contract.ts'
import { RealignError } from '../../shared/errors.ts'
import { relay } from '../../shared/relay.ts'
import type { Deps } from '../deps.ts'

/** The folder's handle: as asked, else the one chosen in the host's own dialog; null where nobody chose one. */
async function handleOf(
  { hooks }: Pick<Deps, 'hooks'>,
  handle: string | undefined,
): Promise<string | null> {
  if (handle !== undefined) return handle
  if (hooks.pickImages) return (await hooks.pickImages('model'))[0] ?? null
  throw new RealignError('unavailable', 'A page cannot open a folder of this machine', {
    hint: 'Add it from a terminal: realign models add FOLDER',
  })
}

/** Fails with 'unavailable', 'forbidden' for a folder that nobody chose, or with what is wrong with the folder. */
export async function* addModel(
  deps: Deps,
  { handle }: Parsed<'models.add'>,
  signal: AbortSignal,
): AsyncGenerator<TaskEvent<'models.add'>, Output<'models.add'>> {
  const { engine, files } = deps
  if (!engine.adopt)
    throw new RealignError('unavailable', 'Models cannot be added from here', {
      hint: 'Copy the folder into the one that Models names.',
    })
  const chosen = await handleOf(deps, handle)
  if (chosen === null) return { bundle: null }
  const id = yield* relay(engine.adopt(files.folder(chosen), signal), (event) => ({
    kind: 'progress' as const,
    ...event,
  }))
  return { bundle: (await engine.bundles()).find((one) => one.id === id) ?? null }
}
