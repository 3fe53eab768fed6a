/** Reads a table for the screen, gives its words to images and keeps its captions; the thread is never held for long. */
import { createBreather } from '../../shared/breather.ts'
import type { TableColumns, TableRowView } from '../../shared/contract/tables.ts'
import { MAX_TABLE_BYTES } from '../../shared/tables.ts'
import type { Output, Parsed, TaskEvent } from '../../shared/contract.ts'
import { elsewhereId, writerOf } from '../../shared/elsewhere.ts'
import { RealignError } from '../../shared/errors.ts'
import type { AltText } from '../../shared/types.ts'
import { cleanText } from '../clean-text.ts'
import { timestamp, type Deps } from '../deps.ts'
import type { ImageWords } from '../store-port.ts'
import { createImageFinder, type ImageFinder } from './find-image.ts'
import { chooseColumns } from './guess-columns.ts'
import { importCaptions, writersOf } from './import-captions.ts'
import { givenKind, isCellHere, knownOf } from './keep-captions.ts'
import { planTable, type Gift, type PlannedRow, type TablePlan } from './plan-table.ts'
import { createSteps, type Step } from './steps.ts'
import type { TableContent } from './table-port.ts'
import { unfolded, wideTable } from './wide-table.ts'

const PLACES_AT_ONCE = 2000

async function knownImages(
  deps: Deps,
  folder: string | null,
  breathe: () => Promise<void>,
): Promise<ImageFinder> {
  const finder = createImageFinder(folder)
  for (let after = 0; ;) {
    const places = deps.store.images.places(after, PLACES_AT_ONCE)
    for (const place of places) finder.add(place)
    await breathe()
    const last = places.at(-1)
    if (!last || places.length < PLACES_AT_ONCE) return finder
    after = last.seq
  }
}

async function finish<T>(work: Generator<void, T>, breathe: () => Promise<void>): Promise<T> {
  let step = work.next()
  for (; !step.done; step = work.next()) await breathe()
  return step.value
}

interface Looked {
  readonly content: TableContent
  readonly mapping: TableColumns
  readonly plan: TablePlan
}

async function look(
  deps: Deps,
  { name, bytes, folder, alsoCalled, columns, captionsBy }: Parsed<'tables.read'>,
  signal: AbortSignal,
): Promise<Looked> {
  if (!deps.hooks.readTable)
    throw new RealignError('unavailable', 'Tables cannot be read from here', {
      hint: 'Use `realign import` on the command line.',
    })
  if (bytes.byteLength > MAX_TABLE_BYTES)
    throw new RealignError(
      'bad-input',
      `The table is larger than ${MAX_TABLE_BYTES / 2 ** 20} MB`,
      { hint: 'Split it, or leave out the columns that are not needed.' },
    )
  const breathe = createBreather(signal, deps.clock.elapsedMs)
  const read = await deps.hooks.readTable(bytes, name, signal)
  const wide = wideTable(read.columns)
  const content = wide ? await finish(unfolded(read, wide), breathe) : read
  const mapping = chooseColumns(content.columns, columns, { captionsBy, ours: wide !== null })
  const finder = await knownImages(deps, folder, breathe)
  for (const { name: path, imageId } of alsoCalled) finder.addName(path, imageId)
  const rules = { captionsBy, isHere: isCellHere(deps) }
  const plan = await finish(planTable(content, mapping, finder, rules), breathe)
  return { content, mapping, plan }
}

/** Enough of a text to recognise it; the whole is kept when it is applied. */
const SHOWN_CHARS = 400
const shown = (text: string | null): string | null =>
  text === null
    ? null
    : cleanText(text.slice(0, SHOWN_CHARS)).text + (text.length > SHOWN_CHARS ? '…' : '')

function toView(deps: Deps, { entry, imageId, state, reason }: PlannedRow): TableRowView {
  const { caption } = entry
  const known = imageId === null ? { detail: undefined, cells: [] } : knownOf(deps, imageId)
  return {
    line: entry.line,
    image: shown(entry.image) ?? '',
    altText: shown(entry.altText),
    className: shown(entry.className),
    group: shown(entry.group),
    given: caption && {
      altKind: givenKind(caption, known),
      altText: shown(caption.altText) ?? '',
    },
    caption: shown(caption?.text ?? null),
    writer: caption?.captionerId ? writerOf(caption.captionerId) : null,
    state,
    reason,
  }
}

