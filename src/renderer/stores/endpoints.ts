/** Captioners behind an address as a person handles them: defining, keys, and leave to send pictures there. */
import { create } from 'zustand'
import type { EndpointDefinition } from '../../shared/endpoint.ts'
import { RealignError } from '../../shared/errors.ts'
import { client } from '../api.ts'
import { explain } from '../words.ts'
import { showSheet } from './screen.ts'
import { refreshModels, refreshStatus, useStatus } from './status.ts'
import { note, showError } from './toasts.ts'

/** The endpoint that the open sheet is about; null: a new one. */
export const useEndpointSheet = create<{ readonly id: string | null }>(() => ({ id: null }))

export function openEndpointSheet(
  sheet: 'endpoint' | 'allow-endpoint' | 'remove-endpoint',
  id: string | null,
): void {
  useEndpointSheet.setState({ id })
  showSheet(sheet)
}

export const addEndpoint = (): void => openEndpointSheet('endpoint', null)

async function lookAgain(): Promise<void> {
  await Promise.all([refreshModels(), refreshStatus()])
}

/** What went wrong in words; null where it was saved. A key that is not taken leaves the endpoint saved without it. */
export async function saveEndpoint(asked: {
  readonly definition: EndpointDefinition
  readonly replaces: string | null
  readonly key: string
}): Promise<string | null> {
  const { definition, replaces, key } = asked
  try {
    const saved = await client.call('endpoints.save', {
      definition,
      ...(replaces !== null && { replaces }),
    })
    if (key !== '') await setKey(saved.id, key)
    await lookAgain()
    note('Saved', saved.endpoint?.allowed ? '' : 'Its card says where pictures may be sent.')
    return null
  } catch (error) {
    const { message, hint } = explain(error)
    return `${message.replace(/\.$/, '')}. ${hint}`
  }
}

export async function removeEndpoint(id: string): Promise<void> {
  try {
    await client.call('endpoints.remove', { id })
    note('Removed', 'Its captions stay.')
  } catch (error) {
    showError(error)
  }
  await lookAgain()
}

/** null takes the key back. True where it was done. */
export async function setKey(id: string, key: string | null): Promise<boolean> {
  try {
    const changed = await client.call('endpoints.setKey', { id, key })
    useStatus.setState(({ bundles }) => ({
      bundles: bundles.map((bundle) => (bundle.id === id ? changed : bundle)),
    }))
    return true
  } catch (error) {
    showError(error)
    return false
  }
}

/** One question, and the one that no page can forge where the host asks itself. */
export function askToAllow(id: string): void {
  if (useStatus.getState().status?.asksBeforeSending) void allowEndpoint(id, true)
  else openEndpointSheet('allow-endpoint', id)
}

/** Leave is given to an origin, so that other endpoints there have it too. */
export async function allowEndpoint(id: string, allowed: boolean): Promise<void> {
  try {
    await client.call('endpoints.allow', { id, allowed })
  } catch (error) {
    // Whoever has just said no knows it.
    if (!(error instanceof RealignError && error.code === 'cancelled')) showError(error)
  }
  await lookAgain()
}
