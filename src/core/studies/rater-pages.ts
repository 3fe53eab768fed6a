/** Rating pages of the host around the core, and task files for raters without a network. */
import type { Output, Parsed } from '../../shared/contract.ts'
import type { RaterPages, TaskFile } from '../../shared/contract/studies.ts'
import { RealignError } from '../../shared/errors.ts'
import type { Deps } from '../deps.ts'
import { picture } from '../images/picture.ts'
import { taskOf } from './study-operations.ts'

/** What the core asks of a host that can serve raters. */
export interface RaterPagesPort {
  state(): Omit<RaterPages, 'available'>
  /** null: this machine alone. Opening again moves them; links keep their tokens. */
  open(address: string | null): Promise<void>
  close(): Promise<void>
  /** `pictures`: data addresses by trial id. */
  taskFile(task: TaskFile, pictures: Readonly<Record<string, string>>): Promise<string>
}

function portOf({ hooks }: Deps): RaterPagesPort {
  if (hooks.raterPages) return hooks.raterPages
  throw new RealignError('unavailable', 'This host has no rating pages', {
    hint: 'Hand over the keyboard, or use `realign study serve` and `realign study task`.',
  })
}

export async function raterPages(
  deps: Deps,
  { action, address }: Parsed<'studies.pages'>,
): Promise<Output<'studies.pages'>> {
  const { raterPages: port } = deps.hooks
  if (action === 'open') await portOf(deps).open(address)
  if (action === 'close') await port?.close()
  if (!port) return { available: false, origin: null, lan: false, addresses: [] }
  return { available: true, ...port.state() }
}

function base64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 0x8000)
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000))
  return btoa(text)
}

/** The file's name tells nothing of the study: it lies on a rater's desk. */
export async function taskFile(
  deps: Deps,
  { studyId, rater }: Parsed<'studies.taskFile'>,
  signal: AbortSignal,
): Promise<Output<'studies.taskFile'>> {
  const port = portOf(deps)
  const { task, pictures } = taskOf(deps, { studyId, rater })
  const inside: Record<string, string> = {}
  for (const { key, captionerId, ...what } of pictures) {
    const asked = { ...what, ...(captionerId !== undefined && { captionerId }) }
    const made = await picture(deps, asked, signal).catch((error: unknown) => {
      // The captioner may be gone by now; whatever people see must be there.
      if (what.size === 'seen' && !signal.aborted) return null
      throw error
    })
    if (made) inside[key] = `data:${made.type};base64,${base64(made.bytes)}`
  }
  return { name: `captions-to-rate-${rater + 1}.html`, html: await port.taskFile(task, inside) }
}
