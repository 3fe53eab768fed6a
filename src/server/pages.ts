/** The built pages as a fixed list read at start: a request can only name what was listed. */
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.json': 'application/json',
}

export interface Page {
  readonly type: string
  readonly body: Uint8Array<ArrayBuffer>
}

/** URL path ('/assets/x.js') → page. '/' is index.html. Files of unknown type are left out. */
export async function readPages(folder: string): Promise<ReadonlyMap<string, Page>> {
  const pages = new Map<string, Page>()
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const type = TYPES[path.extname(entry.name)]
    if (!entry.isFile() || !type) continue
    const file = path.join(entry.parentPath, entry.name)
    const url = `/${path.relative(folder, file).split(path.sep).join('/')}`
    pages.set(url, { type, body: new Uint8Array(await readFile(file)) })
  }
  const index = pages.get('/index.html')
  if (index) pages.set('/', index)
  return pages
}
