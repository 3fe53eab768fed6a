/** Picks a token from the graph's top logits: temperature, then top-k, then top-p (HF's order). Pure. */

export interface SamplingRule {
  readonly greedy: boolean
  readonly temperature: number
  readonly topK: number
  readonly topP: number
}

/**
 * Place (0 = most likely) of the chosen token in `logits`, which fall and are the vocabulary's largest.
 * `uniform` in [0, 1). The graph gives 50 logits and top-k is at most 50, so the result is exact.
 *
 * top-p keeps the shortest run of most likely tokens whose probability, after temperature and top-k,
 * reaches `topP`; at least one.
 */
export function pickToken(logits: Float32Array, rule: SamplingRule, uniform: () => number): number {
  if (rule.greedy) return 0
  const count = Math.min(rule.topK, logits.length)
  const largest = logits[0] ?? 0
  const weights = Array.from({ length: count }, (_, place) =>
    Math.exp(((logits[place] ?? -Infinity) - largest) / rule.temperature),
  )
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  let kept = 0
  let mass = 0
  while (kept < count && mass < rule.topP * total) mass += weights[kept++] ?? 0
  let left = uniform() * mass
  for (let place = 0; place < kept - 1; place++) {
    left -= weights[place] ?? 0
    if (left < 0) return place
  }
  return Math.max(0, kept - 1)
}
