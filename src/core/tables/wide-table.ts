/**
 * Data of ours with a row an image, turned back into a row a caption. Its heads say the kind of alt-text and, where
 * there were several, the captioner; what they do not say (seed, sampling, tokens, scores, marks) is gone.
 */
import { ALT_KINDS, type AltKind } from '../../shared/types.ts'
import type { TableContent, TableFault, TableRow } from './table-port.ts'

interface Condition {
  readonly kind: AltKind
  /** null where the heads name none. */
  readonly captioner: string | null
  readonly branch: boolean
  readonly altText: number
  readonly caption: number
  readonly cellId: number
}

const KINDS: ReadonlyMap<string, AltKind> = new Map(
  ALT_KINDS.map((kind) => [kind.replaceAll('-', '_'), kind]),
)
/** 'class_name', 'free_2', 'free_branch', 'free_2@GPT-4o'. */
const KEY = /^([a-z_]+?)(_branch)?(?:_\d+)?(?:@(.+))?$/su

const IMAGE = ['image', 'image_sha256', 'class_name'] as const

function conditionOf(head: string, columns: readonly string[]): Condition | null {
  if (!head.endsWith('_caption')) return null
  const key = head.slice(0, -'_caption'.length)
  const [, name = '', branch, captioner = null] = KEY.exec(key) ?? []
  const kind = KINDS.get(name)
  const at = (end: string) => columns.indexOf(`${key}_${end}`)
  const found = { altText: at('alt_text'), caption: at('caption'), cellId: at('cell_id') }
  if (!kind || found.altText < 0 || found.cellId < 0) return null
  return { kind, captioner, branch: branch !== undefined, ...found }
}

export interface WideTable {
  readonly conditions: readonly Condition[]
  readonly image: readonly number[]
}

/** Null of any other table. */
export function wideTable(columns: readonly string[]): WideTable | null {
  const image = IMAGE.map((name) => columns.indexOf(name))
  if (image.includes(-1)) return null
  const conditions = columns.flatMap((head) => conditionOf(head, columns) ?? [])
  return conditions.length === 0 ? null : { conditions, image }
}

/** Rows between two yields: a few milliseconds. */
const A_STEP = 500

const BRANCH = 'it holds a branch, a caption with a forced beginning, which nobody said freely'

/**
 * The same table with a row for every caption, at the line of its image; yields every so often. An image without a
 * caption keeps a row, for its class name.
 */
export function* unfolded(
  { rows, faults }: TableContent,
  { conditions, image }: WideTable,
): Generator<void, TableContent> {
  const named = conditions.some(({ captioner }) => captioner !== null)
  const long: TableRow[] = []
  const branches: TableFault[] = []
  for (const [index, { line, fields, noText = [] }] of rows.entries()) {
    if (index % A_STEP === 0) yield
    const card = image.map((at) => fields[at] ?? '')
    const before = long.length
    for (const { kind, captioner, branch, altText, caption, cellId } of conditions) {
      if ((fields[caption] ?? '').trim() === '' && !noText.includes(caption)) continue
      if (branch) {
        if (branches.at(-1)?.line !== line) branches.push({ line, message: BRANCH })
        continue
      }
      const texts = [altText, caption, cellId].map((at) => fields[at] ?? '')
      const lost = [altText, caption].flatMap((at, i) => (noText.includes(at) ? [4 + i] : []))
      long.push({
        line,
        fields: [...card, kind, ...texts, ...(named ? [captioner ?? ''] : [])],
        ...(lost.length > 0 && { noText: lost }),
      })
    }
    if (long.length === before) long.push({ line, fields: [...card, '', '', '', ''] })
  }
  return {
    columns: [...IMAGE, 'alt_kind', 'alt_text', 'caption', 'cell_id', ...(named ? ['model'] : [])],
    rows: long,
    faults: [...faults, ...branches],
  }
}
