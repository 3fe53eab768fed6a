/** `realign import FOLDER --table FILE` and `realign import TABLE`: images, then the words and captions a table has for them. */
import { readFile, realpath, stat } from 'node:fs/promises'
import path from 'node:path'
import { guessColumns } from '../../core/tables/guess-columns.ts'
import type { Input, Output } from '../../shared/contract.ts'
import type { TableCaptions, TableRowView } from '../../shared/contract/tables.ts'
import { isTableName, MAX_TABLE_BYTES, MAX_TABLE_ROWS } from '../../shared/tables.ts'
import { byWhom, elsewhereId } from '../../shared/elsewhere.ts'
import { RealignError } from '../../shared/errors.ts'
import { plural } from '../../shared/plural.ts'
import { note, print, printJson, safe } from '../output.ts'
import { createProgress } from '../progress.ts'
import type { Session } from '../session.ts'
import { fileOf, isFile, namedFiles, namesOf } from '../table-files.ts'
import { importedInWords, importPaths } from './import.ts'

export interface TableFlags {
  readonly table?: string | undefined
  readonly imageColumn?: string | undefined
  readonly altColumn?: string | undefined
  readonly classColumn?: string | undefined
  readonly groupColumn?: string | undefined
  readonly captionColumn?: string | undefined
  readonly captionerColumn?: string | undefined
  readonly captionsBy?: string | undefined
  readonly dryRun?: boolean | undefined
  readonly json?: boolean | undefined
}

type Looked = Output<'tables.read'>

/** Columns as they were typed, by what they are. */
const chosenOf = (flags: TableFlags) => ({
  image: flags.imageColumn,
  altText: flags.altColumn,
  className: flags.classColumn,
  group: flags.groupColumn,
  caption: flags.captionColumn,
  captioner: flags.captionerColumn,
})

/** The table of the command line, if there is one, and the paths that are images. */
export async function tableAmong(
  paths: readonly string[],
  flags: TableFlags,
): Promise<{ readonly table: string | null; readonly others: readonly string[] }> {
  const [first = ''] = paths
  const alone = paths.length === 1 && isTableName(first) && (await isFile(first))
  if (alone && flags.table !== undefined)
    throw new RealignError('bad-input', 'Two tables are named', {
      hint: 'Import one table at a time.',
    })
  const table = flags.table ?? (alone ? first : null)
  const wanted = [...Object.values(chosenOf(flags)), flags.captionsBy, flags.dryRun]
  if (table === null && wanted.some((one) => one !== undefined))
    throw new RealignError('bad-input', 'There is no table to read', {
      hint: 'Name it with --table, or as the only path.',
    })
  return { table, others: alone ? [] : paths }
}

async function open(file: string, flags: TableFlags): Promise<Input<'tables.apply'>> {
  const facts = await stat(file).catch(() => null)
  if (!facts?.isFile())
    throw new RealignError('not-found', `There is no file ${file}`, { hint: 'Check the path.' })
  if (facts.size > MAX_TABLE_BYTES)
    throw new RealignError('bad-input', `${file} is larger than ${MAX_TABLE_BYTES / 2 ** 20} MB`, {
      hint: 'Split it, or leave out the columns that are not needed.',
    })
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new RealignError('bad-input', `${file} cannot be read`, {
      cause,
      hint: 'Name a file that you may read.',
    })
  })
  const columns = Object.fromEntries(
    Object.entries(chosenOf(flags)).flatMap(([role, name]) =>
      name === undefined ? [] : [[role, name === '' ? null : name]],
    ),
  )
  const { captionsBy } = flags
  if (captionsBy !== undefined && elsewhereId(captionsBy) === null)
    throw new RealignError('bad-input', '--captions-by names nobody', {
      hint: 'Say who wrote the captions, e.g. --captions-by "GPT-4o".',
    })
  const folder = await realpath(path.dirname(file))
  return {
    ...{ name: path.basename(file), bytes, folder, columns },
    ...(captionsBy !== undefined && { captionsBy }),
  }
}

/** Says which flag helps before anything is written. */
function assertMapped({ columns, mapping }: Looked, captionsBy: string | undefined): void {
  const { image, captioner, ...words } = mapping
  const names = columns.slice(0, 20).map((name) => `"${name}"`)
  const more = columns.length > 20 ? ` and ${columns.length - 20} more` : ''
  const refuse = (message: string, hint: string): never => {
    throw new RealignError('bad-input', message, { hint })
  }
  const which = (flags: string): string => `Say which with ${flags}: ${names.join(', ')}${more}.`
  if (columns.length === 0)
    refuse(
      'The table has no column',
      'It needs one for the image, and one for its alt-text or caption.',
    )
  if (image === null)
    refuse('No column of the table is known to name the image', which('--image-column'))
  if (Object.values(words).every((name) => name === null))
    refuse(
      'No column of the table is known to hold an alt-text, a class name, a group or a caption with its captioner',
      which('--alt-column (or --class-column, --group-column, or --captions-by NAME for captions)'),
    )
  if (words.caption !== null && captioner === null && captionsBy === undefined)
    refuse(
      'Nothing says who wrote the captions of the table',
      `Say it with --captions-by NAME, or ${which('--captioner-column')} --caption-column "" leaves captions out.`,
    )
}

const ROLES = [
  ['image', 'image'],
  ['altText', 'alt-text'],
  ['className', 'class'],
  ['group', 'group'],
  ['caption', 'caption'],
  ['captioner', 'captioner'],
] as const
const WORDS = [
  ['altText', 'alt-text'],
  ['className', 'class'],
  ['group', 'group'],
] as const

