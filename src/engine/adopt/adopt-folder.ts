/** Takes a folder into the person's own models: a bundle as it is, a Hugging Face folder of a CLIP as a scorer. */
import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { AdoptEvent } from '../../core/ports.ts'
import { RealignError } from '../../shared/errors.ts'
import { relay } from '../../shared/relay.ts'
import {
  manifestSchema,
  UNLISTED_FILES,
  type BundleFile,
  type Manifest,
  type VariantName,
} from '../../shared/manifest.ts'
import { findBundles, readBundle, verifyFiles, type Bundle } from '../model/bundle.ts'
import type { GraphOptions } from '../ort.ts'
import { readClipFolder, type ClipFolder } from './clip-folder.ts'
import { copyFile, copyProblem } from './copy-file.ts'
import { proveClip } from './prove-clip.ts'

export interface Adoption extends Omit<GraphOptions, 'device'> {
  /** What a person chose; nothing in it is changed. */
  readonly folder: string
  /** All folders of models, the person's own last. */
  readonly models: readonly string[]
  /** Told before the thread falls silent over so many bytes. */
  readonly opening?: ((bytes: number) => void) | undefined
}

const isThere = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  )

const taken = (id: string): RealignError =>
  new RealignError('bad-input', `There is a model named ${id} already`, {
    hint: 'Take its folder out of the models first, or call the new folder something else.',
  })

/** An id of a bundle from any name. */
const idOf = (name: string): string =>
  (name.split('/').at(-1) ?? '')
    .toLowerCase()
    .replace(/[^a-z0-9.-]+/g, '-')
    .replace(/^[^a-z0-9]+/, '')
    .slice(0, 64) || 'clip'

/** Copies, and yields how far all of it is, from 0 to `end`. */
async function* copyAll(
  copies: readonly { readonly from: string; readonly to: string }[],
  {
    into,
    end,
    signal,
  }: { readonly into: string; readonly end: number; readonly signal: AbortSignal },
): AsyncGenerator<AdoptEvent, readonly BundleFile[]> {
  const sizes = await Promise.all(copies.map(async ({ from }) => (await stat(from)).size))
  const total = sizes.reduce((sum, size) => sum + size, 0)
  const files: BundleFile[] = []
  let done = 0
  for (const { from, to } of copies) {
    const copying = copyFile(from, path.join(into, to), signal)
    files.push(
      yield* relay(copying, (bytes): AdoptEvent => {
        done += bytes
        return { phase: `copying ${to}`, fraction: total === 0 ? end : (end * done) / total }
      }),
    )
  }
  return files
}

/** A file of ours among the copies. */
async function writeText(into: string, name: string, text: string): Promise<BundleFile> {
  const bytes = Buffer.from(text)
  await writeFile(path.join(into, name), bytes, { flag: 'wx' })
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { path: name, bytes: bytes.length, sha256 }
}

async function* copyBundle(
  { folder, models }: Adoption,
  into: string,
  signal: AbortSignal,
): AsyncGenerator<AdoptEvent, string> {
  const bundle = await readBundle(folder)
  const { id, files } = bundle.manifest
  await refuseTaken(models, id)
  for await (const fraction of verifyFiles(bundle, signal))
    yield { phase: 'checking its files', fraction: fraction / 2 }
  const listed = files.map((file) => file.path)
  const beside = (await readdir(folder)).filter((name) => UNLISTED_FILES.includes(name))
  const copies = [...listed, ...beside].map((to) => ({ from: path.join(folder, to), to }))
  for await (const { phase, fraction } of copyAll(copies, { into, end: 1, signal }))
    yield { phase, fraction: 0.5 + fraction / 2 }
  return id
}

async function refuseTaken(models: readonly string[], id: string): Promise<void> {
  if ((await findBundles(models)).some((one) => one.id === id)) throw taken(id)
  if (await isThere(path.join(models.at(-1) ?? '', id))) throw taken(id)
}

