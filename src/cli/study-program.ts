/** Registers `realign study …`. */
import type { Command } from 'commander'
import {
  studyAddRaters,
  studyImport,
  studyList,
  studyPlan,
  studyServe,
  studyTask,
  studyWithdraw,
  type StudyPlanFlags,
  type StudyServeFlags,
} from './commands/study.ts'
import {
  studyExport,
  studyKey,
  studyReport,
  type StudyExportFlags,
  type StudyReportFlags,
} from './commands/study-results.ts'
import { withKnownWorkspace, withSession } from './session.ts'

interface Tools {
  readonly done: (exitCode: number) => void
  readonly whole: (low: number, high: number) => (text: string) => number
  readonly collect: (text: string, all?: readonly string[]) => string[]
  readonly workspace: readonly [string, string]
  /** A workspace that must be there. */
  readonly known: readonly [string, string]
  readonly json: readonly [string, string]
}

type Flags<T = object> = T & { workspace?: string; json?: boolean }

export function addStudyCommands(program: Command, tools: Tools): void {
  const { done, whole, collect, workspace, known, json } = tools
  const study = program.command('study').description('human evaluation: blind ranking of captions')
  const models = ['--rater-models', 'also fit models that weigh raters'] as const
  const resamples = ['--resamples <n>', 'bootstrap resamples', whole(100, 100_000), 10_000] as const

  study
    .command('plan')
    .description('make a study; prints balance, hours and sample size')
    .requiredOption('--name <name>', 'name of the study (raters never see it)')
    .option(
      '--template <id>',
      'figure-3, probing, iiw, capsfusion, pair, best-worst, rubric',
      'figure-3',
    )
    .option('--system <spec>', 'NAME=captioner@kind, repeatable', collect, [])
    .option('--captions <file>', 'captions as JSON lines: image, system, caption')
    .option('--rater <name>', 'pseudonym of a rater, repeatable', collect, [])
    .option('--per-item <n>', 'raters for each item', whole(1, 500))
    .option('--seed <n>', 'seed of every order', whole(0, 0xffffffff), 7)
    .option('--repeats <percent>', 'items shown twice', whole(0, 50), 10)
    .option('--dry-run', 'print, keep nothing')
    .option(...workspace)
    .option(...json)
    .action(async (flags: Flags<StudyPlanFlags>) =>
      done(await withSession(flags, (session) => studyPlan(session, flags))),
    )
  study
    .command('list')
    .option(...known)
    .option(...json)
    .action(async (flags: Flags) =>
      done(await withKnownWorkspace(flags, (session) => studyList(session, flags))),
    )
  study
    .command('serve')
    .argument('<study>', 'name or id')
    .description('rating pages on this machine, one link for each rater')
    .option('--port <n>', 'port (default: any free one)', whole(0, 65535))
    .option('--lan <address>', 'also for the local network, at this address of this machine')
    .option('--keep-links', 'raters go on with the links of an earlier start at the same --port')
    .option(...known)
    .action(async (which: string, flags: Flags<StudyServeFlags>) =>
      done(await withKnownWorkspace(flags, (session) => studyServe(session, which, flags))),
    )
  study
    .command('task')
    .argument('<study>', 'name or id')
    .description('one self-contained HTML file for each rater; answers come back as JSON')
    .requiredOption('--out <dir>', 'folder for the files')
    .option(...known)
    .action(async (which: string, flags: Flags<{ out: string }>) =>
      done(await withKnownWorkspace(flags, (session) => studyTask(session, which, flags.out))),
    )
  study
    .command('report')
    .argument('<study>', 'name or id')
    .description('shares, strengths, agreement; names the systems and logs that')
    .option(...resamples)
    .option(...models)
    .option(...known)
    .option(...json)
    .action(async (which: string, flags: Flags<StudyReportFlags>) =>
      done(await withKnownWorkspace(flags, (session) => studyReport(session, which, flags))),
    )
  study
    .command('export')
    .argument('<study>', 'name or id')
    .description('JSONL, CSV, XLSX, SQLite, LaTeX, Markdown, HTML, scripts for Python and R')
    .requiredOption('--out <dir>', 'folder for the files')
    .option('--anonymous', 'other rater numbers, no clocks, no notes, no names')
    .option(...resamples)
    .option(...models)
    .option(...known)
    .action(async (which: string, flags: Flags<StudyExportFlags>) =>
      done(await withKnownWorkspace(flags, (session) => studyExport(session, which, flags))),
    )
  study
    .command('key')
    .argument('<study>', 'name or id')
    .requiredOption('--out <file>', 'CSV file')
    .description('who the numbers of the anonymous export are; keep it apart')
    .option(...known)
    .action(async (which: string, flags: Flags<{ out: string }>) =>
      done(await withKnownWorkspace(flags, (session) => studyKey(session, which, flags.out))),
    )
  study
    .command('add-rater')
    .argument('<study>', 'name or id')
    .requiredOption('--rater <name>', 'pseudonym, repeatable', collect)
    .description('raters who join late: the plan is extended, never drawn again')
    .option(...known)
    .action(async (which: string, flags: Flags<{ rater: string[] }>) =>
      done(
        await withKnownWorkspace(flags, (session) => studyAddRaters(session, which, flags.rater)),
      ),
    )
  study
    .command('import')
    .argument('<file...>', 'answer files of task pages, or study.jsonl of an export')
    .option(...workspace)
    .action(async (files: string[], flags: Flags) =>
      done(await withSession(flags, (session) => studyImport(session, files))),
    )
  study
    .command('withdraw')
    .argument('<study>', 'name or id')
    .requiredOption('--rater <name>', 'whose answers')
    .description('take a rater’s answers out of every analysis and later export')
    .option(...known)
    .action(async (which: string, flags: Flags<{ rater: string }>) =>
      done(
        await withKnownWorkspace(flags, (session) => studyWithdraw(session, which, flags.rater)),
      ),
    )
}
