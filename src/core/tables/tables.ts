/** Reads a table for the screen and gives its words to images; the thread is never held for long. */
import type { TableColumns, TableRowView } from '../../shared/contract/tables.ts'
import { MAX_TABLE_BYTES } from '../../shared/tables.ts'
import type { Output, Parsed, TaskEvent } from '../../shared/contract.ts'
import { RealignError, throwIfAborted } from '../../shared/errors.ts'
import type { AltText } from '../../shared/types.ts'
import { cleanText } from '../clean-text.ts'
import { timestamp, type Deps } from '../deps.ts'
import type { ImageWords } from '../store-port.ts'
import { createImageFinder, type ImageFinder } from './find-image.ts'
import { chooseColumns } from './guess-columns.ts'
import { planTable, type Gift, type PlannedRow, type TablePlan } from './plan-table.ts'
import type { TableContent } from './table-port.ts'

/** Longer than this without a breath and a window would feel it. */
const BREATH_MS = 20

/** Lets others have the thread when the last breath is long ago. */
function breather({ clock }: Deps, signal: AbortSignal): () => Promise<void> {
  let last = clock.elapsedMs()
  return async () => {
    throwIfAborted(signal)
    if (clock.elapsedMs() - last < BREATH_MS) return
    await new Promise((resolve) => setTimeout(resolve))
    last = clock.elapsedMs()
    throwIfAborted(signal)
  }
}

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

interface Looked {
  readonly content: TableContent
  readonly mapping: TableColumns
  readonly plan: TablePlan
}

async function look(
  deps: Deps,
  { name, bytes, folder, alsoCalled, columns }: Parsed<'tables.read'>,
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
  const content = await deps.hooks.readTable(bytes, name, signal)
  const mapping = chooseColumns(content.columns, columns)
  const breathe = breather(deps, signal)
  const finder = await knownImages(deps, folder, breathe)
  for (const { name: path, imageId } of alsoCalled) finder.addName(path, imageId)
  const steps = planTable(content, mapping, finder)
  let step = steps.next()
  for (; !step.done; step = steps.next()) await breathe()
  return { content, mapping, plan: step.value }
}

/** Enough of a text to recognise it; the whole is kept when it is applied. */
const SHOWN_CHARS = 400
const shown = (text: string | null): string | null =>
  text === null ? null : cleanText(text.slice(0, SHOWN_CHARS)).text

const toView = ({ entry, state, reason }: PlannedRow): TableRowView => ({
  line: entry.line,
  image: shown(entry.image) ?? '',
  altText: shown(entry.altText),
  className: shown(entry.className),
  group: shown(entry.group),
  state,
  reason,
})

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
    images: plan.gifts.length,
    blank: plan.blank,
    unused: plan.unused.length,
    first: plan.first.map(toView),
  }
}

function missing({ image, ...words }: TableColumns): RealignError | null {
  const what =
    image === null
      ? 'No column is known to name the image'
      : Object.values(words).every((name) => name === null)
        ? 'No column is known to hold an alt-text, a class name or a group'
        : null
  return what === null
    ? null
    : new RealignError('bad-input', what, { hint: 'Say which column it is.' })
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

export async function* applyTable(
  deps: Deps,
  input: Parsed<'tables.apply'>,
  signal: AbortSignal,
): AsyncGenerator<TaskEvent<'tables.apply'>, Output<'tables.apply'>> {
  const { content, mapping, plan } = await look(deps, input, signal)
  const problem = missing(mapping)
  if (problem) throw problem
  const file = cleanText(input.name.split(/[\\/]/).at(-1) ?? '').text.slice(-200)
  const { gifts, blank, unused } = plan
  const total = gifts.length
  const breathe = breather(deps, signal)
  for (let at = 0; at < total; at += GIFTS_AT_ONCE) {
    await breathe()
    const some = gifts.slice(at, at + GIFTS_AT_ONCE)
    deps.store.images.describe(
      some.map((gift) => toWords(gift, file)),
      timestamp(deps),
    )
    const done = at + some.length
    yield { kind: 'progress', done, total, fraction: done / total }
  }
  const count = (field: 'altText' | 'className' | 'group'): number =>
    gifts.filter((gift) => gift[field] !== null).length
  return {
    rows: content.rows.length + content.faults.length,
    images: total,
    altTexts: count('altText'),
    classNames: count('className'),
    groups: count('group'),
    blank,
    unused: [...unused],
  }
}
