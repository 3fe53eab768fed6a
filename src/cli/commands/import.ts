/** `realign import PATH…`: bring images into the workspace; every file ends as added, known or refused. */
import { RealignError } from '../../shared/errors.ts'
import { plural } from '../../shared/plural.ts'
import type { Session } from '../session.ts'
import { note, print, printJson, safe } from '../output.ts'
import { createProgress } from '../progress.ts'

export interface Imported {
  /** Images in the order of their files, known ones included. */
  readonly imageIds: readonly string[]
  readonly refused: number
  /** Files whose bytes were known already, under whatever name. */
  readonly duplicates: readonly { readonly name: string; readonly imageId: string }[]
}

export interface ImportOptions {
  readonly quiet?: boolean
  /** Name of a file that is meant for something else: it is no refusal. */
  readonly leftOut?: (name: string) => boolean
}

/** As many as one request may name. */
const PATHS_AT_ONCE = 10_000

export async function importPaths(
  session: Session,
  paths: readonly string[],
  options: ImportOptions = {},
): Promise<Imported> {
  if (paths.includes(''))
    throw new RealignError('bad-input', 'An empty path names no file', {
      hint: 'Name image files or folders; "." is the folder you are in.',
    })
  const imageIds = new Set<string>()
  const duplicates: Imported['duplicates'][number][] = []
  let refused = 0
  for (let at = 0; at < paths.length; at += PATHS_AT_ONCE) {
    const some = await importSome(session, paths.slice(at, at + PATHS_AT_ONCE), options)
    for (const one of some.imageIds) imageIds.add(one)
    duplicates.push(...some.duplicates)
    refused += some.refused
  }
  return { imageIds: [...imageIds], refused, duplicates }
}

async function importSome(
  session: Session,
  paths: readonly string[],
  options: ImportOptions,
): Promise<Imported> {
  const progress = createProgress(options.quiet)
  const work = session.client.run(
    'images.import',
    { sources: paths.map((handle) => ({ kind: 'handle', handle })) },
    { signal: session.signal },
  )
  try {
    for (;;) {
      const step = await work.next()
      if (!step.done) {
        progress.show(step.value.fraction, safe(step.value.name))
        continue
      }
      const { added, duplicates } = step.value
      const refused = step.value.refused.filter(({ name }) => !options.leftOut?.(name))
      progress.stop()
      for (const one of refused)
        note(
          `refused ${safe(one.name)}: ${safe(one.reason)}${one.hint ? `. ${safe(one.hint)}` : ''}`,
        )
      return {
        imageIds: [...new Set([...added, ...duplicates.map((one) => one.imageId)])],
        refused: refused.length,
        duplicates,
      }
    }
  } finally {
    progress.stop()
  }
}

export async function importCommand(
  session: Session,
  paths: readonly string[],
  flags: { readonly json?: boolean | undefined },
): Promise<number> {
  const { imageIds, refused } = await importPaths(session, paths, { quiet: flags.json ?? false })
  if (flags.json) printJson({ images: imageIds, refused })
  else print(`${plural(imageIds.length, 'image')} in the workspace, ${refused} refused`)
  return refused > 0 ? 1 : 0
}
