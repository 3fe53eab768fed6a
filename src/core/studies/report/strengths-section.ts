/** Strengths from every pair that an answer decides, with intervals from whole images (sections 6.2 to 6.5). */
import type { PairRow, StrengthRow } from '../../../shared/study-report.ts'
import { percentileInterval } from '../statistics/bootstrap.ts'
import { columnSums, totalsOf, type ImageRow } from '../statistics/column-sums.ts'
import { fitDavidson, pairCells, pairIndex } from '../statistics/davidson-fast.ts'
import { forFewUnits } from '../statistics/distributions.ts'
import { holm, letterGroups } from '../statistics/many-comparisons.ts'
import type { Later, Resampler } from '../statistics/resampler.ts'
import { signTest } from '../statistics/shares.ts'
import { plackettLuce, worths } from '../statistics/strengths.ts'
import { systemsAt, type Vote } from './votes.ts'

/** Adds every pair of systems that a vote decides to `counts`. */
export function addPairs(vote: Vote, systems: number, counts: Float64Array): void {
  const { relation, assignment } = vote
  if (!relation) return
  const put = (a: number, b: number, result: 1 | 0 | -1) => {
    const at = pairIndex(Math.min(a, b), Math.max(a, b), systems)
    const column = result === 0 ? 2 : (result === 1) === a < b ? 0 : 1
    counts[at + column] = (counts[at + column] as number) + 1
  }
  const k = assignment.order.length
  for (let i = 0; i < k; i++) {
    const here = systemsAt(vote, i)
    // Systems with the same words hold the same place.
    here.forEach((a, x) => here.slice(x + 1).forEach((b) => put(a, b, 0)))
    for (let j = i + 1; j < k; j++) {
      const seen = relation(i, j)
      if (seen !== null) for (const a of here) for (const b of systemsAt(vote, j)) put(a, b, seen)
    }
  }
}

export interface StrengthsSection {
  readonly strengths: readonly StrengthRow[]
  readonly logTie: number | null
  readonly pseudo: boolean
  readonly wins: readonly (readonly number[])[]
  readonly ties: readonly (readonly number[])[]
  readonly pairs: readonly PairRow[]
  readonly cyclicTriples: number
  readonly plackettLuce: readonly { readonly system: number; readonly worth: number }[] | null
}

/** Triples a > b > c > a by majority of decided pairs. */
function cycles(wins: readonly (readonly number[])[]): number {
  const beats = (a: number, b: number) => (wins[a]?.[b] ?? 0) > (wins[b]?.[a] ?? 0)
  const k = wins.length
  let found = 0
  for (let a = 0; a < k; a++)
    for (let b = a + 1; b < k; b++)
      for (let c = b + 1; c < k; c++)
        if (
          (beats(a, b) && beats(b, c) && beats(c, a)) ||
          (beats(b, a) && beats(c, b) && beats(a, c))
        )
          found++
  return found
}

/** Only when every ranking is strict and complete. */
function plackett(votes: readonly Vote[], systems: number): StrengthsSection['plackettLuce'] {
  const orders: number[][] = []
  for (const vote of votes) {
    if (vote.answer.format !== 'ranking') return null
    const order = vote.answer.order.map((bucket) =>
      bucket.flatMap((slot) => [...systemsAt(vote, slot - 1)]),
    )
    if (order.some((bucket) => bucket.length !== 1)) return null
    orders.push(order.flat())
  }
  if (orders.length === 0) return null
  const fit = plackettLuce(orders, systems, 0)
  if (!fit.converged) return null
  return worths(fit.estimates, systems).map((worth, system) => ({ system, worth }))
}

/** Up to this many systems a ranking is one of few hundred kinds; above it, single pairs repeat more. */
const RANKED_AS_ONE = 5

/** Pairs of every vote, as rows that repeat as much as they can. */
function pairRows(images: readonly (readonly Vote[])[], systems: number): ImageRow[] {
  const cells = pairCells(systems)
  const row = new Float64Array(cells)
  if (systems <= RANKED_AS_ONE) {
    const rows = new Map<string, number[]>()
    return images.flatMap((votes, image) =>
      votes.map((vote) => {
        const shown = vote.assignment.order.map((_, slot) => systemsAt(vote, slot).join())
        const key = `${shown.join(' ')} ${JSON.stringify(vote.answer)}`
        const known = rows.get(key)
        if (known) return { image, row: known }
        row.fill(0)
        addPairs(vote, systems, row)
        rows.set(key, Array.from(row))
        return { image, row: rows.get(key) as number[] }
      }),
    )
  }
  return images.flatMap((votes, image) => {
    row.fill(0)
    for (const vote of votes) addPairs(vote, systems, row)
    return Array.from({ length: cells / 3 }, (_, pair) => {
      const columns = [3 * pair, 3 * pair + 1, 3 * pair + 2]
      return { image, columns, row: columns.map((at) => row[at] as number) }
    })
  })
}

