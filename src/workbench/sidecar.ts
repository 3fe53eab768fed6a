/** `name.txt` beside `name.jpg` is the alt-text of that picture, not a file of its own. */
import path from 'node:path'

const isText = (name: string): boolean => path.extname(name) === '.txt'

/** The file (no folder) that a text file belongs to, or undefined when it belongs to none. */
export function sidecarOf(name: string, siblings: ReadonlySet<string>): string | undefined {
  if (!isText(name)) return undefined
  const stem = path.parse(name).name
  for (const sibling of siblings)
    if (!isText(sibling) && path.parse(sibling).name === stem) return sibling
  return undefined
}
