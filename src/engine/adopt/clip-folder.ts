/** Reads what a Hugging Face folder of a CLIP in ONNX says of itself: config.json, preprocessor_config.json, tokenizer.json, graphs. */
import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { RealignError } from '../../shared/errors.ts'
import type { ImageRule, Scorer, VariantName } from '../../shared/manifest.ts'
import { readTokenizerFile } from '../model/tokenizer-rules.ts'

/** The ending that transformers.js and its exporter give the graphs of a variant. */
const ENDINGS: Readonly<Record<VariantName, string>> = {
  fp32: '',
  fp16: '_fp16',
  q8: '_quantized',
  q4: '_q4',
}
const START = '<|startoftext|>'
const END = '<|endoftext|>'
const TOKENIZER = 'tokenizer.json'
const MOST_JSON_BYTES = 64 * 2 ** 20

// Values left out are those of CLIPConfig and CLIPImageProcessor in transformers: newer files leave out what is default.
const Config = z.object({
  model_type: z.string(),
  _name_or_path: z.string().optional(),
  projection_dim: z.int().positive().default(512),
  text_config: z.object({ max_position_embeddings: z.int().positive().default(77) }).prefault({}),
  vision_config: z.object({ image_size: z.int().positive().default(224) }).prefault({}),
})
const Side = z.union([
  z.int().positive(),
  z.object({ shortest_edge: z.int().positive() }),
  z.object({ height: z.int().positive(), width: z.int().positive() }),
])
const Pixels = z.object({
  do_resize: z.boolean().default(true),
  size: Side.default({ shortest_edge: 224 }),
  resample: z.int().default(3),
  do_center_crop: z.boolean().default(true),
  crop_size: Side.optional(),
  do_rescale: z.boolean().default(true),
  rescale_factor: z.number().default(1 / 255),
  do_normalize: z.boolean().default(true),
  image_mean: z.array(z.number()).length(3),
  image_std: z.array(z.number().positive()).length(3),
})
type Pixels = z.output<typeof Pixels>

/** Pillow's numbers. */
const KERNELS: Readonly<Record<number, ImageRule['kernel']>> = {
  0: 'nearest',
  1: 'lanczos3',
  2: 'linear',
  3: 'cubic',
}

export interface ClipFolder {
  /** As the model calls itself, else as its folder is called. */
  readonly name: string
  readonly licence: string
  readonly image: ImageRule
  readonly embedding: number
  readonly scorer: Scorer
  readonly variants: ReadonlyMap<VariantName, { readonly vision: string; readonly text: string }>
  /** Files to take as they are. */
  readonly copies: readonly { readonly from: string; readonly to: string }[]
  /** tokenizer.json without its added tokens: a caption that spells the end token must not end the text. */
  readonly tokenizer: string
}

const unusable = (message: string, hint: string): RealignError =>
  new RealignError('model-mismatch', message, { hint })

const WANTED =
  'A CLIP in ONNX has config.json, preprocessor_config.json, tokenizer.json, and vision_model.onnx with text_model.onnx in its folder or in onnx/ below it.'

async function readText(folder: string, name: string): Promise<string> {
  const file = path.join(folder, name)
  const facts = await stat(file).catch(() => null)
  if (!facts?.isFile()) throw unusable(`${name} is missing`, WANTED)
  if (facts.size > MOST_JSON_BYTES) throw unusable(`${name} is larger than 64 MB`, WANTED)
  return readFile(file, 'utf8')
}

async function readJson<T>(folder: string, name: string, schema: z.ZodType<T>): Promise<T> {
  let json: unknown
  try {
    json = JSON.parse(await readText(folder, name))
  } catch (error) {
    if (error instanceof RealignError) throw error
    throw unusable(`${name} is not JSON`, 'Fetch the folder again.')
  }
  const parsed = schema.safeParse(json)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw unusable(`${name}: ${issue?.path.join('.') || 'it'}: ${issue?.message}`, WANTED)
}

const shown = (side: z.output<typeof Side>): string => JSON.stringify(side)

/** The square as the folder's own preprocessor makes it; what ours cannot make is refused, not approached. */
function imageRule(pixels: Pixels, size: number): ImageRule {
  const refuse = (what: string) =>
    unusable(
      `preprocessor_config.json ${what}, which cannot be done here as it is done there`,
      'Scores would be of other pixels than the model was made for.',
    )
  if (!pixels.do_resize || !pixels.do_rescale || !pixels.do_normalize)
    throw refuse('leaves out resizing, rescaling or normalising')
  if (Math.abs(pixels.rescale_factor * 255 - 1) > 1e-6)
    throw refuse(`rescales by ${pixels.rescale_factor}`)
  const kernel = KERNELS[pixels.resample]
  if (!kernel) throw refuse(`resamples with Pillow's filter ${pixels.resample}`)
  const isSquare = (side: z.output<typeof Side>): boolean =>
    typeof side === 'object' && 'height' in side
      ? side.height === size && side.width === size
      : (typeof side === 'number' ? side : side.shortest_edge) === size
  const crop = pixels.do_center_crop ? (pixels.crop_size ?? size) : null
  if (crop !== null && !isSquare(crop))
    throw refuse(`crops ${shown(crop)} for a model of ${size} pixels`)
  if (!isSquare(pixels.size))
    throw refuse(`resizes to ${shown(pixels.size)} for a model of ${size} pixels`)
  const wholeSides = typeof pixels.size === 'object' && 'height' in pixels.size
  if (crop === null && !wholeSides) throw refuse('neither crops nor squashes to a square')
  const { image_mean: mean, image_std: std } = pixels
  return { size, resize: wholeSides ? 'squash' : 'centre-crop', kernel, mean, std }
}

