/** Finds the Electron binary, fetching it once where that is possible. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { pinnedNode, projectEnv, root } from './ensure.mjs'

const home = path.join(root, 'node_modules', 'electron')

/** The program to start, or null when there is none. */
export function findElectron() {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
  const dist = override ?? path.join(home, 'dist')
  const names = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }
  const told = path.join(home, 'path.txt')
  const name =
    !override && existsSync(told)
      ? readFileSync(told, 'utf8').trim()
      : (names[process.platform] ?? 'electron')
  const file = path.join(dist, name)
  return existsSync(file) ? file : null
}

/** The package's own installer; true when the binary is there afterwards. */
export function fetchElectron() {
  const installer = path.join(home, 'install.js')
  if (existsSync(installer))
    spawnSync(pinnedNode(), [installer], {
      cwd: home,
      env: projectEnv(),
      stdio: 'ignore',
      timeout: 180_000,
    })
  return findElectron() !== null
}

/** A window needs a display; null means there is one, otherwise the reason in words. */
export const noDisplay = () =>
  process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY
    ? 'this machine has no display'
    : null
