/** Bringing images in: batches of bytes from this page, or handles from the host's own dialog. */
import { create } from 'zustand'
import type { Input, Output } from '../../shared/contract.ts'
import { isTableName } from '../../shared/tables.ts'
import { toWire } from '../../shared/errors.ts'
import { client } from '../api.ts'
import {
  isHidden,
  pairSidecars,
  passOver,
  type LocalFile,
  type ToImport,
} from '../files/read-drop.ts'
import { textOf } from '../files/text-of.ts'
import { plural } from '../format.ts'
import { reloadImages } from './library.ts'
import { openTable } from './table.ts'
import { refreshStatus } from './status.ts'
import { note, showError } from './toasts.ts'

type Source = Input<'images.import'>['sources'][number]
export type Report = Output<'images.import'>

export interface Progress {
  readonly done: number
  readonly total: number
  readonly name: string
  /** Seconds left by the pace so far; null before there is one. */
  readonly secondsLeft: number | null
}

interface ImportState {
  readonly progress: Progress | null
  readonly report: Report | null
}

export const useImport = create<ImportState>(() => ({ progress: null, report: null }))

const BATCH_FILES = 32
const BATCH_BYTES = 16e6
/** Above this a file is refused unread; the workbench has the same limit. */
const MAX_FILE_BYTES = 200e6
/** Longer alt-texts are refused by the contract; a sidecar may well be longer. */
const MAX_ALT_CHARS = 8192

let abort: AbortController | null = null
export const cancelImport = (): void => abort?.abort()
export const closeReport = (): void => useImport.setState({ report: null })

type Refused = Report['refused'][number]

const notRead = (name: string, reason: string, hint: string): Refused => ({
  name,
  code: 'image-unreadable',
  reason,
  hint,
})

const closed = (name: string): Refused =>
  notRead(
    name,
    'The browser could not read it',
    'Check that it is still there and that you may read it, then add it again.',
  )

/** An image comes in without a sidecar that cannot be read, which is then listed by itself. */
async function toSource(
  { name, file, sidecar }: ToImport,
  refuse: (one: Refused) => void,
): Promise<Source[]> {
  const bytes = await file?.arrayBuffer().catch(() => undefined)
  if (!bytes) {
    refuse(closed(name))
    return []
  }
  const altText = await (sidecar && textOf(sidecar))?.catch((error: unknown) => {
    const { message, hint } = toWire(error)
    refuse(notRead(sidecar.name, `${message}; its image came in without it`, hint ?? ''))
    return null
  })
  return [
    {
      kind: 'bytes',
      name: name.slice(-1024),
      bytes: new Uint8Array(bytes),
      ...(typeof altText === 'string' && { altText: altText.trim().slice(0, MAX_ALT_CHARS) }),
    },
  ]
}

const sizeOf = ({ file }: ToImport): number => file?.size ?? 0

function toBatches(files: readonly ToImport[]): readonly (readonly ToImport[])[] {
  const batches: ToImport[][] = []
  let bytes = Infinity
  for (const one of files) {
    const last = batches.at(-1)
    if (last && last.length < BATCH_FILES && bytes + sizeOf(one) <= BATCH_BYTES) last.push(one)
    else {
      batches.push([one])
      bytes = 0
    }
    bytes += sizeOf(one)
  }
  return batches
}

const merge = (a: Report, b: Report): Report => ({
  added: [...a.added, ...b.added],
  duplicates: [...a.duplicates, ...b.duplicates],
  refused: [...a.refused, ...b.refused],
  passedOver: [...a.passedOver, ...b.passedOver],
})

const NOTHING: Report = { added: [], duplicates: [], refused: [], passedOver: [] }

type Work = (
  tell: (progress: Omit<Progress, 'secondsLeft'>) => void,
  signal: AbortSignal,
) => Promise<void>

