/** `realign annotations …`: what annotations there are, what their rounds measure, and handing them on. */
import path from 'node:path'
import { makeFolder } from '../../files/make-folder.ts'
import { keepOriginals } from '../../files/keep-originals.ts'
import { writeWhole } from '../../files/write-atomically.ts'
import type { AnnotationFile, Estimate, RoundFigures } from '../../shared/annotation.ts'
import { writerOf } from '../../shared/elsewhere.ts'
import { RealignError } from '../../shared/errors.ts'
import { shownNumber } from '../../shared/numbers.ts'
import { plural } from '../../shared/plural.ts'
import { note, print, printJson, safe, wrap } from '../output.ts'
import { runBehindBar, shareOf } from '../progress.ts'
import type { Session } from '../session.ts'

/** A shorter beginning of an id could be the name that somebody mistyped. */
const LEAST_OF_ID = 4

/** By name, the newest of several, or by the beginning of its id. Fails with 'bad-input' or 'not-found'. */
async function findAnnotation({ client }: Session, which: string): Promise<string> {
  const { annotations } = await client.call('annotations.list', {})
  const named = annotations.find(({ name }) => name === which)
  if (named) return named.id
  const begun =
    which.length < LEAST_OF_ID ? [] : annotations.filter(({ id }) => id.startsWith(which))
  if (begun.length > 1)
    throw new RealignError('bad-input', `${begun.length} annotations begin with ${which}`, {
      hint: 'Give more of the id.',
    })
  if (begun[0]) return begun[0].id
  throw new RealignError('not-found', `No annotation "${which}" in this workspace`, {
    hint: annotations.length
      ? `There are: ${annotations.map(({ name }) => name).join(', ')}.`
      : 'Begin one in the workbench, in Rounds.',
  })
}

export async function annotationsList(
  { client }: Session,
  flags: { readonly json?: boolean | undefined },
): Promise<number> {
  const { annotations } = await client.call('annotations.list', {})
  for (const one of annotations) {
    if (flags.json) printJson(one)
    else
      print(
        `${one.id.slice(0, 12)}  ${one.createdAt.slice(0, 10)}  ${safe(one.name)}: ${plural(one.images, 'image')}, round ${one.openRound}, ${one.done} of ${one.images} written`,
      )
  }
  if (annotations.length === 0 && !flags.json) print('No annotations in this workspace')
  return 0
}

const estimate = (found: Estimate | null, digits = 1): string =>
  found === null
    ? '-'
    : `${shownNumber(found.value, digits)} [${shownNumber(found.low, digits)}, ${shownNumber(found.high, digits)}]`

function printRound(one: RoundFigures): void {
  print(`Round ${one.round}: ${plural(one.images, 'image')}`)
  print(`  length       ${estimate(one.words)} words`)
  if (one.editedChars)
    print(
      `  edited       ${estimate(one.editedChars)} characters, ${estimate(one.editedWords)} words`,
    )
  print(`  CLIP score   ${estimate(one.clip)}`)
  if (one.clipGain) print(`  CLIP gain    ${estimate(one.clipGain, 2)}`)
  if (one.unchanged) print(`  unchanged    ${(100 * one.unchanged.value).toFixed(0)} %`)
}

export interface FiguresFlags {
  readonly score?: boolean | undefined
  readonly json?: boolean | undefined
}

/** Exit code 1 where texts were to be scored and some were not. */
export async function annotationsFigures(
  session: Session,
  which: string,
  flags: FiguresFlags,
): Promise<number> {
  const { client, signal } = session
  const annotationId = await findAnnotation(session, which)
  const failed = flags.score ? await scoreTexts(session, annotationId) : 0
  const figures = await client.call('annotations.figures', { annotationId }, { signal })
  if (flags.json) printJson(figures)
  else {
    for (const one of figures.rounds) printRound(one)
    for (const one of figures.annotators)
      print(
        `${safe(one.annotator)}, round ${one.round}: ${plural(one.images, 'image')}, ${one.words.toFixed(1)} words, ${one.editedChars.toFixed(1)} characters edited, ${(100 * one.unchanged).toFixed(0)} % unchanged`,
      )
    if (figures.outlook !== null) for (const line of wrap(figures.outlook, 100)) print(line)
    for (const line of wrap(figures.notes.join(' '), 100)) print(line)
  }
  return failed > 0 ? 1 : 0
}

/** How many texts got no score. */
async function scoreTexts({ client, signal }: Session, annotationId: string): Promise<number> {
  const work = client.run('annotations.score', { annotationId }, { signal })
  const { failed, problem } = await runBehindBar(work, (event) => [shareOf(event), 'scoring texts'])
  if (failed > 0) note(`${plural(failed, 'text')} not scored: ${safe(problem ?? '')}`)
  return failed
}

export async function annotationsExport(
  session: Session,
  which: string,
  { what, out }: { readonly what: AnnotationFile; readonly out?: string | undefined },
): Promise<number> {
  const annotationId = await findAnnotation(session, which)
  const { client, signal } = session
  const { text } = await client.call('annotations.export', { annotationId, what }, { signal })
  if (out === undefined) process.stdout.write(text)
  else {
    await keepOriginals(out)
    await makeFolder(path.dirname(out))
    await writeWhole(out, text)
    note(`Written to ${out}`)
  }
  return 0
}

export async function annotationsToCaptions(
  session: Session,
  which: string,
  { round, json }: { readonly round: number; readonly json?: boolean | undefined },
): Promise<number> {
  const annotationId = await findAnnotation(session, which)
  const { client, signal } = session
  const work = client.run('annotations.toCaptions', { annotationId, round }, { signal })
  const end = await runBehindBar(work, (event) => [shareOf(event), 'captions and their scores'])
  const { added, there, captionerId } = end
  if (json) printJson(end)
  else
    print(
      `${plural(added, 'caption')} added, ${there} already here, by "${safe(writerOf(captionerId))}"`,
    )
  return 0
}
