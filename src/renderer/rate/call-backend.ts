/** A rater at the owner's own keyboard: the same operations by the same token, without a server between. */
import type { Client } from '../../shared/contract.ts'
import { RealignError, type ErrorCode } from '../../shared/errors.ts'
import { Refused, type PictureView, type RateBackend } from './backend.ts'
import { keptPictures } from './pictures.ts'

/** Sending again will not mend these. */
const FINAL: ReadonlySet<ErrorCode> = new Set(['bad-input', 'forbidden', 'not-found'])

async function orRefused<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (error instanceof RealignError && FINAL.has(error.code))
      throw new Refused([error.message, error.hint ?? ''].join('. '))
    throw error
  }
}

export function callBackend(client: Client, token: string): RateBackend {
  async function load(trialId: string, view: PictureView): Promise<string> {
    const { type, bytes } = await client.call('rate.picture', { token, trialId, view })
    return URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type }))
  }

  return {
    seat: token.slice(-8),
    state: () => orRefused(client.call('rate.state', { token })),
    submit: (events) => orRefused(client.call('rate.submit', { token, events: [...events] })),
    ...keptPictures(load),
  }
}
