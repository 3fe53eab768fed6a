/** Folders taken into a person's own models: a CLIP as Hugging Face folders have it scores as transformers does; what cannot is refused by name. */
import { cp, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createLocalEngine } from '../../src/engine/local-engine.ts'
import type { Engine } from '../../src/engine/engine.ts'
import { temporaryFolder } from '../support/builders.ts'
import { never, readManifest, tinyFolder } from '../support/engine-bundle.ts'

const fixtures = path.resolve(import.meta.dirname, '..', 'fixtures')

interface Reference {
  readonly texts: readonly string[]
  readonly ids: readonly (readonly number[])[]
  readonly cosines: readonly (readonly number[])[]
}
const readReference = async (): Promise<Reference> =>
  JSON.parse(await readFile(path.join(fixtures, 'clip_folder.json'), 'utf8')) as Reference

interface Place {
  readonly engine: Engine
  readonly own: string
  /** A private copy of the folder of the CLIP. */
  readonly folder: string
}

async function openPlace(): Promise<Place> {
  const root = temporaryFolder()
  const own = path.join(root, 'models')
  const folder = path.join(root, 'clip')
  await cp(path.join(fixtures, 'clip-folder'), folder, { recursive: true })
  const engine = createLocalEngine({ modelFolders: [own], quiet: true, threads: 1 })
  onTestFinished(() => engine.close())
  return { engine, own, folder }
}

async function add({ engine }: Place, folder: string, signal = never()): Promise<string> {
  const work = engine.adopt(folder, signal)
  let last = -1
  for (;;) {
    const step = await work.next()
    if (step.done) return step.value
    expect(step.value.fraction).toBeGreaterThanOrEqual(last)
    last = step.value.fraction
  }
}

const refusal = (place: Place): Promise<Error> =>
  add(place, place.folder).then(
    () => new Error('nothing was refused'),
    (error: unknown) => error as Error,
  )

async function change(place: Place, name: string, values: Readonly<Record<string, unknown>>) {
  const file = path.join(place.folder, name)
  const json = JSON.parse(await readFile(file, 'utf8')) as object
  await writeFile(file, JSON.stringify({ ...json, ...values }))
}

test('the scores of a CLIP from a Hugging Face folder are those of transformers', async () => {
  const place = await openPlace()
  const id = await add(place, place.folder)
  expect(id).toBe('tiny-clip')
  const { texts, ids, cosines } = await readReference()
  const captions = texts.map((text, at) => ({ key: `${at}`, text }))
  for (const [k, wanted] of cosines.entries()) {
    const bytes = await readFile(path.join(fixtures, `clip-picture-${k}.png`))
    const job = { scorerId: id, imageId: `${k}`.repeat(64), bytes: async () => bytes, captions }
    const scores = await place.engine.score(job, never())
    for (const [at, { clip, truncated }] of scores.entries()) {
      expect(clip).toBeCloseTo(wanted[at] ?? NaN, 3)
      expect(truncated).toBe(ids[at]?.length === 20)
    }
  }
})

test('it is a bundle like any other: found, described, proven again by its own values', async () => {
  const place = await openPlace()
  await add(place, place.folder)
  expect(await place.engine.check('tiny-clip')).toMatchObject({
    name: 'someone/tiny-clip',
    roles: ['scorer'],
    licence: 'mit',
    imageSize: 32,
    resize: 'centre-crop',
    variants: ['fp32'],
    state: 'ready',
  })
  const manifest = await readManifest(path.join(place.own, 'tiny-clip'))
  expect(manifest.scorer).toMatchObject({ length: 20, endId: 587, padId: 587 })
  expect(await readdir(place.own)).toEqual(['tiny-clip'])
})

test('a caption that spells the end token does not end the text', async () => {
  const place = await openPlace()
  const id = await add(place, place.folder)
  const bytes = await readFile(path.join(fixtures, 'clip-picture-0.png'))
  const captions = ['a photo', 'a photo <|endoftext|> of a teapot'].map((text) => ({
    key: text,
    text,
  }))
  const job = { scorerId: id, imageId: '0'.repeat(64), bytes: async () => bytes, captions }
  const [bare, spelt] = await place.engine.score(job, never())
  expect(Math.abs((bare?.clip ?? 0) - (spelt?.clip ?? 0))).toBeGreaterThan(0.1)
})

