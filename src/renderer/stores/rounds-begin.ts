/** Rounds that are about to begin: the form, and what could stand in round 1. */
import { create } from 'zustand'
import type { Output } from '../../shared/contract.ts'
import { client } from '../api.ts'
import { beginFaults, NEW_ROUNDS, toRequest, type BeginForm } from '../rounds/begin-form.ts'
import { seededSample } from '../rounds/sample.ts'
import { explain } from '../words.ts'
import { imageIdPages, useLibrary } from './library.ts'
import { openRounds, refreshAnnotations, useRounds } from './rounds.ts'
import { useStatus } from './status.ts'
import { showError } from './toasts.ts'

type Source = Output<'studies.sources'>['sources'][number]

interface BeginState {
  readonly form: BeginForm
  /** Captioners whose captions could stand in round 1. */
  readonly sources: readonly Source[]
  readonly beginning: boolean
  /** Why the host would not begin, in words. */
  readonly refusal: string | null
}

export const useBegin = create<BeginState>(() => ({
  form: NEW_ROUNDS,
  sources: [],
  beginning: false,
  refusal: null,
}))

export function changeBegin(change: Partial<BeginForm>): void {
  useBegin.setState(({ form }) => ({ form: { ...form, ...change }, refusal: null }))
}

const librarySize = (): number => useStatus.getState().status?.workspace.images ?? 0

/** What is selected in Library is what one meant, unless something was chosen here already. */
export async function prepareBegin(): Promise<void> {
  const { form } = useBegin.getState()
  const { selected } = useLibrary.getState()
  if (form === NEW_ROUNDS && selected.length > 0) changeBegin({ which: 'some', imageIds: selected })
  try {
    const { sources } = await client.call('studies.sources', {})
    useBegin.setState({ sources })
  } catch (error) {
    showError(error)
  }
}

async function chosenImages({
  which,
  imageIds,
  count,
  seed,
}: BeginForm): Promise<readonly string[]> {
  if (which === 'some') return imageIds
  const all: string[] = []
  for await (const page of imageIdPages({ search: '', sort: 'added' })) all.push(...page)
  return which === 'all' ? all : seededSample(all, count, seed)
}

export async function beginRounds(): Promise<void> {
  const { form, beginning } = useBegin.getState()
  if (beginning || Object.keys(beginFaults(form, librarySize())).length > 0) return
  useBegin.setState({ beginning: true, refusal: null })
  try {
    const { guideline } = useRounds.getState()
    const whole = { ...form, guideline: form.guideline ?? guideline }
    const { id } = await client.call(
      'annotations.create',
      toRequest(whole, await chosenImages(form)),
    )
    // The next ones begin from the same choices, under another name.
    changeBegin({ name: '' })
    await refreshAnnotations()
    await openRounds(id)
  } catch (error) {
    const { message, hint } = explain(error)
    useBegin.setState({ refusal: `${message.replace(/\.$/, '')}. ${hint}` })
  } finally {
    useBegin.setState({ beginning: false })
  }
}
