/** Imported first: everything here runs with the memory that the engine's own process has. */
import { spawnSync } from 'node:child_process'
import { LARGE_PAGES } from '../src/engine/fork-engine.ts'

// glibc reads this only when a process starts; nothing else is loaded before.
if (process.env['GLIBC_TUNABLES'] === undefined) {
  const env = { ...LARGE_PAGES, ...process.env }
  const again = spawnSync(process.execPath, process.argv.slice(1), { env, stdio: 'inherit' })
  process.exit(again.status ?? 1)
}
