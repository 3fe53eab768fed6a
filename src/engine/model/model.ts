/** A loaded bundle on one device: its graphs, tokenizers and rules. */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { RealignError } from '../../shared/errors.ts'
import type { Captioner, Manifest, Scorer, VariantName } from '../../shared/manifest.ts'
import type { Decoder } from '../generate/decoder.ts'
import { f32, openGraph } from '../ort.ts'
import type { Graph, GraphOptions, GraphSource, Outputs } from '../ort.ts'
import { toUnit } from '../score/embed-texts.ts'
import { createTokenizer, type Tokenizer } from '../text/tokenizer.ts'
import type { Bundle } from './bundle.ts'
import { checkExternalData } from './external-data.ts'
import { halfNodes } from './half-nodes.ts'

export interface CaptionerModel {
  readonly rule: Captioner
  readonly mapper: Graph
  readonly decoder: Decoder
  readonly tokenizer: Tokenizer
}

export interface Model {
  readonly bundle: Bundle
  readonly variant: VariantName
  readonly device: string
  readonly vision: Graph
  readonly captioner: CaptionerModel | null
  readonly scorer: {
    readonly rule: Scorer
    readonly text: Graph
    readonly tokenizer: Tokenizer
  } | null
  close(): Promise<void>
}

/** Variants that a bundle has. */
export const variantNames = (manifest: Manifest): readonly VariantName[] =>
  Object.keys(manifest.variants) as VariantName[] // keys of a checked record

/** Size of graphs, with the weights beside them. */
export function graphBytes({ files }: Manifest, names: readonly (string | undefined)[]): number {
  const own = new Set(names.flatMap((name) => [name, `${name}_data`]))
  return files.reduce((sum, file) => sum + (own.has(file.path) ? file.bytes : 0), 0)
}

/** The variant that runs: the one asked for, or the bundle's own when it has no fp32. */
export function chooseVariant(manifest: Manifest, wanted: string): VariantName {
  const names = variantNames(manifest)
  const found = names.find((name) => name === wanted)
  if (found) return found
  if (wanted === 'fp32') return manifest.defaultVariant
  throw new RealignError('bad-input', `${manifest.name} has no variant ${wanted}`, {
    hint: `Choose one of ${names.join(', ')}.`,
  })
}

/** Reads a tokenizer of the bundle. @throws RealignError model-unsafe */
export const readTokenizer = async (bundle: Bundle, file: string): Promise<Tokenizer> =>
  createTokenizer(file, await readFile(path.join(bundle.folder, file)))

/** How much of a variant's graphs, by their size, is open on a device. */
export interface OpenedPart {
  readonly device: string
  readonly fraction: number
}

/**
 * Opens every graph of one variant; leaving it early closes what is open. Verify the files before.
 * @throws RealignError with a code
 */
export async function* openModel(
  bundle: Bundle,
  variant: VariantName,
  options: GraphOptions,
): AsyncGenerator<OpenedPart, Model> {
  const { manifest } = bundle
  const files = manifest.variants[variant]
  if (!files) throw new RealignError('bug', `no variant ${variant}`)
  const { device } = options
  const total = graphBytes(manifest, Object.values(files))
  const opened: Graph[] = []
  let fraction = 0
  const open = async function* (file: string): AsyncGenerator<OpenedPart, Graph> {
    yield { device, fraction }
    const graph = await openGraph(await graphSource(bundle, file), options)
    opened.push(graph)
    await setImmediate() // opening blocks the process: a cancel that came meanwhile is heard now
    fraction += graphBytes(manifest, [file]) / total
    return graph
  }
  const close = async (): Promise<void> => {
    for (const graph of opened) await graph.close()
  }
  let whole = false
  try {
    const vision = yield* open(files.vision)
    const { captioner, scorer } = manifest
    const model = {
      bundle,
      variant,
      device,
      vision,
      captioner:
        captioner && files.mapper && files.decoder
          ? {
              rule: captioner,
              mapper: yield* open(files.mapper),
              decoder: {
                graph: yield* open(files.decoder),
                shape: captioner.decoder,
                hidden: captioner.decoder.hidden,
              },
              tokenizer: await readTokenizer(bundle, captioner.tokenizer),
            }
          : null,
      scorer:
        scorer && files.text
          ? {
              rule: scorer,
              text: yield* open(files.text),
              tokenizer: await readTokenizer(bundle, scorer.tokenizer),
            }
          : null,
      close,
    }
    whole = true
    return model
  } finally {
    if (!whole) await close()
  }
}

/** The file's bytes, so that what was checked is what runs; its path only where weights lie beside it. */
async function graphSource(bundle: Bundle, file: string): Promise<GraphSource> {
  const full = path.join(bundle.folder, file)
  const bytes = await readFile(full)
  const sizes = new Map(bundle.manifest.files.map((one) => [one.path, one.bytes]))
  const content = checkExternalData(file, bytes, sizes) ? full : bytes
  return { file, content, cpuNodes: halfNodes(bytes) }
}

/** One float output that must have exactly these dimensions and finite values (FAULTS M6, M12). */
export function readFloats(
  outputs: Outputs,
  name: string,
  { file, dims }: { readonly file: string; readonly dims: readonly number[] },
): Float32Array {
  const output = outputs.floats(name)
  if (output.dims.join() !== dims.join())
    throw new RealignError(
      'model-mismatch',
      `${file}: ${name} is [${output.dims.join(', ')}], the manifest says [${dims.join(', ')}]`,
      { hint: 'The files of this bundle do not belong together; export it again.' },
    )
  if (!output.data.every(Number.isFinite))
    throw new RealignError('model-mismatch', `${file} gave numbers that are not finite`, {
      hint: 'Try another device or variant; if it stays, the weights are damaged.',
    })
  return output.data
}

/** Normalised pixels [3, R, R] to the L2-normalised image embedding [E]. */
export async function embedPixels(model: Model, pixels: Float32Array): Promise<Float32Array> {
  const { image, imageEncoder } = model.bundle.manifest
  const outputs = await model.vision.run(
    { pixel_values: f32(pixels, [1, 3, image.size, image.size]) },
    ['image_embeds'],
  )
  const dims = [1, imageEncoder.embedding]
  const embedding = readFloats(outputs, 'image_embeds', { file: model.vision.file, dims })
  return toUnit(embedding, embedding.length)
}

/** Image embedding [E] to visual tokens [visualTokens, hidden]. */
export async function mapToVisual(
  { rule, mapper }: CaptionerModel,
  embedding: Float32Array,
): Promise<Float32Array> {
  const outputs = await mapper.run({ image_embeds: f32(embedding, [1, embedding.length]) }, [
    'visual_embeds',
  ])
  const dims = [1, rule.visualTokens, rule.decoder.hidden]
  return readFloats(outputs, 'visual_embeds', { file: mapper.file, dims })
}