/** Everything but what only a run of the graphs can tell. */
function describe(
  clip: ClipFolder,
  id: string,
  {
    files,
    variants,
  }: { readonly files: readonly BundleFile[]; readonly variants: readonly VariantName[] },
): Omit<Manifest, 'golden'> {
  const chosen = variants.map((one) => [one, clip.variants.get(one)] as const)
  return {
    format: 'realign-bundle',
    version: 1,
    ...{ id, name: clip.name, kind: 'scorer' },
    description: 'A CLIP from its Hugging Face folder in ONNX.',
    licence: clip.licence,
    trainingData: 'Not stated in its folder.',
    citation:
      'Radford et al., Learning Transferable Visual Models From Natural Language Supervision, ICML 2021.',
    image: clip.image,
    imageEncoder: { name: clip.name, embedding: clip.embedding },
    scorer: clip.scorer,
    variants: Object.fromEntries(chosen) as Manifest['variants'],
    defaultVariant: variants[0] ?? 'fp32',
    files: [...files],
  }
}

const NO_GOLDEN: Manifest['golden'] = { imageSeed: 0, imageEmbeds: [0], cases: [], tolerance: {} }

async function* copyClip(
  { folder, models, opening, ...options }: Adoption,
  into: string,
  signal: AbortSignal,
): AsyncGenerator<AdoptEvent, string> {
  const clip = await readClipFolder(folder)
  const id = idOf(clip.name)
  await refuseTaken(models, id)
  const graphs = yield* copyAll(clip.copies, { into, end: 0.6, signal })
  const files = [...graphs, await writeText(into, clip.scorer.tokenizer, clip.tokenizer)]

  const wanted = [...clip.variants.keys()]
  const trial: Bundle = {
    folder: into,
    manifest: { ...describe(clip, id, { files, variants: wanted }), golden: NO_GOLDEN },
    bundleSha256: '',
  }
  opening?.(files.reduce((sum, { bytes }) => sum + bytes, 0))
  const { golden, variants, leftOut } = yield* relay(
    proveClip(trial, wanted, { ...options, signal }),
    (variant): AdoptEvent => ({
      phase: `trying ${variant}`,
      fraction: 0.6 + 0.4 * (wanted.indexOf(variant) / wanted.length),
    }),
  )

  const used = new Set(variants.flatMap((one) => Object.values(clip.variants.get(one) ?? {})))
  const isUsed = ({ path: name }: BundleFile): boolean =>
    name === clip.scorer.tokenizer || used.has(name.replace(/_data$/, ''))
  for (const { path: name } of files.filter((file) => !isUsed(file)))
    await rm(path.join(into, name))
  const manifest = { ...describe(clip, id, { files: files.filter(isUsed), variants }), golden }
  if (leftOut.length > 0) manifest.description += ` Left out: ${leftOut.join('; ')}.`
  const checked = manifestSchema.parse(manifest)
  await writeFile(path.join(into, 'manifest.json'), `${JSON.stringify(checked, null, 2)}\n`, {
    flag: 'wx',
  })
  return id
}

/**
 * The id of the model that is there now. What is cancelled or fails leaves nothing behind.
 * @throws RealignError model-mismatch, model-unsafe, bad-input, store-full
 */
export async function* adoptFolder(
  adoption: Adoption,
  signal: AbortSignal,
): AsyncGenerator<AdoptEvent, string> {
  const { folder, models } = adoption
  const own = models.at(-1)
  if (own === undefined) throw new RealignError('unavailable', 'There is no folder for models here')
  const facts = await stat(folder).catch(() => null)
  if (!facts?.isDirectory())
    throw new RealignError('bad-input', `${path.basename(folder)} is no folder`, {
      hint: 'Choose the folder that holds the model.',
    })
  const part = path.join(own, `.adding-${randomUUID()}`)
  let made = false
  try {
    await mkdir(part, { recursive: true })
    const isBundle = await isThere(path.join(folder, 'manifest.json'))
    const id = yield* (isBundle ? copyBundle : copyClip)(adoption, part, signal)
    await rename(part, path.join(own, id))
    made = true
    return id
  } catch (error) {
    throw copyProblem(error, path.basename(folder), signal)
  } finally {
    if (!made) await rm(part, { recursive: true, force: true })
  }
}
