/** How far the raters agree, with intervals from whole images (sections 6.6 to 6.9). */
import type { AgreementReport, Estimate } from '../../../shared/study-report.ts'
import {
  cohenKappa,
  kendallW,
  krippendorffAlpha,
  type AlphaLevel,
} from '../statistics/agreement.ts'
import {
  percentileInterval,
  resampleImages,
  type BootstrapOptions,
} from '../statistics/bootstrap.ts'
import { placesByCard, type Vote } from './votes.ts'

/** Category of a first choice: the card, or one more for a tie. */
export function firstCategory({ first, assignment }: Vote): number | null {
  if (!first) return null
  return first.length === 1 ? (assignment.order[first[0] ?? 0] ?? 0) : 99
}

function bootstrap(
  units: number,
  options: BootstrapOptions,
  measure: (counts: Uint32Array) => number,
  value: number,
): Estimate | null {
  if (units === 0 || Number.isNaN(value)) return null
  const values = new Float64Array(options.resamples)
  resampleImages(units, options, (counts, b) => (values[b] = measure(counts)))
  return { value, ...percentileInterval(values) }
}

/** Fleiss over images with the commonest number of raters (two or more). */
function fleiss(categories: readonly (readonly number[])[], options: BootstrapOptions) {
  const sizes = new Map<number, number>()
  for (const { length } of categories) sizes.set(length, (sizes.get(length) ?? 0) + 1)
  const m = [...sizes]
    .filter(([size]) => size > 1)
    .sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0]
  if (m === undefined) return null
  const units = categories.filter(({ length }) => length === m)
  const seen = [...new Set(units.flat())].sort((a, b) => a - b)
  const table = units.map((unit) => seen.map((c) => unit.filter((one) => one === c).length))
  const p = table.map((row) => (row.reduce((s, x) => s + x * x, 0) - m) / (m * (m - 1)))
  const measure = (counts: ArrayLike<number>): number => {
    const columns = new Float64Array(seen.length)
    let [observed, n] = [0, 0]
    for (let i = 0; i < table.length; i++) {
      const times = counts[i] as number
      if (times === 0) continue
      n += times
      observed += times * (p[i] as number)
      const row = table[i] as number[]
      for (let c = 0; c < columns.length; c++)
        columns[c] = (columns[c] as number) + times * (row[c] as number)
    }
    const expected = columns.reduce((s, x) => s + (x / (n * m)) ** 2, 0)
    return expected === 1 ? Number.NaN : (observed / n - expected) / (1 - expected)
  }
  return bootstrap(table.length, options, measure, measure(table.map(() => 1)))
}

interface Unit {
  readonly image: number
  readonly values: readonly number[]
}

/** Alpha from coincidences summed over drawn images; equal to `krippendorffAlpha` when each is drawn once. */
function alpha(
  units: readonly Unit[],
  images: number,
  level: AlphaLevel,
  options: BootstrapOptions,
) {
  const used = units.filter(({ values }) => values.length > 1)
  const values = [...new Set(used.flatMap((unit) => unit.values))].sort((a, b) => a - b)
  if (values.length < 2) return null
  const k = values.length
  const index = new Map(values.map((value, i) => [value, i]))
  const flat = new Float64Array(images * k * k)
  for (const unit of used)
    unit.values.forEach((a, i) =>
      unit.values.forEach((b, j) => {
        if (i === j) return
        const at = unit.image * k * k + (index.get(a) as number) * k + (index.get(b) as number)
        flat[at] = (flat[at] as number) + 1 / (unit.values.length - 1)
      }),
    )
  const sums = new Float64Array(k * k)
  const totals = new Float64Array(k)
  const measure = (counts: ArrayLike<number>): number => {
    sums.fill(0)
    for (let i = 0; i < images; i++) {
      const times = counts[i] as number
      if (times === 0) continue
      for (let c = 0; c < k * k; c++)
        sums[c] = (sums[c] as number) + times * (flat[i * k * k + c] as number)
    }
    totals.fill(0)
    for (let c = 0; c < k * k; c++) {
      const row = Math.floor(c / k)
      totals[row] = (totals[row] as number) + (sums[c] as number)
    }
    let [n, observed, expected] = [0, 0, 0]
    for (let c = 0; c < k; c++) n += totals[c] as number
    for (let c = 0; c < k; c++) {
      let between = (totals[c] as number) / 2
      for (let d = c + 1; d < k; d++) {
        const end = totals[d] as number
        between += end / 2
        const gap =
          level === 'nominal'
            ? 1
            : level === 'ordinal'
              ? between
              : (values[d] as number) - (values[c] as number)
        observed += (sums[c * k + d] as number) * gap * gap
        expected += (totals[c] as number) * end * gap * gap
        between += end / 2
      }
    }
    return expected === 0 ? Number.NaN : 1 - ((n - 1) * observed) / expected
  }
  return bootstrap(images, options, measure, measure(new Array<number>(images).fill(1)))
}