const short = (text: string): string => safe(text.length > 160 ? `${text.slice(0, 160)}…` : text)

function printRow(row: TableRowView, there: boolean): void {
  const state =
    row.state === 'found'
      ? ''
      : row.state === 'there'
        ? '  (a caption of this workspace)'
        : there
          ? '  (its file is there)'
          : `  (${row.reason})`
  print(`line ${row.line}  ${short(row.image)}${safe(state)}`)
  for (const [role, word] of WORDS)
    if (row[role] !== null) print(`  ${word}: "${short(row[role])}"`)
  if (row.caption === null || !row.given) return
  print(`  given: ${row.given.altKind} "${short(row.given.altText)}"`)
  print(
    `  caption by ${row.writer === null ? '(nobody yet)' : short(row.writer)}: "${short(row.caption)}"`,
  )
}

/** What would be read, and nothing written. */
async function dryRun(
  looked: Looked,
  {
    input,
    others,
    json,
  }: {
    readonly input: Input<'tables.apply'>
    readonly others: readonly string[]
    readonly json: boolean
  },
): Promise<number> {
  const folders = [input.folder ?? '.']
  for (const one of others) folders.push(await realpath(one).catch(() => path.resolve(one)))
  const first = await Promise.all(
    looked.first.map(async (row) => ({
      row,
      there: row.state === 'missing' && (await fileOf(row.image, folders)) !== null,
    })),
  )
  if (json) {
    printJson({ ...looked, first: first.map(({ row, there }) => ({ ...row, fileThere: there })) })
  } else {
    print(`${safe(input.name)}: ${looked.rows} rows; nothing is written`)
    for (const [role, word] of ROLES) {
      const column = looked.mapping[role]
      const named = role === 'captioner' && input.captionsBy ? `: ${short(input.captionsBy)}` : ''
      print(
        `  ${word.padEnd(9)} ${column === null ? `(none)${named}` : `column "${safe(column)}"`}`,
      )
    }
    for (const { row, there } of first) printRow(row, there)
  }
  assertMapped(looked, input.captionsBy)
  return 0
}

const DONE = {
  words: (done: number) => `${plural(done, 'image')} given words`,
  captions: (done: number) => `${plural(done, 'caption')} kept`,
  scores: (done: number, total: number) => `${done} of ${plural(total, 'caption')} scored`,
} as const

async function apply(
  session: Session,
  input: Input<'tables.apply'>,
  quiet: boolean,
): Promise<Output<'tables.apply'>> {
  const progress = createProgress(quiet)
  const work = session.client.run('tables.apply', input, { signal: session.signal })
  try {
    for (;;) {
      const step = await work.next()
      if (step.done) return step.value
      const { what, done, total, fraction } = step.value
      progress.show(fraction, DONE[what](done, total))
    }
  } finally {
    progress.stop()
  }
}

function tellCaptions({ added, there, scored, unscored, problem, writers }: TableCaptions): void {
  const by = byWhom(writers.map(short))
  print(`${plural(added, 'caption')} made elsewhere${by}, ${there} already here, ${scored} scored`)
  if (unscored > 0)
    note(
      `${plural(unscored, 'caption')} not scored: ${safe(problem ?? '')}; the same import tries again`,
    )
}

/** Captions of nobody are not read beside other words; whoever has them in mind is told how. */
function tellUnread({ columns, mapping }: Looked, { captionColumn }: TableFlags): void {
  const { caption } = guessColumns(columns, true)
  const used = Object.values(mapping)
  if (caption === null || captionColumn !== undefined || used.includes(caption)) return
  note(
    `column "${safe(caption)}" is not read; if it holds captions, name who wrote them with --captions-by`,
  )
}

/** Exit code 1 when a file was refused or a row was not used. */
export async function importTable(
  session: Session,
  table: string,
  { paths, flags }: { readonly paths: readonly string[]; readonly flags: TableFlags },
): Promise<number> {
  const { client, signal } = session
  const json = flags.json ?? false
  const input = await open(table, flags)
  const looked = await client.call('tables.read', input, { signal })
  if (flags.dryRun) return dryRun(looked, { input, others: paths, json })
  assertMapped(looked, flags.captionsBy)
  tellUnread(looked, flags)
  const sources = paths.length > 0 ? paths : await namedFiles(input, looked.mapping, signal)
  const own = await namesOf(table, paths)
  const imported = await importPaths(session, sources, {
    quiet: json,
    leftOut: (name) => own.has(name),
  })
  const result = await apply(
    session,
    { ...input, alsoCalled: imported.duplicates.slice(0, MAX_TABLE_ROWS) },
    json,
  )
  for (const { line, image, reason } of result.unused)
    note(`not used: line ${line}${image === '' ? '' : ` (${short(image)})`}: ${reason}`)
  const { unused, altTexts, classNames, groups } = result
  if (json)
    printJson({
      images: imported.imageIds,
      refused: imported.refused,
      passedOver: imported.passedOver.length,
      table: { file: input.name, mapping: looked.mapping, ...result },
    })
  else {
    print(importedInWords(imported))
    const words = `${plural(altTexts, 'alt-text')}, ${plural(classNames, 'class name')} and ${plural(groups, 'group')} from `
    const none = result.captions !== undefined && classNames + groups === 0
    print(
      `${none ? '' : words}${plural(result.rows, 'row')} for ${plural(result.images, 'image')}, ${plural(unused.length, 'row')} not used`,
    )
  }
  if (!json && result.captions) tellCaptions(result.captions)
  const unscored = result.captions?.unscored ?? 0
  return imported.refused > 0 || unused.length > 0 || unscored > 0 ? 1 : 0
}
