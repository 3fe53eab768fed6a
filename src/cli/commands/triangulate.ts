/** `realign triangulate`: how measures of captions agree, and the captions that two of them see otherwise. */
import { csvLine } from '../../core/publish/csv.ts'
import type { Input, Output } from '../../shared/contract.ts'
import type { DatasetRow } from '../../shared/contract/dataset.ts'
import {
  TRIANGULATION_MEASURES,
  type MeasureAgreement,
  type TriangulatedCaption,
  type TriangulationMeasure,
} from '../../shared/contract/triangulation.ts'
import { shownDifference } from '../../shared/numbers.ts'
import { RealignError } from '../../shared/errors.ts'
import { plural } from '../../shared/plural.ts'
import {
  AGREEMENT_NOTE,
  DISAGREEMENT_NOTE,
  disagreementInWords,
  MEASURE_WORDS,
  measureValue,
  placeInWords,
  tauInWords,
  UNKNOWN_WORDS,
} from '../../shared/triangulation-words.ts'
import { note, print, printJson, safe, wrap } from '../output.ts'
import { createProgress } from '../progress.ts'
import type { Session } from '../session.ts'
import { findStudy } from './study.ts'

export interface TriangulateFlags {
  readonly run?: string | undefined
  readonly all?: boolean | undefined
  readonly by?: string | undefined
  readonly direction?: 'both' | 'up' | 'down' | undefined
  readonly references: readonly string[]
  readonly study?: string | undefined
  readonly question?: string | undefined
  readonly top?: number | undefined
  readonly json?: boolean | undefined
  readonly csv?: boolean | undefined
}

type Done = Output<'triangulation.run'>

/** Captions that a person reads where no number is named; data has all of them. */
const READ_AT_ONCE = 20
const ROWS_AT_ONCE = 500

function measureOf(name: string): TriangulationMeasure {
  const asked = name.trim().toLowerCase()
  const found = TRIANGULATION_MEASURES.find((one) => one.toLowerCase() === asked)
  if (found) return found
  throw new RealignError('bad-input', `There is no measure ${JSON.stringify(name)}`, {
    hint: `Measures are ${TRIANGULATION_MEASURES.join(', ')}.`,
  })
}

function pairOf(by: string): NonNullable<Input<'triangulation.run'>['by']> {
  const [a, b, ...more] = by.split(',').map(measureOf)
  if (a && b && a !== b && more.length === 0) return [a, b]
  throw new RealignError('bad-input', '--by names two measures', { hint: 'As --by clip,people.' })
}

async function inputOf(
  session: Session,
  flags: TriangulateFlags,
): Promise<Input<'triangulation.run'>> {
  const { run, all, by, direction, references, study, question, json, csv } = flags
  if ((run === undefined) !== (all === true))
    throw new RealignError('bad-input', 'Name a run, or ask for all captions', {
      hint: '--run last, --run ID, or --all.',
    })
  if (json && csv)
    throw new RealignError('bad-input', '--json and --csv say two things', { hint: 'Name one.' })
  if (question !== undefined && study === undefined)
    throw new RealignError('bad-input', '--question is of a study', { hint: 'Name the --study.' })
  const top = flags.top ?? (json || csv ? undefined : READ_AT_ONCE)
  return {
    references: [...references],
    ...(run !== undefined && { runId: run }),
    ...(by !== undefined && { by: pairOf(by) }),
    ...(direction && { direction }),
    ...(top !== undefined && { limit: top }),
    ...(study !== undefined && {
      people: {
        studyId: await findStudy(session, study),
        ...(question !== undefined && { criterion: question }),
      },
    }),
  }
}

async function read(session: Session, input: Input<'triangulation.run'>, quiet: boolean) {
  const { signal } = session
  const work = session.client.run('triangulation.run', input, { signal })
  const bar = createProgress(quiet)
  const list: TriangulatedCaption[] = []
  try {
    for (;;) {
      const step = await work.next()
      if (step.done) return { done: step.value, list }
      if (step.value.kind === 'captions') list.push(...step.value.captions)
      else bar.show(step.value.fraction, step.value.phase)
    }
  } finally {
    bar.stop()
  }
}

/** A measure that was asked for and that no caption has. */
function assertThere({ by, measures, blind }: Done): void {
  for (const name of by) {
    if (measures.some(({ measure }) => measure === name)) continue
    const hint =
      name === 'people'
        ? blind.length > 0
          ? `Still blind: ${blind.join(', ')}. \`realign study report\` unblinds a study.`
          : 'Judgements come from studies that show these captions: `realign study plan`.'
        : name === 'clip'
          ? '`realign models score` gives the captions their scores.'
          : 'Name who wrote the human captions with --references, or choose another measure.'
    throw new RealignError('not-found', `No caption here has ${MEASURE_WORDS[name].name}`, { hint })
  }
}

