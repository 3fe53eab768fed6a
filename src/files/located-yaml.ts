/** Reads YAML or JSON and remembers where everything stands, so that a problem can name its line. */
import { isMap, isNode, isPair, isScalar, LineCounter, parseDocument } from 'yaml'
import type { LocatedText } from '../core/ports.ts'
import { RealignError } from '../shared/errors.ts'

/** More is no list written by hand; the parser would take its time over it. */
const LONGEST = 4 * 2 ** 20

/** Fails with 'bad-input' that names file and line. JSON is read as the YAML it is. */
export function readLocated(text: string, fileName: string): LocatedText {
  if (text.length > LONGEST) throw new RealignError('bad-input', `${fileName} is larger than 4 MB`)
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true })
  const lineAt = (offset: number): number => Math.max(1, lines.linePos(offset).line)
  const [error] = document.errors
  if (error) {
    const message = error.message.split('\n')[0]?.replace(/ at line \d+.*$/, '') ?? 'cannot be read'
    throw new RealignError('bad-input', `${fileName} line ${lineAt(error.pos[0])}: ${message}`)
  }
  return {
    value: toValue(document, fileName),
    lineOf(path) {
      let node: unknown = document.contents
      let line = isNode(node) && node.range ? lineAt(node.range[0]) : 1
      for (const key of path) {
        if (isMap(node)) {
          const pair = node.items.find(
            (one) => isPair(one) && isScalar(one.key) && one.key.value === key,
          )
          if (!pair) break
          if (isNode(pair.key) && pair.key.range) line = lineAt(pair.key.range[0])
          node = pair.value
        } else if (isNode(node) && 'items' in node && Array.isArray(node.items)) {
          node = node.items[Number(key)]
          if (!isNode(node) || !node.range) break
          line = lineAt(node.range[0])
        } else break
      }
      return line
    },
  }
}

/** Anchors that repeat each other without end are refused by the library itself. */
function toValue(document: ReturnType<typeof parseDocument>, fileName: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 })
  } catch (cause) {
    throw new RealignError('bad-input', `${fileName} repeats itself without end`, { cause })
  }
}