test('a hub cache, whose files are links, and graphs beside config.json are read as well', async () => {
  const place = await openPlace()
  const hub = path.join(
    path.dirname(place.folder),
    'models--Someone--Tiny-CLIP',
    'snapshots',
    'abc',
  )
  await mkdir(hub, { recursive: true })
  for (const name of ['preprocessor_config.json', 'tokenizer.json'])
    await symlink(path.join(place.folder, name), path.join(hub, name))
  for (const name of ['vision_model.onnx', 'text_model.onnx'])
    await symlink(path.join(place.folder, 'onnx', name), path.join(hub, name))
  await change(place, 'config.json', { _name_or_path: undefined })
  await symlink(path.join(place.folder, 'config.json'), path.join(hub, 'config.json'))
  expect(await add(place, hub)).toBe('tiny-clip')
  expect(await place.engine.bundles()).toMatchObject([{ name: 'Someone/Tiny-CLIP' }])
})

test('a smaller variant that is another model, or does not run, is left out and said', async () => {
  const place = await openPlace()
  const onnx = path.join(place.folder, 'onnx')
  for (const part of ['vision', 'text'])
    await cp(path.join(onnx, `${part}_model.onnx`), path.join(onnx, `${part}_model_quantized.onnx`))
  await writeFile(path.join(onnx, 'vision_model_fp16.onnx'), 'no graph')
  await cp(path.join(onnx, 'text_model.onnx'), path.join(onnx, 'text_model_fp16.onnx'))
  const id = await add(place, place.folder)
  const manifest = await readManifest(path.join(place.own, id))
  expect(Object.keys(manifest.variants)).toEqual(['fp32', 'q8'])
  expect(manifest.description).toMatch(/Left out: fp16 \(/)
  expect((await readdir(path.join(place.own, id))).join()).not.toContain('fp16')
})

test.each([
  ['config.json', { model_type: 'siglip' }, /folder of a siglip, not of a CLIP/],
  ['config.json', { projection_dim: 25 }, /text_embeds is \[1, 24\], the manifest says \[1, 25\]/],
  ['preprocessor_config.json', { resample: 5 }, /resamples with Pillow's filter 5/],
  [
    'preprocessor_config.json',
    { size: { shortest_edge: 36 } },
    /resizes to \{"shortest_edge":36\}/,
  ],
  ['preprocessor_config.json', { do_center_crop: false }, /neither crops nor squashes/],
  ['preprocessor_config.json', { rescale_factor: 1 }, /rescales by 1/],
  ['preprocessor_config.json', { image_mean: [0] }, /preprocessor_config.json: image_mean/],
  ['tokenizer.json', { model: { type: 'Unigram' } }, /the model is Unigram, not BPE/],
])('%s with %j is refused by name, and nothing is left behind', async (name, values, message) => {
  const place = await openPlace()
  await change(place, name, values)
  expect((await refusal(place)).message).toMatch(message)
  expect(await readdir(place.own).catch(() => [])).toEqual([])
})

test.each(['config.json', 'preprocessor_config.json', 'tokenizer.json', 'onnx/text_model.onnx'])(
  'a folder without %s is refused by name',
  async (name) => {
    const place = await openPlace()
    await rm(path.join(place.folder, name))
    expect((await refusal(place)).message).toContain(path.basename(name))
  },
)

test('a graph that wants weights from elsewhere is never opened', async () => {
  const place = await openPlace()
  const hostile = path.resolve(import.meta.dirname, 'fixtures', 'external-absolute.onnx')
  await cp(hostile, path.join(place.folder, 'onnx', 'vision_model.onnx'))
  expect((await refusal(place)).message).toMatch(/wants weights from/)
  expect(await readdir(place.own)).toEqual([])
})

test('a cancel leaves nothing behind, and the same folder can be added afterwards, once', async () => {
  const place = await openPlace()
  const abort = new AbortController()
  const work = place.engine.adopt(place.folder, abort.signal)
  await work.next()
  abort.abort()
  await expect(work.next()).rejects.toMatchObject({ code: 'cancelled' })
  expect(await readdir(place.own)).toEqual([])
  await add(place, place.folder)
  expect((await refusal(place)).message).toBe('There is a model named tiny-clip already')
})

test('a bundle is taken as it is, and refused with a changed byte', async () => {
  const place = await openPlace()
  await rm(place.folder, { recursive: true })
  await cp(tinyFolder, place.folder, { recursive: true })
  expect(await add(place, place.folder)).toBe('tiny')
  expect(await place.engine.check('tiny')).toMatchObject({ state: 'ready' })
  await rm(path.join(place.own, 'tiny'), { recursive: true })
  const file = path.join(place.folder, 'text.onnx')
  const bytes = await readFile(file)
  bytes[100] = (bytes[100] ?? 0) ^ 1
  await writeFile(file, bytes)
  expect((await refusal(place)).message).toMatch(/^text.onnx has sha256/)
  expect(await readdir(place.own)).toEqual([])
})
