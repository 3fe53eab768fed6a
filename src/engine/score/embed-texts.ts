/** Texts to unit embeddings, through our own text graphs and through those of a Hugging Face folder. */
import { RealignError } from '../../shared/errors.ts'
import { i64, type Feeds, type Graph } from '../ort.ts'

export interface TextEncoder {
  readonly graph: Graph
  /** Fills rows up to the longest. */
  readonly padId: number
  /** Length of an embedding. */
  readonly size: number
}

/** What a row's real ids are is told as the graph asks for it; one that asks nothing finds the end token itself. */
function feedsOf({ graph, padId }: TextEncoder, rows: readonly (readonly number[])[]): Feeds {
  const width = Math.max(...rows.map((ids) => ids.length))
  const dims = [rows.length, width]
  const filled = (ids: readonly number[], fill: number) => [
    ...ids,
    ...Array<number>(width - ids.length).fill(fill),
  ]
  const lengths = i64(rows.map((ids) => ids.length))
  const ones = () =>
    rows.flatMap((ids) =>
      filled(
        ids.map(() => 1),
        0,
      ),
    )
  return {
    input_ids: i64(
      rows.flatMap((ids) => filled(ids, padId)),
      dims,
    ),
    ...(graph.inputs.includes('lengths') && { lengths }),
    ...(graph.inputs.includes('attention_mask') && { attention_mask: i64(ones(), dims) }),
  }
}

/** Unit embeddings, row after row, of texts as ids. @throws RealignError model-mismatch */
export async function embedTexts(
  encoder: TextEncoder,
  rows: readonly (readonly number[])[],
): Promise<Float32Array> {
  const { graph, size } = encoder
  const outputs = await graph.run(feedsOf(encoder, rows), ['text_embeds'])
  const { data, dims } = outputs.floats('text_embeds')
  if (dims.join() !== `${rows.length},${size}`)
    throw new RealignError(
      'model-mismatch',
      `${graph.file}: text_embeds is [${dims.join(', ')}], the manifest says [${rows.length}, ${size}]`,
      { hint: 'The files of this bundle do not belong together; export it again.' },
    )
  return toUnit(data, size)
}

/** Farther than this from 1 is no rounding: the graph gives embeddings as they are. */
const ROUNDING = 1e-4

/** Rows of `size` values made of length 1 in place; those that are stay bit for bit. @throws RealignError model-mismatch */
export function toUnit(data: Float32Array, size: number): Float32Array {
  for (let from = 0; from < data.length; from += size) {
    const row = data.subarray(from, from + size)
    const length = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0))
    if (!Number.isFinite(length) || length === 0)
      throw new RealignError('model-mismatch', 'An encoder gave an embedding without a direction', {
        hint: 'Try another device or variant; if it stays, the weights are damaged.',
      })
    if (Math.abs(length - 1) > ROUNDING) row.forEach((value, at) => (row[at] = value / length))
  }
  return data
}
