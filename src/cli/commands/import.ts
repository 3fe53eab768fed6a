/** `realign import PATH…`: bring images into the workspace; every file ends as added, known or refused, or is passed over. */
import { RealignError } from '../../shared/errors.ts'
import { passedOverInWords } from '../../shared/no-picture.ts'
import { plural } from '../../shared/plural.ts'
import type { Session } from '../session.ts'
import { note, print, printJson, safe } from '../output.ts'
import { createProgress } from '../progress.ts'

export interface Imported {
  /** Images in the order of their files, known ones included. */
  readonly imageIds: readonly string[]
  /** New to the workspace. */
  readonly added: number
  readonly refused: number
  /** Files of folders that are plainly no pictures. */
  readonly passedOver: readonly string[]
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
  const passedOver: string[] = []
  let [added, refused] = [0, 0]
  for (let at = 0; at < paths.length; at += PATHS_AT_ONCE) {
    const some = await importSome(session, paths.slice(at, at + PATHS_AT_ONCE), options)
    for (const one of some.imageIds) imageIds.add(one)
    duplicates.push(...some.duplicates)
    passedOver.push(...some.passedOver)
    added += some.added
    refused += some.refused
  }
  if (passedOver.length > 0) note(safe(passedOverInWords(passedOver)))
  return { imageIds: [...imageIds], added, refused, duplicates, passedOver }
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
      const meant = (name: string): boolean => !options.leftOut?.(name)
      const refused = step.value.refused.filter(({ name }) => meant(name))
      progress.stop()
      for (const one of refused)
        note(
          `refused ${safe(one.name)}: ${safe(one.reason)}${one.hint ? `. ${safe(one.hint)}` : ''}`,
        )
      return {
        imageIds: [...new Set([...added, ...duplicates.map((one) => one.imageId)])],
        added: added.length,
        refused: refused.length,
        duplicates,
        passedOver: step.value.passedOver.filter(meant),
      }
    }
  } finally {
    progress.stop()
  }
}

/** "2 images came in, 1 was there already, 0 refused" */
export const importedInWords = ({ added, duplicates, refused }: Imported): string =>
  `${plural(added, 'image')} came in, ${duplicates.length} ${duplicates.length === 1 ? 'was' : 'were'} there already, ${refused} refused`

/** Exit code 1 where a file was refused. */
export async function importCommand(
  session: Session,
  paths: readonly string[],
  flags: { readonly json?: boolean | undefined },
): Promise<number> {
  const imported = await importPaths(session, paths, { quiet: flags.json ?? false })
  const { imageIds, refused, passedOver } = imported
  if (flags.json) printJson({ images: imageIds, refused, passedOver: passedOver.length })
  else print(importedInWords(imported))
  return refused > 0 ? 1 : 0
}
