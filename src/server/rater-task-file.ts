/** One rater's study in one HTML file: page, words and pictures; nothing is fetched, answers come back as JSON. */
import { createHash } from 'node:crypto'
import type { TaskFile } from '../shared/contract/studies.ts'
import { RealignError } from '../shared/errors.ts'
import type { Page } from './pages.ts'

const text = (page: Page): string => new TextDecoder().decode(page.body)

/** JSON that cannot end its script element. */
const inScript = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

/** `pictures`: data addresses by trial id. */
export function taskFileHtml(
  pages: ReadonlyMap<string, Page>,
  task: TaskFile,
  pictures: Readonly<Record<string, string>>,
): string {
  const of = (ending: string): string => {
    const found = [...pages].filter(([url]) => url.endsWith(ending))
    const [only] = found
    if (found.length !== 1 || !only)
      throw new RealignError('unavailable', 'The rating page is not built as one file', {
        hint: 'Run `npm run build` first.',
      })
    return text(only[1])
  }
  const icon = [...pages].find(([url]) => url.endsWith('.svg'))?.[1]
  const drawn = icon ? `data:image/svg+xml,${encodeURIComponent(text(icon))}` : 'data:,'
  const script = of('.js').replaceAll('</script', '<\\/script')
  const style = of('.css').replaceAll('</style', '<\\/style')
  const hash = createHash('sha256').update(script).digest('base64')
  const policy = `default-src 'none'; script-src 'sha256-${hash}'; style-src 'unsafe-inline'; img-src data: blob:; form-action 'none'; base-uri 'none'`
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width"><title>Captions to rate</title>',
    `<link rel="icon" href="${drawn}">`,
    `<style>${style}</style></head><body><div id="root"></div>`,
    `<script type="application/json" id="task">${inScript({ task, pictures })}</script>`,
    `<script type="module">${script}</script></body></html>\n`,
  ].join('')
}
