/** Fills a new workspace with a sample in the background, once, picking up where a killed start left off. */
import type { Deps } from '../core/deps.ts'
import { timestamp } from '../core/deps.ts'
import type { Client } from '../shared/contract.ts'
import { throwIfAborted } from '../shared/errors.ts'
import type { AltText } from '../shared/types.ts'

export interface SamplePicture {
  readonly name: string
  readonly bytes: Uint8Array
  readonly className?: string
  readonly group?: string
  readonly altTexts?: readonly Omit<AltText, 'source'>[]
  /** What the picture truly shows, as the researcher reads it. */
  readonly truth?: string
}

export interface SampleTools {
  /** Adds one picture (again: a no-op) and answers with its id. */
  add(picture: SamplePicture): Promise<string>
  /** Runs the sample's first comparison, or whatever else it wants to have ready. */
  readonly client: Client
  readonly signal: AbortSignal
}

export type PrepareSample = (tools: SampleTools) => Promise<void>

const SETTING = 'sample'

async function add(deps: Deps, picture: SamplePicture, signal: AbortSignal): Promise<string> {
  throwIfAborted(signal)
  const { name, bytes, className = null, group = null, truth = null } = picture
  const facts = await deps.pictures.inspect(bytes, name, signal)
  const id = deps.sha256(bytes)
  const said = (picture.altTexts ?? []).map((one) => ({ ...one, source: 'sample' }))
  const named = className === null ? [] : [{ kind: 'class-name' as const, text: className }]
  deps.store.images.add({
    id,
    name,
    sourcePath: null,
    bytes,
    sizeBytes: bytes.byteLength,
    className,
    group,
    truth,
    altTexts: [...named.map((one) => ({ ...one, source: 'sample' })), ...said],
    addedAt: timestamp(deps),
    ...facts,
  })
  return id
}

/** True when this workspace never held an image, or when its sample was begun and not finished. */
export function wantsSample({ store }: Pick<Deps, 'store'>): boolean {
  const state = store.setting(SETTING)
  return state === 'begun' || (state === undefined && store.images.isEmpty())
}

export async function makeSample(
  deps: Deps,
  prepare: PrepareSample,
  { client, signal }: Pick<SampleTools, 'client' | 'signal'>,
): Promise<void> {
  deps.store.setSetting(SETTING, 'begun')
  await prepare({ add: (picture) => add(deps, picture, signal), client, signal })
  deps.store.setSetting(SETTING, 'done')
}
