/** `realign study …`: plan, serve, report, export and import a human evaluation. */
import path from 'node:path'
import { makeFolder } from '../../files/make-folder.ts'
import { readText } from '../../files/read-text.ts'
import { writeWhole } from '../../files/write-atomically.ts'
import { LONGEST_HOURS, startRaterHost } from '../../server/rater-host.ts'
import { checkOwnAddress, readRatePages } from '../../server/rater-pages.ts'
import { ImportedCaption, type StudySummary } from '../../shared/contract/studies.ts'
import { RealignError } from '../../shared/errors.ts'
import { plural } from '../../shared/plural.ts'
import { AltKind } from '../../shared/types.ts'
import { note, print, printJson, safe } from '../output.ts'
import { ratePages } from '../places.ts'
import { untilInterrupted, type Session } from '../session.ts'

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
  const [, captionerId = '', kind = ''] = /^(.*?)(?:@([^@]*))?$/su.exec(rest) ?? []
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
  const lines = (await readText(file)).split('\n')
  return lines.flatMap((line, index) => {
    if (line.trim() === '') return []
    let row: unknown
    try {
      row = JSON.parse(line)
    } catch {
      row = null
    }
    const parsed = ImportedCaption.safeParse(row)
    if (parsed.success) return [parsed.data]
    const [issue] = row === null ? [] : parsed.error.issues
    const why = issue ? ` (${[...issue.path, issue.message].join(': ')})` : ''
    throw new RealignError('bad-input', `Line ${index + 1} of ${file} is not a caption${why}`, {
      hint: 'One JSON object a line: {"image": name or sha256, "system": …, "caption": …}.',
    })
  })
}

function printPlan(plan: StudySummary): void {
  print(
    `${plural(plan.items, 'image')}, ${plural(plan.qualityItems, 'hidden test item')}, ${plan.leftOut} left out`,
  )
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

const LEAST_OF_ID = 6

/** By its whole name, the newest of a name; else by the first characters of its id. */
export async function findStudy(session: Session, which: string): Promise<string> {
  const { studies } = await session.client.call('studies.list', {})
  const named = studies.findLast(({ name }) => name === which)
  if (named) return named.id
  const begun = which.length < LEAST_OF_ID ? [] : studies.filter(({ id }) => id.startsWith(which))
  if (begun.length > 1)
    throw new RealignError('bad-input', `${begun.length} studies begin with ${which}`, {
      hint: 'Give more of the id.',
    })
  if (begun[0]) return begun[0].id
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

export interface StudyServeFlags {
  readonly port?: number | undefined
  readonly lan?: string | undefined
  readonly keepLinks?: boolean | undefined
}

export async function studyServe(
  session: Session,
  which: string,
  flags: StudyServeFlags,
): Promise<number> {
  const { keepLinks = false } = flags
  if (keepLinks && !flags.port)
    throw new RealignError('bad-input', 'A link works at the port that it was made for', {
      hint: 'Give --port as at the earlier start.',
    })
  if (flags.lan !== undefined) checkOwnAddress(flags.lan)
  const studyId = await findStudy(session, which)
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
  note(
    keepLinks
      ? 'Links of earlier starts go on working; here is one for each rater without (Ctrl-C stops):'
      : 'One link for each rater; links of earlier starts no longer work (Ctrl-C stops):',
  )
  for (const { rater, name, done, total, invited, withdrawn } of progress.raters) {
    if (withdrawn) continue
    const link =
      keepLinks && invited
        ? 'keeps the link of before'
        : host.linkFor((await session.client.call('studies.invite', { studyId, rater })).token)
    print(`${safe(name)} (${done} of ${total})  ${link}`)
  }
  const stopped = untilInterrupted(session.signal).then(() => 'stopped' as const)
  const ended = await Promise.race([stopped, host.closed])
  await host.close()
  if (ended === 'stopped') return 0
  note(
    `The pages closed by themselves after ${LONGEST_HOURS} hours; every answer is saved. Start them again with --keep-links and --port ${host.port}: open pages wait and go on.`,
  )
  return 0
}

export async function studyTask(session: Session, which: string, out: string): Promise<number> {
  const studyId = await findStudy(session, which)
  const { progress } = await session.client.call('studies.get', { studyId })
  await makeFolder(out)
  for (const { rater, withdrawn } of progress.raters) {
    if (withdrawn) continue
    const { html, warnings } = await session.client.call('studies.taskFile', { studyId, rater })
    for (const warning of warnings) note(`  ${warning}`)
    const file = path.join(out, `rater-${rater + 1}.html`)
    await writeWhole(file, html)
    print(file)
  }
  return 0
}

export async function studyImport(session: Session, files: readonly string[]): Promise<number> {
  let refused = 0
  for (const file of files) {
    const text = await readText(file)
    const done = await session.client.call('studies.import', { text })
    refused += done.refused.length
    print(
      `${safe(file)}: ${done.added} new, ${done.known} known, ${done.conflicts} in conflict, ${done.refused.length} refused`,
    )
    if (done.twice > 0)
      note(
        `  ${plural(done.twice, 'question')} answered twice and differently by one rater, on two devices: the later answer counts`,
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
  const studyId = await findStudy(session, which)
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

/** Late raters: the plan is extended, nothing in it moves. */
export async function studyAddRaters(
  session: Session,
  which: string,
  names: readonly string[],
): Promise<number> {
  const studyId = await findStudy(session, which)
  const { raters } = await session.client.call('studies.addRaters', { studyId, names: [...names] })
  for (const { name, total } of raters) print(`${safe(name)}: ${total} items`)
  return 0
}
