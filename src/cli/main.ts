/** The command line: one table of commands over the same client that the windows use. */
import { Argument, Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { MixStrategy } from '../shared/contract/publish.ts'
import { systemError } from '../shared/system-error.ts'
import { APP_VERSION } from '../shared/version.ts'
import { fillSample } from '../workbench/sample.ts'
import { addAnnotationCommands } from './annotation-program.ts'
import { compareCommand, type CompareFlags } from './commands/compare.ts'
import { evaluateCommand, type EvaluateFlags } from './commands/evaluate.ts'
import { EXPORTS, exportCommand, type ExportFlags, type ExportName } from './commands/export.ts'
import { fieldGuideCommand, type FieldGuideFlags } from './commands/fieldguide.ts'
import { groundingEvaluateCommand, type GroundingFlags } from './commands/grounding.ts'
import { importCommand } from './commands/import.ts'
import { importTable, tableAmong, type TableFlags } from './commands/import-table.ts'
import { listCommand, showCommand } from './commands/look.ts'
import {
  modelsAdd,
  modelsCheck,
  modelsList,
  modelsScore,
  modelsUseScorer,
} from './commands/models.ts'
import { probeCommand, type ProbeFlags } from './commands/probe.ts'
import { serveCommand } from './commands/serve.ts'
import { traceCommand } from './commands/trace.ts'
import { triangulateCommand, type TriangulateFlags } from './commands/triangulate.ts'
import { checkCommand, salvageCommand } from './commands/workspace.ts'
import { addEndpointCommands } from './endpoint-program.ts'
import { endWithLauncher } from './launcher.ts'
import { cannotPrint, endWithReader, exitCodeOf, explain, INTERRUPTED } from './output.ts'
import { openEngine, withKnownWorkspace, withSession } from './session.ts'
import { addStudyCommands } from './study-program.ts'

const whole =
  (low: number, high: number) =>
  (text: string): number => {
    const value = Number(text)
    if (!Number.isInteger(value) || value < low || value > high)
      throw new InvalidArgumentError(`must be a whole number from ${low} to ${high}`)
    return value
  }
const within =
  (low: number, high: number) =>
  (text: string): number => {
    const value = Number(text)
    if (text.trim() === '' || !(value >= low && value <= high))
      throw new InvalidArgumentError(`must be a number from ${low} to ${high}`)
    return value
  }
const collect = (text: string, all: readonly string[] = []) => [...all, text]
const workspace = ['--workspace <file>', 'workspace file (created when missing)'] as const
const known = ['--workspace <file>', 'workspace file'] as const
const json = ['--json', 'JSON lines instead of a table'] as const

export function createProgram(done: (exitCode: number) => void): Command {
  const program = new Command('realign')
    .description('Swap the alt-text, compare the captions, keep every cell.')
    .version(APP_VERSION)
    .exitOverride()
    .showHelpAfterError('(--help shows what is possible)')

  program
    .command('compare')
    .argument('<image...>', 'image files or folders')
    .description('caption images under several alt-texts, side by side')
    .option('--alt <text>', 'an alt-text, repeatable; "" is the empty alt-text', collect, [])
    .option('--class <name>', 'the class name as alt-text')
    .option('--wrong <name>', 'a wrong alt-text')
    .option('--captioner <id>', 'which captioner (default: the built-in one)')
    .option('--variant <name>', 'fp32 or q8')
    .option('--seed <n>', 'seed of the sampling', whole(0, 0xffffffff), 7)
    .option('--samples <n>', 'samples of every cell', whole(1, 64), 1)
    .option('--greedy', 'the most likely token at every step')
    .addOption(
      new Option('--resize <rule>', 'pixels (default: as the captioner was trained)').choices([
        'squash',
        'centre-crop',
      ]),
    )
    .option('--again', 'compute again what is already there')
    .option(...workspace)
    .option(...json)
    .action(async (images: string[], flags: CompareFlags & { workspace?: string }) =>
      done(await withSession(flags, (session) => compareCommand(session, images, flags))),
    )
  program
    .command('import')
    .argument('<path...>', 'image files or folders, or a table that names its images')
    .description('bring images and their words into the workspace; originals are never touched')
    .option('--table <file>', 'alt-texts, or captions: csv, tsv, jsonl, json or parquet')
    .option('--image-column <name>', 'which column names the image (default: guessed)')
    .option('--alt-column <name>', 'which holds the alt-text; "" is none')
    .option('--class-column <name>', 'which holds the class name; "" is none')
    .option('--group-column <name>', 'which holds the group; "" is none')
    .option('--caption-column <name>', 'which holds captions made elsewhere; "" is none')
    .option('--captioner-column <name>', 'which says who wrote them; "" is none')
    .option('--captions-by <name>', 'who wrote the captions, where no column says it')
    .option('--dry-run', 'show how a table is read and its first rows; write nothing')
    .option(...workspace)
    .option(...json)
    .action(async (paths: string[], flags: TableFlags & { workspace?: string }) => {
      const among = await tableAmong(paths, flags)
      done(
        await withSession(flags, (session) =>
          among.table === null
            ? importCommand(session, paths, flags)
            : importTable(session, among.table, { paths: among.others, flags }),
        ),
      )
    })
  program
    .command('list')
    .description('the images of the workspace')
    .option('--search <words>', 'only names or classes with these words')
    .option(...known)
    .option(...json)
    .action(async (flags: { workspace?: string; json?: boolean; search?: string }) =>
      done(await withKnownWorkspace(flags, (session) => listCommand(session, flags))),
    )
  program
    .command('show')
    .argument('<image>', 'file name, or the first 6 or more characters of the content hash')
    .description('every caption of one image')
    .option(...known)
    .option(...json)
    .action(async (which: string, flags: { workspace?: string; json?: boolean }) =>
      done(await withKnownWorkspace(flags, (session) => showCommand(session, which, flags))),
    )
  const models = program.command('models').description('captioners and scorers')
  models
    .command('list')
    .option(...workspace)
    .option(...json)
    .action(async (flags: { workspace?: string; json?: boolean }) =>
      done(await withSession(flags, (session) => modelsList(session, flags))),
    )
  models
    .command('check')
    .argument('[id]')
    .description('hashes, shapes and the golden step of a bundle')
    .option(...workspace)
    .option(...json)
    .action(async (id: string | undefined, flags: { workspace?: string; json?: boolean }) =>
      done(await withSession(flags, (session) => modelsCheck(session, id, flags))),
    )
  models
    .command('add')
    .argument('<folder>', 'a bundle, or the Hugging Face folder of a CLIP in ONNX')
    .description('take a model into your own folder of models')
    .option(...workspace)
    .option(...json)
    .action(async (folder: string, flags: { workspace?: string; json?: boolean }) =>
      done(await withSession(flags, (session) => modelsAdd(session, folder, flags))),
    )
  models
    .command('use-scorer')
    .argument('<id>', 'the scorer, as models list names it')
    .description('which scorer tells the scores of this workspace')
    .option(...workspace)
    .option(...json)
    .action(async (id: string, flags: { workspace?: string; json?: boolean }) =>
      done(await withSession(flags, (session) => modelsUseScorer(session, id, flags))),
    )
  models
    .command('score')
    .description('scores of the scorer in use for every caption that has none of it')
    .option(...known)
    .option(...json)
    .action(async (flags: { workspace?: string; json?: boolean }) =>
      done(await withKnownWorkspace(flags, (session) => modelsScore(session, flags))),
    )
  models
    .command('evaluate')
    .description('how often a captioner carries, refuses, ignores noise and sees right')
    .option('--photos <dir>', 'labelled photographs: val.tar.gz, index.tsv.gz, classes.tsv')
    .option('--fieldguide <seed>', 'seed of the drawings', 'evaluation')
    .option('--count <n>', 'pictures of each kind', whole(1, 100_000), 200)
    .option('--captioner <id>', 'which bundle', 'builtin')
    .option('--variant <name>', 'fp32 or q8', 'fp32')
    .option('--seed <n>', 'seed of the choice of pictures and names', whole(0, 0xffffffff), 1)
    .option('--details <file>', 'every verdict as JSON lines')
    .option('--json', 'one JSON object instead of a table')
    .action(async (flags: EvaluateFlags) => done(await evaluateCommand(flags)))
  program
    .command('grounding')
    .description('where the words of captions come from')
    .command('evaluate')
    .description('agreement of the proposed marks with drawn pictures of known truth')
    .option('--fieldguide <seed>', 'seed of the drawings', 'grounding')
    .option('--count <n>', 'how many pictures', whole(1, 100_000), 500)
    .option('--seed <n>', 'seed of the choice of wrong names', whole(0, 0xffffffff), 7)
    .option('--misses <n>', 'show so many cases that went wrong', whole(0, 10_000), 0)
    .option('--unknown-names', 'the matcher knows the names of the field guide only')
    .option('--json', 'one JSON object instead of a table')
    .action(async (flags: GroundingFlags) => done(await groundingEvaluateCommand(flags)))
  program
    .command('export')
    .addArgument(new Argument('<what>', 'what to write').choices(EXPORTS))
    .description('tables fit for a paper and data; the format is the ending of the file')
    .requiredOption('--out <file>', 'tex, html, md, pdf, png, csv, raw.csv, xlsx, jsonl or parquet')
    .option('--run <id>', 'only this run: its id, the first characters of it, or "last"')
    .option('--image <name...>', 'only these images, in this order', collect, [])
    .option('--kind <kind...>', 'only these kinds of alt-text', collect, [])
    .option('--captioner <id...>', 'only these captioners', collect, [])
    .option(
      '--random <n>',
      'so many of these images, drawn at random: nobody chose them, and the footnote says so',
      whole(1, 100_000),
    )
    .option('--random-seed <n>', 'seed of --random (default: 7)', whole(0, 0xffffffff))
    .option('--baseline <kind>', 'differences are to this kind of alt-text (default: empty)')
    .option(
      '--base <row>',
      'Table 1, statistics: differences are to this row: alt-text, or CAPTIONER[,KIND] (default: with references the alt-text itself, else --baseline)',
    )
    .option(
      '--references <who...>',
      'Table 1, data: who wrote what captions are measured by (BLEU, METEOR, ROUGE, CIDEr, noun phrases)',
      collect,
      [],
    )
    .option(
      '--score-alt-texts',
      'Table 1, mix: score the alt-texts that have no CLIP score yet, and keep the scores',
    )
    .option('--all-samples', 'every sample, not one a cell (data: always)')
    .option('--fragment', 'LaTeX: only the table, to be \\input')
    .option('--wide', 'data: one row an image instead of one a cell')
    .option(
      '--sample <n>',
      'statistics: images of each row that words are counted over',
      whole(1, 1e7),
    )
    .option('--vocabulary <file>', 'statistics: words of what can be seen, for a grounding ratio')
    .option('--growth', 'statistics: the curves of words and trigrams, as data, or drawn (.svg)')
    .addOption(
      new Option(
        '--strategy <name>',
        'mix: the training texts by this strategy, as data; without it a table of all strategies',
      ).choices(MixStrategy.options),
    )
    .option(
      '--top <percent>',
      'mix: the top of strategies by CLIP score (default: 30)',
      within(0.01, 100),
    )
    .option('--share <p>', 'mix: share of captions, 0 to 1 (default: 0.15)', within(0, 1))
    .option('--mix-seed <n>', 'mix: seed of its draw (default: 7)', whole(0, 0xffffffff))
    .option('--bom', 'CSV: byte order mark for older spreadsheets')
    .option(...known)
    .option(...json)
    .action(async (what: ExportName, flags: ExportFlags & { workspace?: string }) =>
      done(await withKnownWorkspace(flags, (session) => exportCommand(session, what, flags))),
    )
  program
    .command('trace')
    .argument('<file>', 'a file that export wrote')
    .description('the cells behind an exported file, and whether they still read the same')
    .option(...known)
    .option(...json)
    .action(async (file: string, flags: { workspace?: string; json?: boolean }) =>
      done(await withKnownWorkspace(flags, (session) => traceCommand(session, file, flags))),
    )
  program
    .command('triangulate')
    .description(
      'which captions score, references, marks and people see otherwise, and how far they agree',
    )
    .option('--run <id>', 'only this run: its id, the first characters of it, or "last"')
    .option('--all', 'every caption of the workspace')
    .option(
      '--by <a,b>',
      'whose disagreement sorts: clip, people, npF1, cider, meteor, rougeL, bleu1, erroneous, carried, rejected, words',
    )
    .addOption(
      new Option('--direction <way>', 'captions that the first of --by puts higher, or lower')
        .choices(['both', 'up', 'down'])
        .default('both'),
    )
    .option('--references <who...>', 'who wrote what captions are measured by', collect, [])
    .option('--study <study>', 'people: this study alone, name or id (default: all unblinded)')
    .option('--question <id>', 'people: this question of it alone')
    .option('--top <n>', 'so many captions (default: 20; data: all)', whole(1, 1_000_000))
    .option('--csv', 'a table for spreadsheets')
    .option(...known)
    .option(...json)
    .action(async (flags: TriangulateFlags & { workspace?: string }) =>
      done(await withKnownWorkspace(flags, (session) => triangulateCommand(session, flags))),
    )
  program
    .command('probe')
    .description(
      'fill the row of every image with a pack of alt-texts; exit 1 when a threshold is missed',
    )
    .requiredOption('--images <path>', 'image files or folders, repeatable', collect)
    .option(
      '--pack <file>',
      'YAML or JSON pack (default: empty, class, sibling, far, random, noise)',
    )
    .option('--class <name>', 'class of every image that has none')
    .option('--limit <n>', 'only so many images', whole(1, 100_000))
    .option('--captioner <id>', 'which captioner (default: the built-in one)')
    .option(...workspace)
    .option(...json)
    .action(async (flags: ProbeFlags & { workspace?: string }) =>
      done(await withSession(flags, (session) => probeCommand(session, flags))),
    )
  program
    .command('fieldguide')
    .description('drawn pictures with known truth')
    .requiredOption('--seed <seed>', 'any text or number')
    .requiredOption('--out <dir>', 'folder for the pictures and truth.jsonl')
    .option('--count <n>', 'how many', whole(1, 1_000_000), 24)
    .option('--size <pixels>', 'side of a picture', whole(32, 4096), 768)
    .action(async (flags: FieldGuideFlags) => {
      const engine = openEngine()
      try {
        done(await fieldGuideCommand(flags, (svg, size) => engine.renderSvg(svg, size)))
      } finally {
        await engine.close()
      }
    })
  program
    .command('serve')
    .description('the workbench in the browser, on this machine, behind a token')
    .option('--port <n>', 'port (default: any free one)', whole(0, 65535))
    .option(...workspace)
    .action(async (flags: { workspace?: string; port?: number }) =>
      done(
        await withSession(
          {
            ...flags,
            serves: true,
            prepareSample: (engine) => fillSample((svg, size) => engine.renderSvg(svg, size)),
          },
          (session) => serveCommand(session, flags),
        ),
      ),
    )
  program
    .command('check')
    .description('every row of the workspace against its checksum; exit 1 when one changed on disk')
    .option(...workspace)
    .option(...json)
    .action(async (flags: { workspace?: string; json?: boolean }) =>
      done(await checkCommand(flags)),
    )
  program
    .command('salvage')
    .argument('<file>', 'a damaged workspace; it is not changed')
    .description('copy all that can still be read into a new workspace and list what is lost')
    .requiredOption('--out <file>', 'the new workspace')
    .option(...json)
    .action(async (file: string, flags: { out: string; json?: boolean }) =>
      done(await salvageCommand(file, flags)),
    )
  addAnnotationCommands(program, { done, whole, known, json })
  addEndpointCommands(program, { done, whole, workspace, json })
  addStudyCommands(program, { done, whole, collect, workspace, known, json })
  return program
}

const program = createProgram((exitCode) => {
  process.exitCode = exitCode
})
endWithReader()
endWithLauncher()
try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2
  else {
    const told = systemError(error)
    const exitCode = exitCodeOf(told)
    if (exitCode === INTERRUPTED && cannotPrint()) process.exitCode = 1
    else {
      explain(told)
      process.exitCode = exitCode
    }
  }
}
