/** Builds the app when a source file is newer than the last build. */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { isFresh } from '../bin/built.mjs'
import { pinnedNode, projectEnv, root, run, say } from './ensure.mjs'

const STAMP = path.join(root, 'out', '.built')

export function ensureBuilt() {
  if (isFresh(STAMP)) return
  say('Building…')
  const vite = path.join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  run(pinnedNode(), [vite, 'build', '--logLevel', 'warn'], { env: projectEnv() })
  writeFileSync(STAMP, new Date().toISOString())
}
