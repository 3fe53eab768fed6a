/** The rater server: the token comes from the link's fragment and travels in a header only. */
import { RateState } from '../../shared/study-types.ts'
import { RATE_VERSION_HEADER } from '../../shared/rate-version.ts'
import { APP_VERSION } from '../../shared/version.ts'
import { PageTooOld, Refused, type PictureView, type RateBackend } from './backend.ts'
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
    if (response.ok) {
      const state = RateState.safeParse(await response.json())
      if (state.success) return state.data
      throw new PageTooOld('The server answers in words that this page does not know')
    }
    if (response.status >= 500) throw new Error('The server failed')
    // Of what an old page sends a new server may not know the form: no word against the answers.
    const version = response.headers.get(RATE_VERSION_HEADER) ?? APP_VERSION
    if (response.status === 400 && version !== APP_VERSION)
      throw new PageTooOld('The server is of another version')
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
