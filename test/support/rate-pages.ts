/** Where the build has put the raters' page; `npm run build` makes it. */
import path from 'node:path'

export const RATE_PAGES = path.resolve(import.meta.dirname, '..', '..', 'out', 'rate')
