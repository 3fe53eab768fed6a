#!/usr/bin/env node
/** The command line's front door: finds the pinned Node and hands over to the command line, built where that is fresh. */
import { existsSync } from 'node:fs'
import module from 'node:module'
import path from 'node:path'
import { isFresh } from './built.mjs'
import { launchNode } from './launch.mjs'

const root = path.resolve(import.meta.dirname, '..')
const built = path.join(root, 'out', 'cli', 'main.js')
const main = isFresh(built) ? built : path.join(root, 'src', 'cli', 'main.ts')
// What Node made of our files is kept in node_modules: every start but the first is shorter by half.
process.env.NODE_COMPILE_CACHE ??= path.join(root, 'node_modules', '.cache', 'compiled')
const major = Number(process.versions.node.split('.')[0])

if (major >= 24) {
  module.enableCompileCache(process.env.NODE_COMPILE_CACHE)
  process.argv.splice(1, 1, main)
  await import(main)
} else {
  const node = path.join(
    root,
    'node_modules',
    'node',
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  )
  if (!existsSync(node)) {
    process.stderr.write('realign: not installed yet. Run `npm install` (or `npm start`) first.\n')
    process.exit(1)
  }
  const child = launchNode(node, [main, ...process.argv.slice(2)])
  child.on('exit', (code, signal) => process.exit(signal ? 130 : (code ?? 1)))
}
