/** `realign study …`: plan, serve, report, export and import a human evaluation. */
import { mkdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { writeAtomically } from '../../files/write-atomically.ts'
import { writeRowFile } from '../../files/row-file.ts'
import { startRaterHost } from '../../server/rater-host.ts'
import { readRatePages } from '../../server/rater-pages.ts'
import { taskFileHtml } from '../../server/rater-task-file.ts'
import { ImportedCaption, type StudySummary, type Table } from '../../shared/contract/studies.ts'
import { RealignError } from '../../shared/errors.ts'
import type { StudyReport } from '../../shared/study-report.ts'
import { AltKind } from '../../shared/types.ts'
import { note, print, printJson, safe, wrap } from '../output.ts'
import { ratePages } from '../places.ts'
import type { Session } from '../session.ts'

export interface StudyPlanFlags {
  readonly name: string
  readonly template: string
  readonly system: readonly string[]
  readonly captions?: string | undefined
  readonly rater: readonly string[]
  readonly perItem?: number | undefined
  readonly seed: number
  readonly repeats: number
  readonly dryRun?: boolean | undefined
  readonly json?: boolean | undefined
}

/** `NAME=captioner@kind`; captioner or kind may be empty for any. A bare NAME is one of an imported file. */
export function systemOf(text: string) {
  const [name = '', rest = ''] = text.split(/=(.*)/su)
  const [captionerId = '', kind = ''] = rest.split('@')
  const altKind = AltKind.safeParse(kind)
  if (name === '' || (kind !== '' && !altKind.success))
    throw new RealignError('bad-input', `"${text}" names no system`, {
      hint: 'Write NAME=captioner@kind, e.g. "with class name=builtin@class-name".',
    })
  return {
    name,
    ...(captionerId && { captionerId }),
    ...(altKind.success && { altKind: altKind.data }),
  }
}

async function captionsOf(file: string): Promise<ImportedCaption[]> {
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line.trim() !== '')
  return lines.map((line, index) => {
    let row: unknown
    try {
      row = JSON.parse(line)
    } catch {
      row = null
    }
    const parsed = ImportedCaption.safeParse(row)
    if (parsed.success) return parsed.data
    throw new RealignError('bad-input', `Line ${index + 1} of ${file} is not a caption`, {
      hint: 'One JSON object a line: {"image": name or sha256, "system": …, "caption": …}.',
    })
  })
}

function printPlan(plan: StudySummary): void {
  print(`${plan.items} images, ${plan.qualityItems} hidden test items, ${plan.leftOut} left out`)
  print(`systems: ${plan.systems.map(safe).join(', ')}`)
  print(`items per rater: ${plan.loads.join(', ')}; about ${plan.hoursPerRater.toFixed(1)} h each`)
  print(`items shared by two raters: ${plan.overlap.least} to ${plan.overlap.most}`)
  for (const { cards, table } of plan.slots) {
    print(`${cards} cards, showings of each card in each place:`)
    for (const row of table) print(`  ${row.map((n) => String(n).padStart(5)).join('')}`)
  }
  print('images needed to see a difference (80 % power, 5 %):')
  for (const { comparison, images } of plan.sampleSize)
    print(`  ${String(images).padStart(5)}  ${comparison}`)
  for (const warning of plan.warnings) note(`note: ${warning}`)
  if (plan.studyId) print(`study ${plan.studyId}`)
}

export async function studyPlan(session: Session, flags: StudyPlanFlags): Promise<number> {
  const imported = flags.captions === undefined ? undefined : await captionsOf(flags.captions)
  const plan = await session.client.call('studies.plan', {
    name: flags.name,
    template: flags.template,
    systems: flags.system.map(systemOf),
    ...(imported && { imported }),
    raters: flags.rater.length > 0 ? [...flags.rater] : ['rater 1'],
    ...(flags.perItem !== undefined && { ratersPerItem: flags.perItem }),
    seed: flags.seed,
    repeatShare: flags.repeats / 100,
    dryRun: flags.dryRun ?? false,
  })
  if (flags.json) printJson(plan)
  else printPlan(plan)
  return 0
}

/** By name, or by the first characters of the id; the newest of a name. */
async function find(session: Session, which: string): Promise<string> {
  const { studies } = await session.client.call('studies.list', {})
  const found = studies.findLast(({ id, name }) => name === which || id.startsWith(which))
  if (found) return found.id
  throw new RealignError('not-found', `No study "${which}" in this workspace`, {
    hint: studies.length
      ? `There are: ${studies.map(({ name }) => name).join(', ')}.`
      : 'Make one with `realign study plan`.',
  })
}

export async function studyList(session: Session, flags: { json?: boolean }): Promise<number> {
  const { studies } = await session.client.call('studies.list', {})
  for (const { id, name, createdAt } of studies) {
    const { progress } = await session.client.call('studies.get', { studyId: id })
    if (flags.json) printJson({ id, name, createdAt, ...progress })
    else {
      print(`${id.slice(0, 12)}  ${createdAt.slice(0, 10)}  ${safe(name)}`)
      for (const one of progress.raters) print(`    ${safe(one.name)}: ${one.done} of ${one.total}`)
    }
  }
  return 0
}

