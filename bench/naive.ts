/** The straightforward loop: one prompt at a time, concatenated cache, all logits sorted in JavaScript. */
import { f32, i64, openGraph, type Graph, type TensorValue } from '../src/engine/ort.ts'
import { seededRandom } from '../src/shared/random.ts'
import type { Shape } from './shapes.ts'

export const openNaive = (file: string): Promise<Graph> =>
  openGraph({ file, content: file }, { device: 'cpu' })

const names = (layers: number, of: string): readonly string[] =>
  Array.from({ length: layers }, (_, l) => [`${of}.${l}.key`, `${of}.${l}.value`]).flat()

export async function runNaive(
  graph: Graph,
  shape: Shape,
  work: {
    readonly prompts: readonly (readonly number[])[]
    readonly tokens: number
    readonly greedy: boolean
  },
): Promise<number[][]> {
  const out: number[][] = []
  for (const [at, prompt] of work.prompts.entries())
    out.push(await one(graph, shape, { ...work, prompt, uniform: seededRandom(at) }))
  return out
}

async function one(
  graph: Graph,
  { layers, heads, hidden }: Shape,
  work: {
    readonly prompt: readonly number[]
    readonly tokens: number
    readonly greedy: boolean
    readonly uniform: () => number
  },
): Promise<number[]> {
  const size = hidden / heads
  const [pastNames, presentNames] = [names(layers, 'past_key_values'), names(layers, 'present')]
  let past: TensorValue[] = pastNames.map(() => f32(new Float32Array(0), [1, heads, 0, size]))
  let fed = work.prompt
  let length = 0
  const out: number[] = []
  while (out.length < work.tokens) {
    const total = length + fed.length
    const feeds: Record<string, TensorValue> = {
      input_ids: i64(fed, [1, fed.length]),
      attention_mask: i64(Array<number>(total).fill(1), [1, total]),
      position_ids: i64(
        fed.map((_, t) => length + t),
        [1, fed.length],
      ),
    }
    pastNames.forEach((name, at) => {
      const value = past[at]
      if (value) feeds[name] = value
    })
    const outputs = await graph.run(feeds, ['logits', ...presentNames])
    past = presentNames.map((name) => {
      const { data, dims } = outputs.floats(name)
      return f32(data, dims)
    })
    const next = pick(outputs.floats('logits').data, work)
    out.push(next)
    fed = [next]
    length = total
  }
  return out
}

/** Softmax and a full sort, as a first version would do it: temperature 0.2, top-p 0.7. */
function pick(
  logits: Float32Array,
  { greedy, uniform }: { readonly greedy: boolean; readonly uniform: () => number },
): number {
  const largest = logits.reduce((a, b) => Math.max(a, b), -Infinity)
  const weights = Float64Array.from(logits, (value) => Math.exp((value - largest) / 0.2))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const order = Array.from(weights.keys()).sort((a, b) => (weights[b] ?? 0) - (weights[a] ?? 0))
  if (greedy) return order[0] ?? 0
  let [kept, mass] = [0, 0]
  while (kept < order.length && mass < 0.7 * total) mass += weights[order[kept++] ?? 0] ?? 0
  let left = uniform() * mass
  for (const id of order.slice(0, kept)) if ((left -= weights[id] ?? 0) < 0) return id
  return order[kept - 1] ?? 0
}
