/** The decoder shapes of the benchmark: random weights, so only time and equality mean anything. */

export interface Shape {
  readonly name: string
  readonly layers: number
  readonly hidden: number
  readonly heads: number
  readonly ffn: number
  readonly vocab: number
  readonly positions: number
}

export const SHAPES: Readonly<Record<string, Shape>> = {
  /** Proves that the benchmark runs; its figures mean nothing. */
  XS: { name: 'XS', layers: 2, hidden: 128, heads: 4, ffn: 256, vocab: 1024, positions: 512 },
  S: { name: 'S', layers: 8, hidden: 512, heads: 8, ffn: 2048, vocab: 8192, positions: 512 },
  /** OPT-125m. */
  M: { name: 'M', layers: 12, hidden: 768, heads: 12, ffn: 3072, vocab: 50272, positions: 512 },
}

export const VISUAL_TOKENS = 40
/** Alt lengths of six prompts, ragged on purpose. */
export const ALT_LENGTHS = [1, 2, 3, 8, 20, 60] as const

/** Weights that every step reads once, in bytes (the position table is read by rows). */
export const weightBytes = ({ layers, hidden, ffn, vocab }: Shape): number =>
  4 * (layers * (4 * hidden * hidden + 2 * hidden * ffn) + vocab * hidden)
