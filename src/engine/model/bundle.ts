/** Finds bundles and proves that their files are the ones the manifest names (FAULTS 3.2). */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { lstat, readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { RealignError, throwIfAborted } from '../../shared/errors.ts'
import {
  describeManifestProblem,
  manifestSchema,
  UNLISTED_FILES,
  type BundleFile,
  type Manifest,
} from '../../shared/manifest.ts'

const MAX_MANIFEST_BYTES = 4 * 2 ** 20
/** Read at once for a hash: weights may be gigabytes. */
const CHUNK_BYTES = 2 ** 20

export interface Bundle {
  readonly folder: string
  readonly manifest: Manifest
  /** sha256 of manifest.json, which itself names the hash of every other file. */
  readonly bundleSha256: string
}

/** A folder that calls itself a bundle, readable or not. */
export type Found =
  | { readonly kind: 'bundle'; readonly id: string; readonly bundle: Bundle }
  | { readonly kind: 'refused'; readonly id: string; readonly problem: string }

const unsafe = (message: string): RealignError =>
  new RealignError('model-unsafe', message, {
    hint: 'Take this bundle away and copy it again from a source you trust.',
  })

const mismatch = (message: string): RealignError =>
  new RealignError('model-mismatch', message, {
    hint: 'Copy the bundle again, or export it as models/README.md describes.',
  })

const sha256 = (data: Uint8Array): string => createHash('sha256').update(data).digest('hex')

/** Manifests by file, so that a list or a count while typing does not parse them again and again. */
const parsed = new Map<string, { readonly stamp: string; readonly bundle: Bundle }>()

/** Reads and checks manifest.json only. @throws RealignError model-mismatch, model-unsafe */
export async function readBundle(folder: string): Promise<Bundle> {
  const file = path.join(folder, 'manifest.json')
  const facts = await lstat(file).catch(() => null)
  if (!facts?.isFile()) throw mismatch(`${path.basename(folder)} has no readable manifest.json`)
  if (facts.size > MAX_MANIFEST_BYTES) throw unsafe('manifest.json is larger than 4 MB')
  const stamp = `${facts.ino}:${facts.size}:${facts.mtimeMs}`
  const known = parsed.get(file)
  if (known?.stamp === stamp) return known.bundle
  const content = await readFile(file)
  let json: unknown
  try {
    json = JSON.parse(content.toString('utf8'))
  } catch (cause) {
    throw mismatch(`manifest.json is not JSON: ${(cause as Error).message.slice(0, 120)}`)
  }
  const checked = manifestSchema.safeParse(json)
  if (!checked.success) throw mismatch(`manifest.json: ${describeManifestProblem(checked.error)}`)
  const bundle = { folder, manifest: checked.data, bundleSha256: sha256(content) }
  parsed.set(file, { stamp, bundle })
  return bundle
}

/** Every bundle in `folders` (each a bundle itself, or a folder of bundles). The first of an id wins. */
export async function findBundles(folders: readonly string[]): Promise<readonly Found[]> {
  const found: Found[] = []
  for (const folder of (await Promise.all(folders.map(candidates))).flat()) {
    const name = path.basename(folder)
    try {
      const bundle = await readBundle(folder)
      const { id } = bundle.manifest
      const twin = found.some((other) => other.id === id)
      found.push(
        twin
          ? { kind: 'refused', id: name, problem: `another folder already has the id ${id}` }
          : { kind: 'bundle', id, bundle },
      )
    } catch (error) {
      found.push({ kind: 'refused', id: name, problem: (error as Error).message })
    }
  }
  return found
}

async function candidates(folder: string): Promise<readonly string[]> {
  const hasManifest = async (one: string) =>
    (await lstat(path.join(one, 'manifest.json')).catch(() => null)) !== null
  if (await hasManifest(folder)) return [folder]
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  // A hidden one is a bundle in the making, or what a kill left of it.
  const inner = entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => path.join(folder, entry.name))
  const marks = await Promise.all(inner.map(hasManifest))
  return inner.filter((_, at) => marks[at]).sort()
}

export const bundleBytes = ({ manifest }: Bundle): number =>
  manifest.files.reduce((sum, file) => sum + file.bytes, 0)

/**
 * Compares every file with the manifest: none missing, none besides, sizes and hashes equal.
 * Yields the fraction of all bytes read so far. @throws RealignError model-mismatch, model-unsafe
 */
export async function* verifyFiles(bundle: Bundle, signal?: AbortSignal): AsyncGenerator<number> {
  const { folder, manifest } = bundle
  const listed = new Set(manifest.files.map((file) => file.path))
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!listed.has(entry.name) && !UNLISTED_FILES.includes(entry.name))
      throw unsafe(`${entry.name} lies in the bundle but its manifest does not list it`)
    if (!entry.isFile()) throw unsafe(`${entry.name} is not a plain file`)
  }
  const total = bundleBytes(bundle)
  let done = 0
  for (const file of manifest.files) {
    throwIfAborted(signal)
    await verifyFile(folder, file)
    done += file.bytes
    yield done / total
  }
}

/** One file against its size and hash in the manifest. */
export async function verifyFile(folder: string, file: BundleFile): Promise<void> {
  const full = path.join(folder, file.path)
  const facts = await lstat(full).catch(() => null)
  if (facts === null) throw mismatch(`${file.path} is missing`)
  if (!facts.isFile()) throw unsafe(`${file.path} is not a plain file`)
  if (facts.size !== file.bytes)
    throw mismatch(`${file.path} has ${facts.size} bytes, the manifest says ${file.bytes}`)
  const hash = createHash('sha256')
  const chunks = createReadStream(full, { highWaterMark: CHUNK_BYTES })
  for await (const chunk of chunks) hash.update(chunk as Buffer)
  const actual = hash.digest('hex')
  if (actual !== file.sha256)
    throw mismatch(`${file.path} has sha256 ${actual}, the manifest says ${file.sha256}`)
}

/** sha256 of a variant's image encoder, graph and the weights beside it: equal hashes see the same thing. */
export function encoderSha256({ manifest }: Bundle, variant = manifest.defaultVariant): string {
  const vision = manifest.variants[variant]?.vision
  const hashOf = (name: string) => manifest.files.find((file) => file.path === name)?.sha256 ?? ''
  const beside = hashOf(`${vision}_data`)
  return beside === '' ? hashOf(`${vision}`) : sha256(Buffer.from(hashOf(`${vision}`) + beside))
}
