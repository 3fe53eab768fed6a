/** Picks the client: the desktop's port when there is one, else the browser host. */
import type { Client } from '../shared/contract.ts'
import { connectPort, createClient, type Port } from '../shared/rpc.ts'
import { connectHttp, openPictures } from './connect-http.ts'

declare global {
  interface Window {
    readonly realign?: Port
  }
}

const KEY = 'realign-token'

/** The token comes in the fragment, which browsers never send, and leaves the address bar at once. */
function takeToken(): string | null {
  const given = /[#&]token=([\w-]+)/.exec(location.hash)?.[1]
  if (given) {
    sessionStorage.setItem(KEY, given)
    history.replaceState(null, '', location.pathname)
  }
  return sessionStorage.getItem(KEY)
}

const port = window.realign
const token = port ? null : takeToken()

export const isDesktop = port !== undefined
/** False for a page opened without its token: nothing would answer. */
export const isConnected = isDesktop || token !== null

export const client: Client = createClient(port ? connectPort(port).open : connectHttp(token ?? ''))

/** Must be done before the first picture is shown. */
export async function preparePictures(): Promise<void> {
  if (token !== null) await openPictures(token)
}

export type PictureSize = 'thumbnail' | 'full' | 'seen'

/** Address of a picture by content hash; the page never sees a path. */
export function pictureUrl(
  imageId: string,
  size: PictureSize,
  seenBy?: { readonly captionerId: string; readonly resize: string },
): string {
  const base = isDesktop ? 'realign-picture://p' : '/picture'
  const query = seenBy
    ? `?captioner=${encodeURIComponent(seenBy.captionerId)}&resize=${encodeURIComponent(seenBy.resize)}`
    : ''
  return `${base}/${imageId}/${size}${query}`
}
