/** The rater server: the token comes from the link's fragment and travels in a header only. */
import { RateState } from '../../shared/study-types.ts'
import { Refused, type PictureView, type RateBackend } from './backend.ts'
import { keptPictures } from './pictures.ts'

/** What is no token at all gets no words from the server. */
const CUT_LINK = {
  message: 'This link is not whole',
  hint: 'Open it again as it was sent to you, to its last letter.',
}

export function httpBackend(token: string): RateBackend {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }

  async function post(path: string, body: unknown): Promise<RateState> {
    const response = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) })
    if (response.ok) return RateState.parse(await response.json())
    if (response.status >= 500) throw new Error('The server failed')
    const said = (await response.json().catch(() => CUT_LINK)) as {
      message?: string
      hint?: string
    }
    throw new Refused([said.message ?? 'Refused', said.hint ?? ''].join('. '))
  }

  async function load(trialId: string, view: PictureView): Promise<string> {
    const response = await fetch(`/rate/picture/${trialId}?view=${view}`, { headers })
    if (!response.ok) throw new Error('The picture could not be loaded')
    return URL.createObjectURL(await response.blob())
  }

  return {
    seat: token.slice(-8),
    state: () => post('/rate/state', {}),
    submit: (events) => post('/rate/submit', { events }),
    ...keptPictures(load),
  }
}
