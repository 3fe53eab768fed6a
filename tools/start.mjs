/** `npm start`: install, build, and open the workbench: the desktop app, or the browser host where there is none. */
import path from 'node:path'
import { launch, launchNode } from '../bin/launch.mjs'
import { ensureBuilt } from './build.mjs'
import { fetchElectron, findElectron, noDisplay } from './electron.mjs'
import { ensureInstalled, pinnedNode, projectEnv, root, say } from './ensure.mjs'

const args = process.argv.slice(2)
const wantsBrowser = args.includes('--browser')
const rest = args.filter((arg) => arg !== '--browser')

ensureInstalled()
ensureBuilt()

/** Why the desktop app cannot open, or null. */
function obstacle() {
  if (wantsBrowser) return 'you asked for the browser'
  const display = noDisplay()
  if (display) return display
  if (findElectron() || fetchElectron()) return null
  return 'the Electron program is not installed and could not be downloaded'
}

/** `start` is `launch` or `launchNode`. */
function become(start, [program, params], onEnd) {
  const started = Date.now()
  const child = start(program, params, { cwd: root, env: projectEnv() })
  child.on('error', (error) => onEnd({ code: 1, why: error.message, ranMs: 0 }))
  child.on('exit', (code, signal) => {
    const asked = signal === 'SIGINT' || signal === 'SIGTERM'
    const why = signal && !asked ? `it was ended by ${signal}` : `it ended with code ${code}`
    onEnd({ code: asked ? 0 : (code ?? 1), why, ranMs: Date.now() - started })
  })
}

function inBrowser(reason) {
  say(`Opening in the browser, because ${reason}.`)
  const params = [path.join(root, 'bin', 'realign.mjs'), 'serve', ...rest]
  become(launchNode, [pinnedNode(), params], ({ code }) => process.exit(code))
}

/** A missing system library or sandbox shows at once; whoever used the app for a while closed it. */
const FAILED_TO_START_MS = 10_000

const reason = obstacle()
if (reason) inBrowser(reason)
else
  become(launch, [findElectron(), [root, ...rest]], ({ code, why, ranMs }) => {
    if (code !== 0 && ranMs < FAILED_TO_START_MS)
      inBrowser(`the desktop app did not start (${why})`)
    else process.exit(code)
  })
