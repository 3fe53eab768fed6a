/** transformers.js `generate` on the same decoder, as its users run it: left-padded batch, or one by one. */
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { env, OPTForCausalLM, Tensor } from '@huggingface/transformers'
import type { Shape } from './shapes.ts'

/** What its loader wants beside the graph; no end token, so that every run makes all its tokens. */
export async function writeConfig(shape: Shape, folder: string): Promise<void> {
  await mkdir(path.join(folder, 'onnx'), { recursive: true })
  const config = {
    model_type: 'opt',
    architectures: ['OPTForCausalLM'],
    num_hidden_layers: shape.layers,
    num_attention_heads: shape.heads,
    hidden_size: shape.hidden,
    ffn_dim: shape.ffn,
    vocab_size: shape.vocab,
    max_position_embeddings: shape.positions,
    pad_token_id: 1,
  }
  await writeFile(path.join(folder, 'config.json'), JSON.stringify(config))
  await writeFile(path.join(folder, 'generation_config.json'), JSON.stringify({ pad_token_id: 1 }))
}

export type Theirs = Awaited<ReturnType<typeof OPTForCausalLM.from_pretrained>>

export async function openTheirs(folder: string): Promise<Theirs> {
  env.allowRemoteModels = false
  env.allowLocalModels = true
  env.localModelPath = path.dirname(folder) + path.sep
  return OPTForCausalLM.from_pretrained(path.basename(folder), { dtype: 'fp32', device: 'cpu' })
}

/** New ids of each prompt, prompts of any lengths as one left-padded batch. */
export async function runTheirs(
  model: Theirs,
  prompts: readonly (readonly number[])[],
  { tokens, greedy }: { readonly tokens: number; readonly greedy: boolean },
): Promise<number[][]> {
  const width = Math.max(...prompts.map((prompt) => prompt.length))
  const fill = (value: number, row: readonly number[]) =>
    [...Array<number>(width - row.length).fill(value), ...row].map(BigInt)
  const dims = [prompts.length, width]
  const ids = prompts.flatMap((prompt) => fill(1, prompt))
  const mask = prompts.flatMap((prompt) =>
    fill(
      0,
      prompt.map(() => 1),
    ),
  )
  const output = (await model.generate({
    inputs: new Tensor('int64', BigInt64Array.from(ids), dims),
    attention_mask: new Tensor('int64', BigInt64Array.from(mask), dims),
    max_new_tokens: tokens,
    do_sample: !greedy,
    temperature: 0.2,
    top_k: 50,
  } as never)) as Tensor // its typing of generation parameters is incomplete
  const rows = output.tolist() as (bigint | number)[][]
  return rows.map((row) => row.slice(width).map(Number))
}
