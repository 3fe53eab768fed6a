/** `realign serve`: the workbench in the browser, on this machine, behind a token. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { RealignError } from '../../shared/errors.ts'
import { startBrowserHost } from '../../server/http.ts'
import { readPages } from '../../server/pages.ts'
import { note, print } from '../output.ts'
import { pagesFolder } from '../places.ts'
import { untilInterrupted, type Session } from '../session.ts'

export async function serveCommand(
  session: Session,
  flags: { readonly port?: number | undefined },
): Promise<number> {
  const folder = pagesFolder()
  if (!existsSync(path.join(folder, 'index.html')))
    throw new RealignError('unavailable', 'The pages are not built yet', {
      hint: 'Run `npm start` (which builds and serves), or `npm run build` first.',
    })
  const host = await startBrowserHost({
    invoke: session.workbench.invokeAs('owner'),
    pages: await readPages(folder),
    ...(flags.port !== undefined && { port: flags.port }),
  })
  note('Realign is running. Open this address in a browser on this machine (Ctrl-C stops it):')
  print(host.url)
  await untilInterrupted(session.signal)
  await host.close()
  return 0
}
