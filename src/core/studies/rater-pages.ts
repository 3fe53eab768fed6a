/** Rating pages of the host around the core, and task files for raters without a network. */
import { toBase64 } from '../../shared/bytes-json.ts'
import type { Output, Parsed } from '../../shared/contract.ts'
import type { RaterPages, TaskFile } from '../../shared/contract/studies.ts'
import { RealignError, toWire } from '../../shared/errors.ts'
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

/** The file's name tells nothing of the study: it lies on a rater's desk. */
export async function taskFile(
  deps: Deps,
  { studyId, rater }: Parsed<'studies.taskFile'>,
  signal: AbortSignal,
): Promise<Output<'studies.taskFile'>> {
  const port = portOf(deps)
  const { task, pictures } = taskOf(deps, { studyId, rater })
  const inside: Record<string, string> = {}
  const warnings: string[] = []
  for (const { key, captionerId, ...what } of pictures) {
    const asked = { ...what, ...(captionerId !== undefined && { captionerId }) }
    const made = await picture(deps, asked, signal).catch((error: unknown) => {
      // The captioner may be gone by now; whatever people see must be there.
      if (what.size !== 'seen' || signal.aborted) throw error
      warnings.push(`one picture has no model view: ${toWire(error).message}`)
      return null
    })
    if (made) inside[key] = `data:${made.type};base64,${toBase64(made.bytes)}`
  }
  const html = await port.taskFile(task, inside)
  return { name: `captions-to-rate-${rater + 1}.html`, html, warnings }
}
