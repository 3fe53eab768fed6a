/** Agreement of an automatic score with people: Kendall tau-b and tau-c, Spearman, Pearson, pairwise accuracy (6.10). */

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)

/** Mean ranks, 1 = smallest. */
export function meanRanks(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0))
  const ranks = new Array<number>(values.length)
  for (let i = 0; i < order.length;) {
    let j = i
    while (j < order.length && values[order[j] as number] === values[order[i] as number]) j++
    for (let t = i; t < j; t++) ranks[order[t] as number] = (i + j + 1) / 2
    i = j
  }
  return ranks
}

export function pearson(x: readonly number[], y: readonly number[]): number {
  const [mx, my] = [sum([...x]) / x.length, sum([...y]) / y.length]
  let [xy, xx, yy] = [0, 0, 0]
  x.forEach((value, i) => {
    const [dx, dy] = [value - mx, (y[i] as number) - my]
    xy += dx * dy
    xx += dx * dx
    yy += dy * dy
  })
  return xy / Math.sqrt(xx * yy)
}

export const spearman = (x: readonly number[], y: readonly number[]): number =>
  pearson(meanRanks(x), meanRanks(y))

export interface PairTally {
  readonly concordant: number
  readonly discordant: number
  readonly tiesX: number
  readonly tiesY: number
  readonly tiesBoth: number
}

export function tallyPairs(x: readonly number[], y: readonly number[]): PairTally {
  let [concordant, discordant, tiesX, tiesY, tiesBoth] = [0, 0, 0, 0, 0]
  for (let i = 0; i < x.length; i++)
    for (let j = i + 1; j < x.length; j++) {
      const dx = Math.sign((x[i] as number) - (x[j] as number))
      const dy = Math.sign((y[i] as number) - (y[j] as number))
      if (dx === 0 && dy === 0) tiesBoth++
      else if (dx === 0) tiesX++
      else if (dy === 0) tiesY++
      else if (dx === dy) concordant++
      else discordant++
    }
  return { concordant, discordant, tiesX, tiesY, tiesBoth }
}

export function kendallTauB(
  x: readonly number[],
  y: readonly number[],
  tally = tallyPairs(x, y),
): number {
  const { concordant: c, discordant: d, tiesX, tiesY } = tally
  return (c - d) / Math.sqrt((c + d + tiesX) * (c + d + tiesY))
}

/** Stuart's tau-c, for tables that are not square. */
export function kendallTauC(
  x: readonly number[],
  y: readonly number[],
  tally = tallyPairs(x, y),
): number {
  const { concordant, discordant } = tally
  const least = Math.min(new Set(x).size, new Set(y).size)
  const n = x.length
  return (2 * least * (concordant - discordant)) / (n * n * (least - 1))
}

/** Share of human-decided pairs that the score orders the same way; score ties count half. */
export function pairwiseAccuracy(score: readonly number[], human: readonly number[]) {
  const { concordant, discordant, tiesX } = tallyPairs(score, human)
  const decided = concordant + discordant + tiesX
  return { accuracy: decided === 0 ? Number.NaN : (concordant + tiesX / 2) / decided, decided }
}