export async function studyServe(
  session: Session,
  which: string,
  flags: { readonly port?: number | undefined; readonly lan?: string | undefined },
): Promise<number> {
  const studyId = await find(session, which)
  const host = await startRaterHost({
    invoke: session.workbench.invokeAs('rater'),
    pages: await readRatePages(ratePages()),
    ...(flags.port !== undefined && { port: flags.port }),
    ...(flags.lan !== undefined && { lanAddress: flags.lan }),
  })
  const { progress } = await session.client.call('studies.get', { studyId })
  if (host.lan)
    note(
      'Open to the local network, without encryption: others on it could read along. `realign study task` makes files instead.',
    )
  note('One link for each rater; links of earlier starts no longer work (Ctrl-C stops):')
  for (const { rater, name, done, total } of progress.raters) {
    const { token } = await session.client.call('studies.invite', { studyId, rater })
    print(`${safe(name)} (${done} of ${total})  ${host.linkFor(token)}`)
  }
  await new Promise<void>((resolve) =>
    session.signal.addEventListener('abort', () => resolve(), { once: true }),
  )
  await host.close()
  return 0
}

export async function studyTask(session: Session, which: string, out: string): Promise<number> {
  const studyId = await find(session, which)
  const built = await readRatePages(ratePages())
  const { progress } = await session.client.call('studies.get', { studyId })
  await mkdir(out, { recursive: true })
  for (const { rater } of progress.raters) {
    const { task, images } = await session.client.call('studies.task', { studyId, rater })
    const pictures: Record<string, string> = {}
    for (const { trialId, imageId } of images) {
      const { type, bytes } = await session.client.call('images.picture', { imageId, size: 'full' })
      pictures[trialId] = `data:${type};base64,${Buffer.from(bytes).toString('base64')}`
    }
    const file = path.join(out, `rater-${rater + 1}.html`)
    await writeAtomically(file, (part) => write(part, taskFileHtml(built, task, pictures)))
    print(file)
  }
  return 0
}

async function write(file: string, content: string): Promise<void> {
  const { writeFile } = await import('node:fs/promises')
  await writeFile(file, content)
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`

function printReport(report: StudyReport): void {
  for (const one of report.criteria) {
    print(`${one.id}: ${one.images} images, ${one.votes} votes${one.fewImages ? ' (few)' : ''}`)
    for (const row of one.shares) {
      const letters = one.strengths.find(({ system }) => system === row.system)?.letters ?? ''
      const { value, low, high } = row.votes
      print(
        `  ${safe(report.systems[row.system] ?? '').padEnd(28)} ${percent(value).padStart(8)} of votes [${percent(low)}, ${percent(high)}], ${row.majorityImages} images, ${letters}`,
      )
    }
    print(`  Tie ${one.tie.images} images`)
  }
  for (const line of wrap(report.methods, 100)) print(line)
}

export async function studyReport(
  session: Session,
  which: string,
  flags: { readonly resamples: number; readonly json?: boolean },
): Promise<number> {
  const studyId = await find(session, which)
  const { report } = await session.client.call('studies.report', {
    studyId,
    resamples: flags.resamples,
  })
  if (flags.json) printJson(report)
  else printReport(report)
  return 0
}

const columnsOf = ({ columns, rows }: Table) =>
  columns.map((name, at) => ({
    name,
    type: rows.some((row) => typeof row[at] === 'string') ? ('text' as const) : ('number' as const),
  }))

export async function studyExport(
  session: Session,
  which: string,
  flags: { readonly out: string; readonly anonymous?: boolean; readonly resamples: number },
): Promise<number> {
  const studyId = await find(session, which)
  const { files, tables } = await session.client.call('studies.export', {
    studyId,
    level: flags.anonymous ? 'anonymous' : 'full',
    resamples: flags.resamples,
  })
  await mkdir(flags.out, { recursive: true })
  for (const { name, text } of files)
    await writeAtomically(path.join(flags.out, name), (part) => write(part, text))
  for (const table of tables)
    for (const format of ['csv', 'xlsx'] as const) {
      const batches = (async function* () {
        yield table.rows
      })()
      await writeRowFile(path.join(flags.out, `${table.name}.${format}`), format, {
        source: { columns: columnsOf(table), batches },
      })
    }
  print(`${files.length + 2 * tables.length} files in ${flags.out}`)
  return 0
}

export async function studyImport(session: Session, files: readonly string[]): Promise<number> {
  let refused = 0
  for (const file of files) {
    const text = await readFile(file, 'utf8')
    const done = await session.client.call('studies.import', { text })
    refused += done.refused.length
    print(
      `${safe(file)}: ${done.added} new, ${done.known} known, ${done.conflicts} in conflict, ${done.refused.length} refused`,
    )
    for (const reason of done.refused.slice(0, 10)) note(`  ${safe(reason)}`)
  }
  return refused > 0 ? 1 : 0
}

export async function studyWithdraw(
  session: Session,
  which: string,
  name: string,
): Promise<number> {
  const studyId = await find(session, which)
  const { protocol } = await session.client.call('studies.get', { studyId })
  const rater = protocol.raters.indexOf(name)
  if (rater < 0)
    throw new RealignError('not-found', `There is no rater "${name}"`, {
      hint: `Raters: ${protocol.raters.join(', ')}.`,
    })
  await session.client.call('studies.withdraw', { studyId, rater, note: 'command line' })
  print(`The answers of ${safe(name)} leave every analysis and every later export`)
  return 0
}
