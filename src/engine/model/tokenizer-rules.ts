/** Rules a tokenizer.json has to keep before any of it is used (FAULTS 3.2, M10): size, depth, ids, patterns. */
import { RealignError } from '../../shared/errors.ts'

const MAX_BYTES = 64 * 2 ** 20
const MAX_DEPTH = 64
const MAX_ADDED = 4096

/** The only regular expressions that run are ours; the file may name these and no others. */
const KNOWN_PATTERNS: readonly string[] = [
  // GPT-2
  "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
  // CLIP
  "<\\|startoftext\\|>|<\\|endoftext\\|>|'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+",
  "'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+",
  '\\s+',
]

export interface TokenizerFile {
  /** Number of pieces; their ids are 0 to size - 1. */
  readonly size: number
  readonly json: TokenizerJson
}

interface TokenizerJson {
  readonly model: { readonly vocab: Readonly<Record<string, number>> }
  readonly normalizer?: unknown
}

const refused = (file: string, why: string): RealignError =>
  new RealignError('model-unsafe', `${file}: ${why}`, {
    hint: 'Use a byte-level BPE tokenizer.json as its own library wrote it.',
  })

/** The parsed file when every rule holds. @throws RealignError model-unsafe, naming the rule */
export function readTokenizerFile(file: string, content: Uint8Array): TokenizerFile {
  if (content.byteLength > MAX_BYTES) throw refused(file, 'larger than 64 MB')
  const text = new TextDecoder().decode(content)
  if (nesting(text) > MAX_DEPTH) throw refused(file, `nested deeper than ${MAX_DEPTH}`)
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw refused(file, 'not JSON')
  }
  checkNames(file, json)
  const root = asObject(json)
  const model = asObject(root['model'])
  if (model['type'] !== 'BPE') throw refused(file, `the model is ${String(model['type'])}, not BPE`)
  const vocab = asObject(model['vocab'])
  const ids = checkIds(file, vocab, root['added_tokens'])
  checkMerges(file, model['merges'], ids)
  return { size: ids.size, json: json as TokenizerJson } // its parts were just checked
}

const asObject = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}

/** Deepest bracket outside of strings, counted before JSON.parse may recurse. */
function nesting(text: string): number {
  let depth = 0
  let deepest = 0
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at)
    if (quoted) {
      if (char === 0x5c) at++
      else if (char === 0x22) quoted = false
    } else if (char === 0x22) quoted = true
    else if (char === 0x7b || char === 0x5b) deepest = Math.max(deepest, ++depth)
    else if (char === 0x7d || char === 0x5d) depth--
  }
  return deepest
}

/** No key that could reach a prototype, and no regular expression but the known ones. */
function checkNames(file: string, value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) {
    if (key === '__proto__') throw refused(file, 'a key is named __proto__')
    if (key === 'Regex' && !(typeof inner === 'string' && KNOWN_PATTERNS.includes(inner)))
      throw refused(file, `an unknown pattern ${JSON.stringify(inner)?.slice(0, 80)}`)
    checkNames(file, inner)
  }
}

function checkIds(
  file: string,
  vocab: Readonly<Record<string, unknown>>,
  added: unknown,
): ReadonlySet<string> {
  const byId = new Map<number, string>()
  const claim = (piece: string, id: unknown): void => {
    if (!Number.isSafeInteger(id) || (id as number) < 0)
      throw refused(file, `the id of ${JSON.stringify(piece.slice(0, 40))} is no whole number`)
    const owner = byId.get(id as number)
    if (owner !== undefined && owner !== piece) throw refused(file, `two pieces have id ${id}`)
    byId.set(id as number, piece)
  }
  for (const [piece, id] of Object.entries(vocab)) claim(piece, id)
  if (Array.isArray(added)) {
    if (added.length > MAX_ADDED) throw refused(file, `more than ${MAX_ADDED} added tokens`)
    for (const one of added.map(asObject)) {
      if (typeof one['content'] !== 'string' || one['content'] === '')
        throw refused(file, 'an added token has no text')
      claim(one['content'], one['id'])
    }
  }
  if (byId.size === 0) throw refused(file, 'no pieces')
  for (let id = 0; id < byId.size; id++)
    if (!byId.has(id)) throw refused(file, `ids are not 0 to ${byId.size - 1}: ${id} is missing`)
  return new Set(byId.values())
}

function checkMerges(file: string, merges: unknown, pieces: ReadonlySet<string>): void {
  if (!Array.isArray(merges)) throw refused(file, 'no list of merges')
  for (const merge of merges) {
    const parts: readonly unknown[] = typeof merge === 'string' ? merge.split(' ') : asList(merge)
    if (parts.length !== 2 || !parts.every((part) => typeof part === 'string' && pieces.has(part)))
      throw refused(file, `a merge of unknown pieces ${JSON.stringify(merge)?.slice(0, 80)}`)
    if (!pieces.has(parts.join('')))
      throw refused(file, `a merge makes an unknown piece ${JSON.stringify(merge)?.slice(0, 80)}`)
  }
}

const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