/** False when it did not come to its end. */
async function runImport(work: Work): Promise<boolean> {
  if (abort) {
    note('An import is running', 'Cancel it or wait for its end.')
    return false
  }
  abort = new AbortController()
  const started = performance.now()
  let ended = true
  useImport.setState({
    report: NOTHING,
    progress: { done: 0, total: 0, name: '', secondsLeft: null },
  })
  try {
    await work(({ done, total, name }) => {
      const seconds = (performance.now() - started) / 1000
      const secondsLeft = done > 0 ? (seconds / done) * (total - done) : null
      useImport.setState({ progress: { done, total, name, secondsLeft } })
    }, abort.signal)
  } catch (error) {
    ended = false
    showError(error)
  }
  abort = null
  const { report } = useImport.getState()
  useImport.setState({ progress: null })
  if (report && report.added.length > 0) note(`${plural(report.added.length, 'image')} added`)
  await Promise.all([reloadImages(), refreshStatus()])
  return ended
}

const keep = (report: Report) =>
  useImport.setState((state) => ({ report: merge(state.report ?? NOTHING, report) }))

async function sendBatch(
  sources: Source[],
  tell: (done: number, name: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const work = client.run('images.import', { sources }, { signal })
  let step = await work.next()
  for (; !step.done; step = await work.next()) tell(step.value.done, step.value.name)
  keep(step.value)
}

const tooLarge = ({ name }: ToImport): Refused =>
  notRead(name, 'Larger than 200 MB', 'Save a smaller copy and add that.')

const oneTable = ({ name }: LocalFile): Refused =>
  notRead(name, 'Tables are read one at a time', 'Add it by itself, now that its images are here.')

/** Images first: the one table beside them is then opened over what came in. */
async function importBeside(tables: readonly LocalFile[], work: Work): Promise<void> {
  const ended = await runImport(async (tell, signal) => {
    if (tables.length > 1) keep({ ...NOTHING, refused: tables.map(oneTable) })
    await work(tell, signal)
  })
  const [table] = tables
  if (ended && table && tables.length === 1)
    await openTable(table, useImport.getState().report?.duplicates)
}

/** Files that were dropped or picked in the page. Refused ones are listed; originals are never touched. */
export async function importFiles(files: readonly LocalFile[]): Promise<void> {
  const tables = files.filter(({ name }) => isTableName(name) && !isHidden(name))
  const [table] = tables
  const beside = pairSidecars(files.filter((one) => !tables.includes(one)))
  const { kept: paired, passedOver } = await passOver(beside, MAX_FILE_BYTES)
  if (table && tables.length === 1 && beside.length === 0) return openTable(table)
  const large = paired.filter((one) => sizeOf(one) > MAX_FILE_BYTES)
  const rest = paired.filter((one) => sizeOf(one) <= MAX_FILE_BYTES)
  if (beside.length === 0 && !table)
    return note('Nothing to add', 'There are no files in what was dropped.')
  await importBeside(tables, async (tell, signal) => {
    if (passedOver.length > 0) keep({ ...NOTHING, passedOver: [...passedOver] })
    if (large.length > 0) keep({ ...NOTHING, refused: large.map(tooLarge) })
    let before = large.length
    for (const batch of toBatches(rest)) {
      signal.throwIfAborted()
      const refused: Refused[] = []
      const read = (one: ToImport) => toSource(one, (reason) => refused.push(reason))
      const sources = (await Promise.all(batch.map(read))).flat()
      if (refused.length > 0) keep({ ...NOTHING, refused })
      if (sources.length > 0)
        await sendBatch(
          sources,
          (done, name) => tell({ done: before + done, total: paired.length, name }),
          signal,
        )
      before += batch.length
    }
  })
}

/** What the host's own dialog handed out. */
export async function importHandles(
  handles: readonly string[],
  tables: readonly LocalFile[],
): Promise<void> {
  const sources = handles.map((handle): Source => ({ kind: 'handle', handle }))
  const [table] = tables
  if (sources.length === 0 && tables.length < 2) return table && openTable(table)
  await importBeside(tables, async (tell, signal) => {
    if (sources.length === 0) return
    const work = client.run('images.import', { sources }, { signal })
    let step = await work.next()
    for (; !step.done; step = await work.next()) tell(step.value)
    keep(step.value)
  })
}
