/** `realign study report|export|key`: what comes out of a study, on the screen and as files. */
import { access } from 'node:fs/promises'
import path from 'node:path'
import { keepOriginals } from '../../files/keep-originals.ts'
import { makeFolder } from '../../files/make-folder.ts'
import { writeRowFile } from '../../files/row-file.ts'
import { rowSource } from '../../files/spreadsheet.ts'
import { writeWhole } from '../../files/write-atomically.ts'
import type { Table } from '../../shared/contract/studies.ts'
import { RealignError } from '../../shared/errors.ts'
import { plural } from '../../shared/plural.ts'
import type { StudyReport } from '../../shared/study-report.ts'
import { note, print, printJson, safe, wrap } from '../output.ts'
import { createProgress } from '../progress.ts'
import type { Session } from '../session.ts'
import { findStudy } from './study.ts'

const percent = (share: number) => `${(100 * share).toFixed(1)} %`

function printReport(report: StudyReport): void {
  for (const one of report.criteria) {
    if (one.votes === 0) {
      print(`${one.id}: no votes`)
      continue
    }
    print(
      `${one.id}: ${plural(one.images, 'image')}, ${plural(one.votes, 'vote')}${one.fewImages ? ' (few)' : ''}`,
    )
    for (const row of one.shares) {
      const letters = one.strengths.find(({ system }) => system === row.system)?.letters ?? ''
      const { value, low, high } = row.votes
      print(
        `  ${safe(report.systems[row.system] ?? '').padEnd(28)} ${percent(value).padStart(8)} of votes [${percent(low)}, ${percent(high)}], ${plural(row.majorityImages, 'image')}, ${letters}`,
      )
    }
    if (one.shares.length > 0) print(`  Tie ${plural(one.tie.images, 'image')}`)
    for (const { system, label, yes, n, low, high } of one.flags ?? [])
      print(
        `  ${safe(report.systems[system] ?? '').padEnd(28)} ${n === 0 ? 'no answer' : `${percent(yes / n)} of ${n} [${percent(low)}, ${percent(high)}]`} ${safe(label)}`,
      )
  }
  for (const line of wrap(report.methods, 100)) print(line)
}

export interface StudyReportFlags {
  readonly resamples: number
  readonly raterModels?: boolean | undefined
  readonly json?: boolean | undefined
}

export async function studyReport(
  session: Session,
  which: string,
  flags: StudyReportFlags,
): Promise<number> {
  const studyId = await findStudy(session, which)
  const { resamples, raterModels = false } = flags
  const bar = createProgress()
  try {
    const work = session.client.run(
      'studies.analyse',
      { studyId, resamples, raterModels },
      { signal: session.signal },
    )
    let step = await work.next()
    for (; !step.done; step = await work.next())
      bar.show(step.value.fraction, 'drawing images again')
    bar.stop()
    if (flags.json) printJson(step.value.report)
    else printReport(step.value.report)
  } finally {
    bar.stop()
  }
  return 0
}

export interface StudyExportFlags extends Omit<StudyReportFlags, 'json'> {
  readonly out: string
  readonly anonymous?: boolean | undefined
}

export async function studyExport(
  session: Session,
  which: string,
  flags: StudyExportFlags,
): Promise<number> {
  const studyId = await findStudy(session, which)
  const { files, binaries, tables, warnings } = await session.client.call(
    'studies.export',
    {
      studyId,
      level: flags.anonymous ? 'anonymous' : 'full',
      resamples: flags.resamples,
      raterModels: flags.raterModels ?? false,
    },
    { signal: session.signal },
  )
  await makeFolder(flags.out)
  for (const { name, text } of files) await writeWhole(path.join(flags.out, name), text)
  for (const { name, bytes } of binaries) await writeWhole(path.join(flags.out, name), bytes)
  for (const table of tables)
    await writeRowFile(path.join(flags.out, `${table.name}.csv`), 'csv', {
      source: rowSource(table),
    })
  print(`${files.length + binaries.length + tables.length} files in ${flags.out}`)
  for (const warning of warnings) note(`note: ${safe(warning)}`)
  return 0
}

/** Every export of a study has this file. */
const holdsExport = (folder: string): Promise<boolean> =>
  access(path.join(folder, 'study.jsonl')).then(
    () => true,
    () => false,
  )

/** The key of an anonymous export: refuses to lie in a folder that holds one. */
export async function studyKey(session: Session, which: string, out: string): Promise<number> {
  await keepOriginals(out)
  const studyId = await findStudy(session, which)
  const folder = path.dirname(out)
  if (await holdsExport(folder))
    throw new RealignError(
      'bad-input',
      `${folder} holds an export, which the key must not lie with`,
      {
        hint: 'Name a file in another folder: whoever gets both knows who the raters are.',
      },
    )
  const { rows } = await session.client.call('studies.key', { studyId })
  const table: Table = {
    name: 'key',
    columns: ['number', 'rater'],
    rows: rows.map(({ label, name }) => [label, name]),
  }
  await makeFolder(folder)
  await writeRowFile(out, 'csv', { source: rowSource(table) })
  print(`${rows.length} raters in ${out}; keep it apart from the export`)
  return 0
}