/** Each with its image and its words, a few hundred in memory. */
async function* withTexts({ client }: Session, list: readonly TriangulatedCaption[]) {
  for (let from = 0; from < list.length; from += ROWS_AT_ONCE) {
    const some = list.slice(from, from + ROWS_AT_ONCE)
    const places = some.map(({ cellId, altKind }) => ({ cellId, altKind, other: null }))
    const { rows } = await client.call('dataset.rows', { places })
    for (const [index, one] of some.entries()) {
      const row = rows[index]
      if (row) yield [one, row] as const
    }
  }
}

const about = (row: DatasetRow, { altKind, cellId }: TriangulatedCaption) => ({
  image: row.imageName,
  image_sha256: row.imageId,
  alt_kind: altKind,
  alt_text: row.altText,
  captioner: row.captionerId,
  caption: row.caption,
  cell_id: cellId,
})

const agreementText = ({ a, b, tau, low, high, unknown, pairs, images }: MeasureAgreement) => {
  const names = [a, b].map((name) => MEASURE_WORDS[name].short).join(' – ')
  const value =
    tau === null || low === null || high === null
      ? unknown && UNKNOWN_WORDS[unknown]
      : `${tauInWords(tau)} [${tauInWords(low)}, ${tauInWords(high)}]`
  return `  ${names.padEnd(20)} ${(value ?? '').padEnd(20)} ${plural(pairs, 'pair')}, ${plural(images, 'image')}`
}

function printHead({ captions, images, agreements, by, disagreeing, ...told }: Done): void {
  const [a, b] = by.map((name) => MEASURE_WORDS[name].short)
  print(`${plural(captions, 'caption')} of ${plural(images, 'image')}`)
  for (const line of wrap(AGREEMENT_NOTE, 78)) print(line)
  for (const one of agreements) print(agreementText(one))
  print(
    `${a} against ${b}: ${plural(disagreeing.up, 'caption')} that ${a} puts higher, ${disagreeing.down} lower`,
  )
  for (const line of wrap(DISAGREEMENT_NOTE, 78)) print(line)
  if (told.blind.length > 0) note(`Still blind, and not looked at: ${safe(told.blind.join(', '))}`)
  if (told.unmarked > 0) note(`${plural(told.unmarked, 'caption')} without marks`)
  if (told.otherScorers > 0)
    note(
      `${plural(told.otherScorers, 'CLIP score')} of other scorers than ${told.scorerId} left out`,
    )
}

async function printText(session: Session, done: Done, list: readonly TriangulatedCaption[]) {
  printHead(done)
  for await (const [one, row] of withTexts(session, list)) {
    print(
      `${shownDifference(one.disagreement, 2)}  ${safe(row.imageName)}  [${one.altKind}] "${safe(row.altText)}"  ${disagreementInWords(one.measures, done.by)}`,
    )
    for (const line of wrap(row.caption, 74)) print(`    ${line}`)
    print(
      `    ${one.measures.map((place) => `${MEASURE_WORDS[place.measure].short} ${measureValue(place)} (${placeInWords(place)})`).join(', ')}`,
    )
  }
}

async function printRows(session: Session, done: Done, list: readonly TriangulatedCaption[]) {
  for (const agreement of done.agreements) printJson({ what: 'correlation', ...agreement })
  for await (const [one, row] of withTexts(session, list)) {
    const { disagreement, measures } = one
    const places = measures.map(({ measure, ...place }) => [measure, place] as const)
    printJson({
      ...{ what: 'caption', ...about(row, one), by: done.by, disagreement },
      measures: Object.fromEntries(places),
    })
  }
}

async function printCsv(session: Session, done: Done, list: readonly TriangulatedCaption[]) {
  const names = done.measures.map(({ measure }) => measure)
  const write = (line: readonly (string | number | null)[]) =>
    void process.stdout.write(csvLine(line, 'guarded'))
  const head = [
    ...['image', 'image_sha256', 'alt_kind', 'alt_text', 'captioner', 'caption', 'cell_id'],
    ...['by', 'against', 'disagreement'],
  ]
  write([...head, ...names.flatMap((name) => [name, `${name}_place`, `${name}_of`])])
  for await (const [one, row] of withTexts(session, list)) {
    const of = new Map(one.measures.map((place) => [place.measure, place]))
    write([
      ...Object.values(about(row, one)),
      ...[...done.by, one.disagreement],
      ...names.flatMap((name) => {
        const place = of.get(name)
        return place ? [place.value, place.place, place.of] : [null, null, null]
      }),
    ])
  }
  note("Text that a spreadsheet could run starts with ' here; --json leaves it as it is.")
}

export async function triangulateCommand(
  session: Session,
  flags: TriangulateFlags,
): Promise<number> {
  const input = await inputOf(session, flags)
  const { done, list } = await read(session, input, Boolean(flags.json ?? flags.csv))
  if (flags.by !== undefined) assertThere(done)
  if (flags.json) await printRows(session, done, list)
  else if (flags.csv) await printCsv(session, done, list)
  else await printText(session, done, list)
  return 0
}