/** Images on which more answers put the one above than below: [of a, of b] for every pair a < b. */
function decidedImages(images: readonly (readonly Vote[])[], systems: number): Uint32Array {
  const row = new Float64Array(pairCells(systems))
  const decided = new Uint32Array((2 * row.length) / 3)
  for (const votes of images) {
    row.fill(0)
    for (const vote of votes) addPairs(vote, systems, row)
    for (let pair = 0; pair < row.length / 3; pair++) {
      const net = (row[3 * pair] as number) - (row[3 * pair + 1] as number)
      const at = 2 * pair + Number(net < 0)
      if (net !== 0) decided[at] = (decided[at] as number) + 1
    }
  }
  return decided
}

export function strengthsSection(
  images: readonly (readonly Vote[])[],
  systems: number,
  resampler: Resampler,
): Later<StrengthsSection> {
  const cells = pairCells(systems)
  const counted = columnSums(pairRows(images, systems))
  const total = totalsOf(counted, images.length, cells)
  const main = fitDavidson(total, systems)
  const { resamples } = resampler
  const boot = Array.from({ length: systems }, () => new Float64Array(resamples))
  const nets = Array.from({ length: cells / 3 }, () => new Float64Array(resamples))
  const sums = new Float64Array(cells)
  resampler.draw(images.length, (counts, b) => {
    counted(counts, sums)
    const { estimates } = fitDavidson(sums, systems, main.estimates)
    for (let s = 0; s < systems; s++) (boot[s] as Float64Array)[b] = estimates[s] as number
    for (let p = 0; p < nets.length; p++) {
      const [w, l, t] = [
        sums[3 * p] as number,
        sums[3 * p + 1] as number,
        sums[3 * p + 2] as number,
      ]
      ;(nets[p] as Float64Array)[b] = (w - l) / (w + l + t)
    }
  })
  const decided = decidedImages(images, systems)
  const drawn = { images: images.length, total, decided, main, boot, nets }
  return () => told(images.flat(), systems, drawn)
}

interface Drawn {
  readonly images: number
  readonly total: Float64Array
  readonly decided: Uint32Array
  readonly main: ReturnType<typeof fitDavidson>
  /** Log-worth of each system under every draw. */
  readonly boot: readonly Float64Array[]
  readonly nets: readonly Float64Array[]
}

function told(
  votes: readonly Vote[],
  systems: number,
  { images, total, decided, main, boot, nets }: Drawn,
): StrengthsSection {
  const resamples = boot[0]?.length ?? 0
  const square = () => Array.from({ length: systems }, () => new Array<number>(systems).fill(0))
  const [wins, ties] = [square(), square()]
  const raw: Omit<PairRow, 'holm'>[] = []
  for (let a = 0; a < systems; a++)
    for (let b = a + 1; b < systems; b++) {
      const at = pairIndex(a, b, systems)
      const [w, l, t] = [total[at] as number, total[at + 1] as number, total[at + 2] as number]
      ;(wins[a] as number[])[b] = w
      ;(wins[b] as number[])[a] = l
      ;(ties[a] as number[])[b] = t
      ;(ties[b] as number[])[a] = t
      let [below, above] = [0, 0]
      for (let r = 0; r < resamples; r++) {
        const d =
          ((boot[a] as Float64Array)[r] as number) - ((boot[b] as Float64Array)[r] as number)
        if (d <= 0) below++
        if (d >= 0) above++
      }
      const net = {
        value: (w - l) / (w + l + t),
        ...percentileInterval(nets[at / 3] as Float64Array),
      }
      const drawn = Math.min(1, (2 * (Math.min(below, above) + 1)) / (resamples + 1))
      const p = forFewUnits(drawn, images)
      const first = (2 * at) / 3
      const signP = signTest(decided[first] as number, decided[first + 1] as number)
      raw.push({ a, b, wins: w, ties: t, losses: l, net, signP, p })
    }
  const adjusted = holm(raw.map(({ p }) => p))
  const pairs = raw.map((row, i): PairRow => ({ ...row, holm: adjusted[i] ?? 1 }))
  const value = (s: number) => main.estimates[s] as number
  const order = Array.from({ length: systems }, (_, s) => s).sort((a, b) => value(b) - value(a))
  const separated = (a: number, b: number) =>
    pairs.some(
      (row) => row.holm < 0.05 && ((row.a === a && row.b === b) || (row.a === b && row.b === a)),
    )
  const letters = letterGroups(order, separated)
  const worth = worths(main.estimates, systems)
  return {
    strengths: order.map((system) => ({
      system,
      logWorth: { value: value(system), ...percentileInterval(boot[system] as Float64Array) },
      worth: worth[system] ?? Number.NaN,
      letters: letters.get(system) ?? '',
    })),
    logTie: Number.isNaN(main.estimates[systems]) ? null : (main.estimates[systems] as number),
    pseudo: main.ghost,
    wins,
    ties,
    pairs,
    cyclicTriples: cycles(wins),
    plackettLuce: plackett(votes, systems),
  }
}
