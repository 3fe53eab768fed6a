/** The alt-text field: what is typed and how many alt tokens it takes. */
import { create } from 'zustand'
import type { Output } from '../../shared/contract.ts'
import { isEndpoint } from '../../shared/endpoint-names.ts'
import { client } from '../api.ts'
import { chosenCaptioner } from './settings.ts'

interface ComposeState {
  readonly text: string
  readonly count: Output<'models.countAltTokens'> | null
}

export const useCompose = create<ComposeState>(() => ({ text: '', count: null }))

const PAUSE_MS = 120
let timer: ReturnType<typeof setTimeout> | undefined
let asking: AbortController | undefined

async function countTokens(text: string): Promise<void> {
  asking?.abort()
  asking = new AbortController()
  const captionerId = chosenCaptioner()
  // Which tokens the server counts is not known here.
  if (captionerId !== null && isEndpoint(captionerId)) return useCompose.setState({ count: null })
  try {
    const input = captionerId === null ? { text } : { text, captionerId }
    const count = await client.call('models.countAltTokens', input, { signal: asking.signal })
    if (useCompose.getState().text === text) useCompose.setState({ count })
  } catch {
    // The count is a service, not a gate: without a captioner the field still works and says nothing.
    if (useCompose.getState().text === text) useCompose.setState({ count: null })
  }
}

export function typeAltText(text: string): void {
  useCompose.setState({ text })
  clearTimeout(timer)
  timer = setTimeout(() => void countTokens(text), PAUSE_MS)
}

const FIELD = 'alt-text-field'
export const altTextFieldId = FIELD

export const focusAltText = (): void => document.getElementById(FIELD)?.focus()
