/** `npm start`: install, build, and open the workbench: the desktop app, or the browser host where there is none. */
import { spawn } from 'node:child_process'
import path from 'node:path'
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

const reason = obstacle()
if (reason) say(`Opening in the browser, because ${reason}.`)

const [program, params] = reason
  ? [pinnedNode(), [path.join(root, 'bin', 'realign.mjs'), 'serve', ...rest]]
  : [findElectron(), [root, ...rest]]
const child = spawn(program, params, { cwd: root, env: projectEnv(), stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => process.exit(signal ? 0 : (code ?? 0)))
