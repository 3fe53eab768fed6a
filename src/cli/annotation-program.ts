/** Registers `realign annotations …`. */
import { Argument, type Command } from 'commander'
import { ANNOTATION_FILES, type AnnotationFile } from '../shared/annotation.ts'
import {
  annotationsExport,
  annotationsFigures,
  annotationsList,
  annotationsToCaptions,
  type FiguresFlags,
} from './commands/annotations.ts'
import { withKnownWorkspace } from './session.ts'

interface Tools {
  readonly done: (exitCode: number) => void
  readonly whole: (low: number, high: number) => (text: string) => number
  /** A workspace that must be there. */
  readonly known: readonly [string, string]
  readonly json: readonly [string, string]
}

type Flags<T = object> = T & { workspace?: string; json?: boolean }

export function addAnnotationCommands(program: Command, tools: Tools): void {
  const { done, whole, known, json } = tools
  const annotations = program
    .command('annotations')
    .description('captions that people rewrite, round upon round')
  annotations
    .command('list')
    .description('the annotations of the workspace, and how far each is')
    .option(...known)
    .option(...json)
    .action(async (flags: Flags) =>
      done(await withKnownWorkspace(flags, (session) => annotationsList(session, flags))),
    )
  annotations
    .command('figures')
    .argument('<annotation>', 'name or id')
    .description('length, edit distance and CLIP score of every round, with intervals')
    .option('--score', 'first score the texts that have no score')
    .option(...known)
    .option(...json)
    .action(async (which: string, flags: Flags<FiguresFlags>) =>
      done(await withKnownWorkspace(flags, (session) => annotationsFigures(session, which, flags))),
    )
  annotations
    .command('export')
    .argument('<annotation>', 'name or id')
    .addArgument(new Argument('<what>', 'which file').choices(ANNOTATION_FILES))
    .description('every version, the training data, a row an image, or the figures')
    .option('--out <file>', 'where to write it (default: standard output)')
    .option(...known)
    .action(async (which: string, what: AnnotationFile, flags: Flags<{ out?: string }>) =>
      done(
        await withKnownWorkspace(flags, (session) =>
          annotationsExport(session, which, { what, out: flags.out }),
        ),
      ),
    )
  annotations
    .command('to-captions')
    .argument('<annotation>', 'name or id')
    .requiredOption('--round <n>', 'whose newest texts', whole(2, 20))
    .description('the texts of a round as captions made elsewhere: references, columns, systems')
    .option(...known)
    .option(...json)
    .action(async (which: string, flags: Flags<{ round: number }>) =>
      done(
        await withKnownWorkspace(flags, (session) => annotationsToCaptions(session, which, flags)),
      ),
    )
}