const PiecesOf = z.object({ model: z.object({ vocab: z.record(z.string(), z.number()) }) })

function readTokenizer(text: string): {
  readonly text: string
  readonly ids: Pick<Scorer, 'startId' | 'endId' | 'padId'>
} {
  readTokenizerFile(TOKENIZER, new TextEncoder().encode(text))
  const json = JSON.parse(text) as object // its parts were just checked
  const { vocab } = PiecesOf.parse(json).model
  const [startId, endId] = [vocab[START], vocab[END]]
  if (startId === undefined || endId === undefined)
    throw unusable(
      `${TOKENIZER} has no ${START} and ${END}`,
      'Only the tokenizer of a CLIP is understood.',
    )
  const bare = { ...json, added_tokens: [], truncation: null, padding: null }
  return { text: `${JSON.stringify(bare)}\n`, ids: { startId, endId, padId: endId } }
}

async function isFile(file: string): Promise<boolean> {
  return (await stat(file).catch(() => null))?.isFile() ?? false
}

/** Graphs of every variant that has both, weights beside them too. */
async function findGraphs(folder: string): Promise<Pick<ClipFolder, 'variants' | 'copies'>> {
  const variants = new Map<VariantName, { vision: string; text: string }>()
  const copies: { from: string; to: string }[] = []
  for (const [variant, ending] of Object.entries(ENDINGS) as [VariantName, string][]) {
    const names = [`vision_model${ending}.onnx`, `text_model${ending}.onnx`] as const
    for (const inner of ['onnx', '.']) {
      const at = (name: string) => path.join(folder, inner, name)
      if (!(await isFile(at(names[0]))) || !(await isFile(at(names[1])))) continue
      variants.set(variant, { vision: names[0], text: names[1] })
      for (const name of [...names, ...names.map((one) => `${one}_data`)])
        if (await isFile(at(name))) copies.push({ from: at(name), to: name })
      break
    }
  }
  if (variants.size > 0) return { variants, copies }
  const whole =
    (await isFile(path.join(folder, 'onnx', 'model.onnx'))) ||
    (await isFile(path.join(folder, 'model.onnx')))
  throw unusable(
    whole
      ? 'This folder has one graph for pictures and texts together (model.onnx), which cannot score them apart'
      : 'There is no vision_model.onnx with text_model.onnx',
    WANTED,
  )
}

/** `license: mit` at the top of a README, as model hubs have it. */
async function readLicence(folder: string): Promise<string> {
  const text = await readFile(path.join(folder, 'README.md'), 'utf8').catch(() => '')
  const head = /^---\r?\n([\s\S]{0,4000}?)\r?\n---/.exec(text)?.[1] ?? ''
  const said = /^licen[cs]e:[ \t]*([\w .+-]{1,60})[ \t]*$/m.exec(head)?.[1]?.trim()
  return said ?? 'Not stated in its folder.'
}

/** The cache of a hub names a folder `models--OWNER--NAME/snapshots/HASH`. */
function folderName(folder: string): string {
  const hub = /(?:^|[\\/])models--([^\\/]+?)--([^\\/]+)[\\/]snapshots[\\/][^\\/]+$/.exec(folder)
  return hub ? `${hub[1]}/${hub[2]}` : path.basename(folder)
}

/** @throws RealignError model-mismatch, model-unsafe: what is missing, or not understood, by the name of its file */
export async function readClipFolder(folder: string): Promise<ClipFolder> {
  const config = await readJson(folder, 'config.json', Config)
  if (config.model_type !== 'clip')
    throw unusable(
      `This is a folder of a ${config.model_type.slice(0, 40)}, not of a CLIP`,
      'Scorers are CLIPs here. A captioner can be exported as models/README.md describes, or asked behind an address.',
    )
  const graphs = await findGraphs(folder)
  const pixels = await readJson(folder, 'preprocessor_config.json', Pixels)
  const tokenizer = readTokenizer(await readText(folder, TOKENIZER))
  const name = config._name_or_path
  return {
    name: (name !== undefined && /^[\w.-]+\/[\w.-]+$/.test(name) ? name : folderName(folder)).slice(
      0,
      120,
    ),
    licence: await readLicence(folder),
    image: imageRule(pixels, config.vision_config.image_size),
    embedding: config.projection_dim,
    scorer: {
      tokenizer: TOKENIZER,
      length: config.text_config.max_position_embeddings,
      ...tokenizer.ids,
      pooling: 'end-token',
      policy: 'truncate-keep-end',
      clipsPrefix: 'A photo depicts ',
    },
    ...graphs,
    tokenizer: tokenizer.text,
  }
}
