/** `realign probe`: fills the row of every image with a pack of alt-texts; rates, and a gate for CI. */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { TRUTH_FILE, truthsIn } from '../../core/probes/truth-lines.ts'
import { packError, readPackFile, type PackFile } from '../../files/probe-pack.ts'
import type { Output } from '../../shared/contract.ts'
import type { ProfileRow } from '../../shared/contract/grounding.ts'
import { DEFAULT_PACK } from '../../shared/contract/probes.ts'
import { note, print, printJson, safe } from '../output.ts'
import { createProgress } from '../progress.ts'
import type { Session } from '../session.ts'
import { cellLine } from './compare.ts'
import { importPaths } from './import.ts'

export interface ProbeFlags {
  readonly images: readonly string[]
  readonly pack?: string | undefined
  readonly class?: string | undefined
  readonly captioner?: string | undefined
  /** How many images of the folder, in the order of their names. */
  readonly limit?: number | undefined
  readonly json?: boolean | undefined
}

interface Found {
  readonly paths: readonly string[]
  readonly classes: ReadonlyMap<string, string>
}

/** A folder that `realign fieldguide` wrote says itself which pictures it has, and their classes. */
async function lookAt(images: readonly string[]): Promise<Found> {
  const folders = await Promise.all(
    images.map(async (folder) => {
      const text = await readFile(path.join(folder, TRUTH_FILE), 'utf8').catch(() => '')
      const truths = truthsIn(text)
      const classes = new Map([...truths].map(([file, { className }]) => [file, className]))
      const files = [...classes.keys()].map((file) => path.join(folder, path.basename(file)))
      return { paths: files.length === 0 ? [folder] : files, classes }
    }),
  )
  return {
    paths: folders.flatMap(({ paths }) => paths),
    classes: new Map(folders.flatMap(({ classes }) => [...classes])),
  }
}

/** Gives every image its class where the workspace has none yet; answers with their names. */
async function nameImages(
  session: Session,
  imageIds: readonly string[],
  classOf: (name: string) => string | undefined,
) {
  const names = new Map<string, string>()
  for (const imageId of imageIds) {
    const { name, className, altTexts } = await session.client.call('images.get', { imageId })
    names.set(imageId, name)
    const text = classOf(name)
    const known = className ?? altTexts.find(({ kind }) => kind === 'class-name')
    if (text === undefined || known) continue
    await session.client.call('images.setAltText', { imageId, altKind: 'class-name', text })
  }
  return names
}

/** The default pack leaves out what an image has no facts for; a pack of one's own says so itself. */
const defaultPack = (): PackFile => ({
  content: { ...DEFAULT_PACK, missing: 'skip' },
  explain: ({ message }) => message,
})

const percent = ({ value, n, low, high }: ProfileRow['carry']): string =>
  value === null
    ? '–'.padEnd(24)
    : `${(value * 100).toFixed(1)} % (${(low * 100).toFixed(0)}–${(high * 100).toFixed(0)}, n ${n})`.padEnd(
        24,
      )

function printRows(rows: readonly ProfileRow[]): void {
  print(
    `${'kind'.padEnd(16)}${['carry', 'reject', 'erroneous', 'follow'].map((name) => name.padEnd(24)).join('')}`,
  )
  for (const row of rows)
    print(
      `${row.value.padEnd(16)}${percent(row.carry)}${percent(row.reject)}${percent(row.erroneous)}${percent(row.follow)}`,
    )
}

/** Exit code 1 when a threshold is missed or anything failed, 2 for a pack that is refused. */
export async function probeCommand(session: Session, flags: ProbeFlags): Promise<number> {
  const { client, signal } = session
  const pack = flags.pack === undefined ? defaultPack() : await readPackFile(flags.pack)
  const { paths, classes } = await lookAt(flags.images)
  const imported = await importPaths(session, paths, { quiet: flags.json ?? false })
  const imageIds = imported.imageIds.slice(0, flags.limit ?? imported.imageIds.length)
  if (imageIds.length === 0) return 1
  const names = await nameImages(session, imageIds, (name) => classes.get(name) ?? flags.class)
  const plan = await client.call('probes.plan', { pack: pack.content, imageIds: [...imageIds] })
  if (plan.problems.length > 0) throw packError(plan.problems, pack.explain)
  for (const one of plan.skipped) note(`left out: ${safe(pack.explain(one))}`)
  const work = client.run(
    'probes.run',
    {
      pack: pack.content,
      imageIds: [...imageIds],
      ...(flags.captioner !== undefined && { captionerId: flags.captioner }),
    },
    { signal },
  )
  const progress = createProgress(flags.json)
  let captions = 0
  try {
    for (;;) {
      const step = await work.next()
      if (step.done) {
        progress.stop()
        return report(step.value, { imported, flags })
      }
      const event = step.value
      if (event.kind === 'image') {
        const left = event.secondsLeft === null ? '' : `, ${Math.ceil(event.secondsLeft)} s left`
        progress.show(
          event.fraction,
          `image ${event.index + 1} of ${event.total}, ${captions} captions${left}`,
        )
      } else if (event.kind === 'saved') {
        captions++
        if (flags.json)
          printJson(cellLine(names.get(event.cell.imageId) ?? event.cell.imageId, event.cell))
      } else if (event.kind === 'failed')
        note(
          `failed (${event.stage}) ${safe(names.get(event.imageId) ?? event.imageId)}: ${safe(event.message)}${event.hint === null ? '' : `. ${safe(event.hint)}`}`,
        )
    }
  } finally {
    progress.stop()
  }
}

function report(
  result: Output<'probes.run'>,
  {
    imported,
    flags,
  }: { readonly imported: { readonly refused: number }; readonly flags: ProbeFlags },
): number {
  const { cells, reused, failed, captionsPerSecond, rows, thresholds } = result
  const missed = thresholds.filter(({ passed }) => !passed)
  if (flags.json) printJson({ summary: result })
  else {
    printRows(rows)
    const pace = captionsPerSecond === null ? '' : `, ${captionsPerSecond.toFixed(2)} captions/s`
    print(
      `${cells} cells, ${reused} of them there before, ${failed} failed${pace}; run ${result.runId}`,
    )
  }
  for (const { rate, kind, min, max, value, n } of missed) {
    const wanted = [min === null ? '' : `at least ${min}`, max === null ? '' : `at most ${max}`]
    const got = value === null ? 'nothing could show it' : `${value.toFixed(3)} of ${n}`
    note(`missed: ${rate} of ${kind} should be ${wanted.filter(Boolean).join(' and ')}, is ${got}`)
  }
  return failed > 0 || imported.refused > 0 || missed.length > 0 ? 1 : 0
}
