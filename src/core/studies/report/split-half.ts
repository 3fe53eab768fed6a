/** Would other raters have said the same? Halves of the raters against each other (section 6.5). */
import type { SplitHalfReport } from '../../../shared/study-report.ts'
import { mulberry32, shuffled } from '../statistics/mulberry32.ts'
import { spearman } from '../statistics/rank-correlation.ts'
import { systemsAt, type Vote } from './votes.ts'

const SPLITS = 100
/** Every caption is sorted twice a split: no further than is quick. */
const MOST_IMAGES = 200

/** Higher = better, by slot: best 1, worst -1; places turned round; first or not. */
function scoresBySlot({ answer, places, first, assignment }: Vote): readonly number[] | null {
  if (answer.format === 'best-worst')
    return assignment.order.map(
      (_, slot) => Number(slot === answer.best - 1) - Number(slot === answer.worst - 1),
    )
  if (places) return places.map((place) => -place)
  if (!first) return null
  return assignment.order.map((_, slot) => (first.includes(slot) ? 1 / first.length : 0))
}

interface Scored {
  readonly rater: number
  readonly thing: number
  readonly score: number
}

/** Rank correlation of the two halves' mean scores of every thing that both halves scored. */
function halves(scored: readonly Scored[], things: number, half: ReadonlySet<number>) {
  const sums = [new Float64Array(things), new Float64Array(things)] as const
  const counts = [new Uint32Array(things), new Uint32Array(things)] as const
  for (const { rater, thing, score } of scored) {
    const [sum, count] = half.has(rater) ? [sums[0], counts[0]] : [sums[1], counts[1]]
    sum[thing] = (sum[thing] as number) + score
    count[thing] = (count[thing] as number) + 1
  }
  const [x, y]: [number[], number[]] = [[], []]
  for (let thing = 0; thing < things; thing++) {
    const [a, b] = [counts[0][thing] as number, counts[1][thing] as number]
    if (a === 0 || b === 0) continue
    x.push((sums[0][thing] as number) / a)
    y.push((sums[1][thing] as number) / b)
  }
  return { n: x.length, r: x.length < 3 ? Number.NaN : spearman(x, y) }
}

const spearmanBrown = (r: number): number => (2 * r) / (1 + r)

/** Mean over random halves, stepped up to all raters by Spearman-Brown. Null with one rater, or without an order. */
export function splitHalf(
  images: readonly (readonly Vote[])[],
  systems: number,
  seed: number,
): SplitHalfReport | null {
  const some = images.slice(0, MOST_IMAGES)
  const raters = [...new Set(some.flat().map(({ rater }) => rater))].sort((a, b) => a - b)
  if (raters.length < 2) return null
  const captions = new Map<string, number>()
  const [byCaption, bySystem]: [Scored[], Scored[]] = [[], []]
  for (const vote of some.flat())
    scoresBySlot(vote)?.forEach((score, slot) => {
      const key = `${vote.item.id} ${vote.assignment.order[slot]}`
      const thing = captions.get(key) ?? captions.size
      captions.set(key, thing)
      byCaption.push({ rater: vote.rater, thing, score })
      for (const system of systemsAt(vote, slot))
        bySystem.push({ rater: vote.rater, thing: system, score })
    })
  if (byCaption.length === 0) return null
  const random = mulberry32(seed ^ 0x5b117)
  const rs: { captions: number[]; systems: number[]; n: number } = {
    captions: [],
    systems: [],
    n: 0,
  }
  for (let split = 0; split < SPLITS; split++) {
    const half = new Set(shuffled(raters, random).slice(0, Math.ceil(raters.length / 2)))
    const one = halves(byCaption, captions.size, half)
    const all = halves(bySystem, systems, half)
    rs.n = Math.max(rs.n, one.n)
    if (Number.isFinite(one.r)) rs.captions.push(one.r)
    if (Number.isFinite(all.r)) rs.systems.push(all.r)
  }
  const mean = (values: readonly number[]): number | null =>
    values.length === 0 ? null : values.reduce((a, b) => a + b, 0) / values.length
  const told = (values: readonly number[]) => {
    const r = mean(values)
    return { r, reliability: r === null || r <= -1 ? null : spearmanBrown(r) }
  }
  return {
    splits: SPLITS,
    captions: { n: rs.n, ...told(rs.captions) },
    systems: { n: systems, ...told(rs.systems) },
  }
}
