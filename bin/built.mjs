/** Tells whether what was built is what the sources say now. */
import { readdirSync, statSync } from 'node:fs'
import path from 'node:path'

const ROOT = path.resolve(import.meta.dirname, '..')
const SETTINGS = [
  'electron.vite.config.ts',
  'rate-page.config.ts',
  'cli.config.ts',
  'package-lock.json',
]
const timeOf = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0

/** Folders count as well: a source that is gone leaves no other trace. */
function newest(folder) {
  let time = timeOf(folder)
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    time = Math.max(time, timeOf(path.join(entry.parentPath, entry.name)))
  return time
}

/** `file` is newer than every source, the build's settings and the versions of the libraries. */
export function isFresh(file, root = ROOT) {
  const made = timeOf(file)
  return (
    made > 0 &&
    SETTINGS.every((name) => timeOf(path.join(root, name)) < made) &&
    newest(path.join(root, 'src')) < made
  )
}