const imagesOf = ({ gifts, captions }: TablePlan): number =>
  new Set([...gifts, ...captions].map(({ imageId }) => imageId)).size

export async function readTable(
  deps: Deps,
  input: Parsed<'tables.read'>,
  signal: AbortSignal,
): Promise<Output<'tables.read'>> {
  const { content, mapping, plan } = await look(deps, input, signal)
  return {
    columns: [...content.columns],
    mapping,
    rows: content.rows.length + content.faults.length,
    images: imagesOf(plan),
    captions: plan.captions.length + plan.there,
    writers: writersOf(plan.captions),
    blank: plan.blank,
    unused: plan.unused.length,
    first: plan.first.map((row) => toView(deps, row)),
  }
}

const refused = (message: string, hint: string) => new RealignError('bad-input', message, { hint })

/** Without a name for who wrote its captions nothing of a table is read: they would be nobody's. */
function missing(
  { image, captioner, ...words }: TableColumns,
  captionsBy: string,
): RealignError | null {
  const which = 'Say which column it is.'
  if (image === null) return refused('No column is known to name the image', which)
  if (Object.values(words).every((name) => name === null))
    return refused(
      'No column is known to hold an alt-text, a class name, a group or a caption',
      which,
    )
  if (words.caption === null) return null
  if (captioner === null && elsewhereId(captionsBy) === null)
    return refused(
      'Nothing says who wrote the captions of this table',
      'Name them, or say which column does; without a column for captions its other words are read.',
    )
  return null
}

function toWords(gift: Gift, file: string): ImageWords {
  const altTexts: AltText[] = []
  const add = (kind: AltText['kind'], given: string | null): string | null => {
    if (given === null) return null
    const { text, notes } = cleanText(given)
    altTexts.push({ kind, text, source: [`table ${file}`, ...notes].join('; ') })
    return text
  }
  add('own', gift.altText)
  const className = add('class-name', gift.className)
  const group = gift.group === null ? null : cleanText(gift.group).text
  return { imageId: gift.imageId, altTexts, className, group }
}

/** One transaction: a few milliseconds, and what is there when somebody cancels. */
const GIFTS_AT_ONCE = 100

interface Giving {
  readonly gifts: readonly Gift[]
  readonly file: string
  readonly breathe: () => Promise<void>
  readonly step: Step
}

async function* giveWords(
  deps: Deps,
  { gifts, file, breathe, step }: Giving,
): AsyncGenerator<TaskEvent<'tables.apply'>, void> {
  for (let at = 0; at < gifts.length; at += GIFTS_AT_ONCE) {
    await breathe()
    const some = gifts.slice(at, at + GIFTS_AT_ONCE)
    deps.store.images.describe(
      some.map((gift) => toWords(gift, file)),
      timestamp(deps),
    )
    yield step('words', at + some.length)
  }
}

export async function* applyTable(
  deps: Deps,
  input: Parsed<'tables.apply'>,
  signal: AbortSignal,
): AsyncGenerator<TaskEvent<'tables.apply'>, Output<'tables.apply'>> {
  const { content, mapping, plan } = await look(deps, input, signal)
  const problem = missing(mapping, input.captionsBy)
  if (problem) throw problem
  const name = cleanText(input.name.split(/[\\/]/).at(-1) ?? '').text.slice(-200)
  const { gifts, captions, blank, unused } = plan
  const rows = content.rows.length + content.faults.length
  const breathe = createBreather(signal, deps.clock.elapsedMs)
  const step = createSteps({
    words: gifts.length,
    captions: captions.length,
    scores: captions.length,
  })
  yield* giveWords(deps, { gifts, file: name, breathe, step })
  const file = { name, sha256: deps.sha256(input.bytes) }
  const kept =
    mapping.caption === null
      ? null
      : yield* importCaptions(deps, { file, rows, plan, breathe, step }, signal)
  const count = (field: 'altText' | 'className' | 'group'): number =>
    gifts.filter((gift) => gift[field] !== null).length
  return {
    rows,
    images: imagesOf(plan),
    altTexts: count('altText'),
    classNames: count('className'),
    groups: count('group'),
    blank,
    unused: [...unused],
    ...(kept && { captions: kept }),
  }
}