/** Linear-weighted kappa of the place of every card on both showings; null when nothing varies. */
export function repeatKappa(repeats: readonly (readonly [Vote, Vote])[]): number | null {
  const table = Array.from({ length: 8 }, () => new Array<number>(8).fill(0))
  let n = 0
  for (const [before, again] of repeats) {
    const [a, b] = [placesByCard(before), placesByCard(again)]
    if (!a || !b) continue
    a.forEach((place, card) => {
      const row = table[Math.round(place) - 1]
      const column = Math.round(b[card] ?? 1) - 1
      if (row) row[column] = (row[column] ?? 0) + 1
      n++
    })
  }
  const kappa = n === 0 ? Number.NaN : cohenKappa(table, 'linear')
  return Number.isFinite(kappa) ? kappa : null
}

const scale = (vote: Vote): readonly number[] | null => {
  if (vote.answer.format === 'rubric') {
    const out: number[] = []
    const { values } = vote.answer
    vote.assignment.order.forEach((card, slot) => (out[card] = values[slot] ?? 0))
    return out
  }
  if (vote.answer.format === 'pair')
    return [vote.assignment.order[0] === 0 ? vote.answer.value : -vote.answer.value]
  return placesByCard(vote)
}

export function agreementSection(
  images: readonly (readonly Vote[])[],
  repeats: readonly (readonly [Vote, Vote])[],
  options: BootstrapOptions,
): AgreementReport {
  const categories = images.map((list) =>
    list.map(firstCategory).filter((one): one is number => one !== null),
  )
  let [allEqual, majority, none] = [0, 0, 0]
  for (const unit of categories.filter(({ length }) => length > 1)) {
    const most = Math.max(...unit.map((one) => unit.filter((other) => other === one).length))
    if (most === unit.length) allEqual++
    else if (most > unit.length / 2) majority++
    else none++
  }
  const firsts = categories.map((values, image): Unit => ({ image, values }))
  const level = images
    .flat()
    .some(({ answer }) => answer.format === 'pair' || answer.format === 'rubric')
    ? 'interval'
    : 'ordinal'
  const placed = images.flatMap((list, image): Unit[] => {
    const rows = list.map(scale).filter((row): row is readonly number[] => row !== null)
    const cards = Math.max(0, ...rows.map((row) => row.length))
    return Array.from({ length: cards }, (_, card) => ({
      image,
      values: rows.map((row) => row[card]).filter((one): one is number => one !== undefined),
    }))
  })
  const concordance = images.map((list) => {
    const ranks = list.map(placesByCard).filter((row): row is readonly number[] => row !== null)
    const { w } = ranks.length > 1 ? kendallW(ranks) : { w: Number.NaN }
    return Number.isFinite(w) ? w : Number.NaN
  })
  const meanW = (counts: ArrayLike<number>): number => {
    let [sum, n] = [0, 0]
    for (let i = 0; i < concordance.length; i++) {
      const w = concordance[i] as number
      if (Number.isNaN(w)) continue
      sum += (counts[i] as number) * w
      n += counts[i] as number
    }
    return n === 0 ? Number.NaN : sum / n
  }
  return {
    images: categories.filter(({ length }) => length > 1).length,
    allEqual,
    majority,
    none,
    fleiss: fleiss(categories, options),
    alphaFirst: alpha(firsts, images.length, 'nominal', options),
    alphaPlaces: alpha(placed, images.length, level, options),
    alphaLevel: level,
    kendallW: bootstrap(images.length, options, meanW, meanW(concordance.map(() => 1))),
    repeats: { n: repeats.length, kappa: repeatKappa(repeats) },
  }
}

/** For tests: the same alpha by the plain form. */
export const plainAlpha = (units: readonly (readonly number[])[], level: AlphaLevel): number => {
  const raters = Math.max(0, ...units.map(({ length }) => length))
  return krippendorffAlpha(
    Array.from({ length: raters }, (_, r) => units.map((unit) => unit[r] ?? null)),
    level,
  ).alpha
}
