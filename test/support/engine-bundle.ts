/** Copies of the tiny bundle with one thing wrong, and pictures made on the spot, for tests of the engine. */
import { createHash } from 'node:crypto'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import sharp from 'sharp'
import type {
  CaptionEvent,
  CaptionJob,
  CaptionResult,
  FinishedCaption,
} from '../../src/core/ports.ts'
import { goldenPixels, manifestSchema, type Manifest } from '../../src/shared/manifest.ts'
import { DEFAULT_SETTINGS, type GenerationSettings } from '../../src/shared/types.ts'

const root = path.resolve(import.meta.dirname, '..', '..')
export const tinyFolder = path.join(root, 'models', 'tiny')
export const workerFile = path.join(root, 'src', 'engine', 'worker.ts')
export const fixture = (name: string): string => path.join(root, 'test', 'engine', 'fixtures', name)

export const readManifest = async (folder = tinyFolder): Promise<Manifest> =>
  manifestSchema.parse(JSON.parse(await readFile(path.join(folder, 'manifest.json'), 'utf8')))

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** Runs `work` with a private copy of the tiny bundle. */
export async function withTinyCopy<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const parent = await mkdtemp(path.join(tmpdir(), 'realign-bundle-'))
  const folder = path.join(parent, 'tiny')
  try {
    await cp(tinyFolder, folder, { recursive: true })
    return await work(folder)
  } finally {
    await rm(parent, { recursive: true, force: true })
  }
}

/** Puts a file into a bundle, in place of one of this name, and makes the manifest agree with it. */
export async function putFile(folder: string, name: string, content: Uint8Array) {
  await writeFile(path.join(folder, name), content)
  const file = path.join(folder, 'manifest.json')
  const manifest = JSON.parse(await readFile(file, 'utf8')) as Manifest
  const put = { path: name, bytes: content.length, sha256: sha256(content) }
  const files = manifest.files.filter((one) => one.path !== name).concat(put)
  await writeFile(file, JSON.stringify({ ...manifest, files }))
}

/** The golden image of the tiny bundle as a PNG: at the model's own size, so no resize changes it. */
export async function goldenPicture(): Promise<Uint8Array> {
  const { image, golden } = await readManifest()
  const raw = { width: image.size, height: image.size, channels: 3 } as const
  return sharp(goldenPixels(image.size, golden.imageSeed), { raw }).png().toBuffer()
}

export const GREEDY: GenerationSettings = { ...DEFAULT_SETTINGS, greedy: true }

/** A job on `bytes` with one request per alt-text; keys are '0', '1', ... and seeds 0, 1, ... */
export const jobOf = (
  bytes: Uint8Array,
  altTexts: readonly string[],
  settings: GenerationSettings = GREEDY,
): CaptionJob => ({
  captionerId: 'tiny',
  imageId: sha256(bytes),
  bytes: async () => bytes,
  requests: altTexts.map((altText, at) => ({ key: String(at), altText, seed: at })),
  settings,
})

export interface Finished {
  readonly captions: readonly FinishedCaption[]
  readonly events: readonly CaptionEvent[]
  readonly result: CaptionResult
}

/** Runs a caption job to its end; captions in the order of the requests. */
export async function collect(
  work: AsyncGenerator<CaptionEvent, CaptionResult>,
): Promise<Finished> {
  const events: CaptionEvent[] = []
  let step = await work.next()
  for (; !step.done; step = await work.next()) events.push(step.value)
  const captions = events.flatMap((event) => (event.kind === 'caption' ? [event.caption] : []))
  captions.sort((a, b) => Number(a.key) - Number(b.key))
  return { captions, events, result: step.value }
}

export const never = (): AbortSignal => new AbortController().signal
