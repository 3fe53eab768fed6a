/** `realign compare IMAGE…`: the Table-3 comparison in the terminal, kept in the workspace. */
import type { ComparisonEvent } from '../../shared/contract/comparisons.ts'
import type { ImageRule } from '../../shared/manifest.ts'
import { plural } from '../../shared/plural.ts'
import type { GenerationSettings } from '../../shared/types.ts'
import type { Cell } from '../../shared/types.ts'
import { isElsewhere, toldProvenance } from '../../shared/elsewhere.ts'
import { conditionsOf, type ConditionFlags } from '../conditions.ts'
import { note, print, printJson, safe, wrap } from '../output.ts'
import { createProgress } from '../progress.ts'
import type { Session } from '../session.ts'
import { importPaths } from './import.ts'

export interface CompareFlags extends ConditionFlags {
  readonly captioner?: string | undefined
  readonly seed: number
  readonly samples: number
  readonly greedy?: boolean | undefined
  readonly again?: boolean | undefined
  readonly variant?: string | undefined
  readonly resize?: ImageRule['resize'] | undefined
  readonly json?: boolean | undefined
}

/**
 * One JSON line of a finished cell; field names as the results format of the product. Of a caption made elsewhere,
 * what nobody knows is null. The cell is named in its provenance: whoever reads lines by a fixed list of fields goes on doing so.
 */
export const cellLine = (name: string, cell: Cell) => ({
  image: name,
  image_sha256: cell.imageId,
  alt_kind: cell.altKind,
  alt_text: cell.altText,
  caption: cell.caption,
  clip_score: cell.score?.clip ?? null,
  scorer: cell.score?.scorerId ?? null,
  seed: isElsewhere(cell.captionerId) ? null : cell.seed,
  tokens: cell.tokenCount,
  provenance: { ...toldProvenance(cell.provenance), cellId: cell.id },
})

/** A score stays in one piece: behind the last line where there is room, else below it. */
function wrapScore(last: string, clip: number, width: number): readonly string[] {
  const score = `[CLIP ${clip.toFixed(1)}]`
  return last.length + 1 + score.length <= width ? [`${last} ${score}`] : [last, score]
}

function printCell(cell: Cell): void {
  const width = Math.max(40, Math.min(process.stdout.columns || 100, 120) - 30)
  const label = cell.altKind === 'empty' ? '(empty)' : `"${cell.altText}"`
  const alt = wrap(`${cell.altKind}: ${label}`, 26)
  const caption = wrap(cell.caption, width)
  if (cell.score) caption.push(...wrapScore(caption.pop() ?? '', cell.score.clip, width))
  for (let i = 0; i < Math.max(alt.length, caption.length); i++)
    print(`  ${(alt[i] ?? '').padEnd(26)}  ${caption[i] ?? ''}`)
}

const words = (event: ComparisonEvent): [number, string] | null => {
  if (event.kind === 'loading') return [event.fraction, event.phase]
  if (event.kind !== 'image') return null
  const left = event.secondsLeft === null ? '' : `, ${Math.ceil(event.secondsLeft)} s left`
  return [event.fraction, `image ${event.index + 1} of ${event.total}${left}`]
}

interface Row {
  readonly order: number
  readonly cell: Cell
}

/** Holds the rows of one image until the next begins: a caption's score comes after the caption. */
function createTable(names: ReadonlyMap<string, string>, json: boolean, before: () => void) {
  let imageId = ''
  const rows = new Map<string, Row>()
  const flush = () => {
    const sorted = [...rows.values()].sort((a, b) => a.order - b.order)
    rows.clear()
    if (sorted.length === 0) return
    before()
    const name = names.get(imageId) ?? imageId
    if (!json) print(safe(name))
    for (const { cell } of sorted) {
      if (json) printJson(cellLine(name, cell))
      else printCell(cell)
    }
    if (!json) print()
  }
  return {
    flush,
    put({ cell, condition, sample }: { cell: Cell; condition: number; sample: number }) {
      if (cell.imageId !== imageId) flush()
      imageId = cell.imageId
      rows.set(`${condition}/${sample}`, { order: condition * 1000 + sample, cell })
    },
  }
}

export async function compareCommand(
  session: Session,
  paths: readonly string[],
  flags: CompareFlags,
): Promise<number> {
  const imported = await importPaths(session, paths, { quiet: flags.json ?? false })
  if (imported.imageIds.length === 0) return 1
  const names = new Map<string, string>()
  for (const imageId of imported.imageIds)
    names.set(imageId, (await session.client.call('images.get', { imageId })).name)
  const settings: Partial<GenerationSettings> = {
    ...(flags.greedy && { greedy: true }),
    ...(flags.variant && { variant: flags.variant }),
    ...(flags.resize && { resize: flags.resize }),
  }
  const conditions = conditionsOf(flags)
  const work = session.client.run(
    'comparisons.run',
    {
      imageIds: [...imported.imageIds],
      conditions: [...conditions],
      seed: flags.seed,
      samples: flags.samples,
      again: flags.again ?? false,
      settings,
      ...(flags.captioner && { captionerId: flags.captioner }),
    },
    { signal: session.signal },
  )
  const progress = createProgress(flags.json)
  const table = createTable(names, flags.json ?? false, () => progress.stop())
  try {
    for (;;) {
      const step = await work.next()
      if (step.done) {
        table.flush()
        const { failed } = step.value
        if (failed) note(`${plural(failed, 'cell')} failed`)
        return failed > 0 || imported.refused > 0 ? 1 : 0
      }
      const event = step.value
      const told = words(event)
      if (told) progress.show(...told)
      if (event.kind === 'failed')
        note(
          `failed (${event.stage}) ${safe(names.get(event.imageId) ?? event.imageId)}: ${safe(event.message)}${event.hint === null ? '' : `. ${safe(event.hint)}`}`,
        )
      if (event.kind === 'saved' || event.kind === 'scored') table.put(event)
    }
  } finally {
    progress.stop()
  }
}
