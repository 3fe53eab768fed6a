/** Before many pictures go to another machine: how many, and where, is said and asked. */
import { create } from 'zustand'
import { plural } from '../format.ts'
import { showSheet } from './screen.ts'
import { useStatus } from './status.ts'
import { note } from './toasts.ts'
import { endpointBlock, endpointOf, hostIn } from '../captioners.ts'

export interface Sending {
  /** null where it cannot be said before. */
  readonly questions: number | null
  readonly pictures: number
}

interface Asked {
  readonly captionerId: string
  readonly sending: Sending
  readonly go: () => void
}

export const useSendAway = create<{ readonly asked: Asked | null }>(() => ({ asked: null }))

/** `72 questions about 24 pictures to api.openai.com`. */
export function sendingWords({ questions, pictures }: Sending, origin: string): string {
  const about = plural(pictures, 'picture')
  const what = questions === null ? about : `${plural(questions, 'question')} about ${about}`
  return `${what} to ${hostIn(origin)}`
}

/** Goes on at once where nothing leaves this machine or it is one picture; a captioner that may not be asked says so. */
export function beforeSending(captionerId: string | null, sending: Sending, go: () => void): void {
  const { bundles } = useStatus.getState()
  const blocked = endpointBlock(bundles, captionerId)
  if (blocked !== null) return note(blocked)
  const endpoint = endpointOf(bundles, captionerId)
  if (captionerId === null || !endpoint || endpoint.local || sending.pictures < 2) return go()
  useSendAway.setState({ asked: { captionerId, sending, go } })
  showSheet('send-away')
}
