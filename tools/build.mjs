/** Builds the app when a source file is newer than the last build. */
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pinnedNode, projectEnv, root, run, say } from './ensure.mjs'

const STAMP = path.join(root, 'out', '.built')

function newest(folder) {
  let time = 0
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile())
      time = Math.max(time, statSync(path.join(entry.parentPath, entry.name)).mtimeMs)
  return time
}

export function ensureBuilt() {
  const config = statSync(path.join(root, 'electron.vite.config.ts')).mtimeMs
  const lock = statSync(path.join(root, 'package-lock.json')).mtimeMs
  const changed = Math.max(newest(path.join(root, 'src')), config, lock)
  if (existsSync(STAMP) && statSync(STAMP).mtimeMs > changed) return
  say('Building…')
  const vite = path.join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  run(pinnedNode(), [vite, 'build', '--logLevel', 'warn'], { env: projectEnv() })
  writeFileSync(STAMP, new Date().toISOString())
}
