/** One file to one new image: bytes, identity, facts, and the alt-text that came with it. */
import type { Parsed } from '../../shared/contract.ts'
import { RealignError } from '../../shared/errors.ts'
import { isSpreadsheetName, isTableName } from '../../shared/tables.ts'
import { MAX_ALT_CHARS, type AltText } from '../../shared/types.ts'
import { cleanText } from '../clean-text.ts'
import { timestamp, type Deps } from '../deps.ts'
import { TRUTH_FILE, type KnownTruth } from '../probes/truth-lines.ts'
import type { FileContent, FoundFile } from '../ports.ts'
import type { NewImage } from '../store-port.ts'

type BytesSource = Extract<Parsed<'images.import'>['sources'][number], { kind: 'bytes' }>

/** Refusals of a handle itself carry any error; those of a file carry a RealignError. */
export type Found =
  | Extract<FoundFile, { kind: 'file' }>
  | BytesSource
  | { readonly kind: 'refused'; readonly name: string; readonly error: unknown }

interface Loaded {
  readonly bytes: Uint8Array
  readonly path: string | null
  readonly altTexts: readonly AltText[]
  readonly className: string | null
  readonly known?: KnownTruth | undefined
  readonly notes: readonly string[]
}

/** Line breaks at the end belong to the file, not to the alt-text. */
function fromSidecar(sidecar: FileContent['sidecar']): { altTexts: AltText[]; notes: string[] } {
  if (sidecar === null) return { altTexts: [], notes: [] }
  if ('leftOut' in sidecar) return { altTexts: [], notes: [`sidecar left out: ${sidecar.leftOut}`] }
  const { text } = sidecar
  const whole = cleanText(text.trimEnd())
  const notes = whole.notes.map((note) => `sidecar: ${note}`)
  if (whole.text.length > MAX_ALT_CHARS)
    notes.push(`sidecar alt-text cut at ${MAX_ALT_CHARS} characters`)
  const cut = whole.text.slice(0, MAX_ALT_CHARS).toWellFormed()
  return { altTexts: [{ kind: 'own', text: cut, source: 'sidecar' }], notes }
}

function fromBytes(source: BytesSource): Loaded {
  const altTexts: AltText[] = []
  const notes: string[] = []
  const take = (kind: AltText['kind'], raw: string | undefined): string | null => {
    if (raw === undefined) return null
    const clean = cleanText(raw)
    altTexts.push({ kind, text: clean.text, source: 'import' })
    notes.push(...clean.notes.map((note) => `${kind}: ${note}`))
    return clean.text
  }
  take('own', source.altText)
  const className = take('class-name', source.className)
  return { bytes: source.bytes, path: null, altTexts, className, notes }
}

async function load(deps: Deps, file: Found, signal: AbortSignal): Promise<Loaded> {
  if (file.kind === 'refused') throw file.error
  if (file.kind === 'bytes') return fromBytes(file)
  const { bytes, sidecar } = await deps.files.read(file.path, signal)
  const { known } = file
  const told = fromSidecar(sidecar)
  if (!known) return { bytes, path: file.path, className: null, ...told }
  const { className } = known
  const altTexts = [
    ...told.altTexts,
    { kind: 'class-name' as const, text: className, source: TRUTH_FILE },
  ]
  return { bytes, path: file.path, className, known, ...told, altTexts }
}

/** What is no picture may be a table, or can become one. */
function notAPicture(cause: unknown, name: string): unknown {
  if (isTableName(name))
    return new RealignError('image-unreadable', 'This is a table, not a picture', {
      cause,
      hint: 'Add it as a table: in the Library, or with --table on the command line.',
    })
  if (isSpreadsheetName(name))
    return new RealignError('image-unreadable', 'This is a spreadsheet, not a picture', {
      cause,
      hint: 'Save it as CSV (UTF-8) and add that: in the Library, or with --table on the command line.',
    })
  return cause
}

/** Fails with the RealignError that says why this file is no image. */
export async function readPicture(
  deps: Deps,
  { file, group }: { file: Found; group: string | null },
  signal: AbortSignal,
): Promise<NewImage> {
  const { bytes, path, altTexts, className, known, notes } = await load(deps, file, signal)
  const picture = await deps.pictures.inspect(bytes, file.name, signal).catch((error: unknown) => {
    const unreadable = error instanceof RealignError && error.code === 'image-unreadable'
    throw unreadable ? notAPicture(error, file.name) : error
  })
  const name = cleanText(file.name)
  return {
    id: deps.sha256(bytes),
    name: name.text,
    sourcePath: path,
    bytes: path === null ? bytes : null,
    thumbnail: picture.thumbnail,
    width: picture.width,
    height: picture.height,
    format: picture.format,
    sizeBytes: bytes.byteLength,
    notes: [...picture.notes, ...notes, ...name.notes.map((note) => `name: ${note}`)],
    className,
    group: group === null ? (known?.group ?? null) : cleanText(group).text,
    truth: known?.truth ?? null,
    altTexts,
    addedAt: timestamp(deps),
  }
}
