/** Two schemes of our own: `app:` serves the built page, `realign-picture:` serves pictures by content hash. */
import { protocol } from 'electron'
import { SECURITY_HEADERS } from '../server/headers.ts'
import type { Page } from '../server/pages.ts'
import { parsePictureUrl, type PictureInput } from '../server/picture-url.ts'

export interface PictureAnswer {
  readonly type: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** Must run before the app is ready. */
export function declareSchemes(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    { scheme: 'realign-picture', privileges: { standard: true, secure: true } },
  ])
}

/** The page may additionally load pictures from the picture scheme. */
export const desktopHeaders = (): Record<string, string> => ({
  ...SECURITY_HEADERS,
  'content-security-policy': SECURITY_HEADERS['content-security-policy']!.replace(
    "img-src 'self'",
    "img-src 'self' realign-picture:",
  ).replace("connect-src 'self'", "connect-src 'none'"),
  'cross-origin-resource-policy': 'cross-origin',
})

const notFound = () => new Response('Not found', { status: 404 })

export function serveSchemes(
  pages: ReadonlyMap<string, Page>,
  picture: (input: PictureInput) => Promise<PictureAnswer>,
): void {
  const headers = desktopHeaders()
  protocol.handle('app', (request) => {
    const url = new URL(request.url)
    const page = url.host === 'realign' ? pages.get(url.pathname) : undefined
    return page
      ? new Response(page.body, { headers: { ...headers, 'content-type': page.type } })
      : notFound()
  })
  protocol.handle('realign-picture', async (request) => {
    const input = parsePictureUrl(new URL(request.url))
    if (!input) return notFound()
    try {
      const { type, bytes } = await picture(input)
      return new Response(bytes, { headers: { ...headers, 'content-type': type } })
    } catch {
      return notFound() // the reason is shown where the image is listed
    }
  })
}
