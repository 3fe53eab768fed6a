/** How far the raters agree, with intervals from whole images (sections 6.6 to 6.9). */
import type { AgreementReport, CriterionReport } from '../../../shared/study-report.ts'
import {
  cohenKappa,
  kendallW,
  krippendorffAlpha,
  type AlphaLevel,
} from '../statistics/agreement.ts'
import { columnSums, totalsOf } from '../statistics/column-sums.ts'
import { estimateLater, type Later, type Resampler } from '../statistics/resampler.ts'
import { clustering } from './clustering.ts'
import { placesByCard, systemsAt, type Vote } from './votes.ts'

/** Category of a first choice that is a tie. */
const TIE = 0

/**
 * Category of a first choice: the systems of its card, one bit each. Cards are numbered anew on every image, so
 * only systems tell how often a choice is to be expected.
 */
export function firstCategory(vote: Vote): number | null {
  if (!vote.first) return null
  const [slot, ...more] = vote.first
  if (slot === undefined || more.length > 0) return TIE
  return systemsAt(vote, slot).reduce((bits, system) => bits | (1 << system), 0)
}

/** Fleiss over images with the commonest number of raters (two or more). */
function fleiss(categories: readonly (readonly number[])[], resampler: Resampler) {
  const sizes = new Map<number, number>()
  for (const { length } of categories) sizes.set(length, (sizes.get(length) ?? 0) + 1)
  const m = [...sizes]
    .filter(([size]) => size > 1)
    .sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0]
  if (m === undefined) return () => null
  const units = categories.filter(({ length }) => length === m)
  const seen = [...new Set(units.flat())].sort((a, b) => a - b)
  const k = seen.length
  // Raters per category, then agreeing pairs, then 1.
  const sums = columnSums(
    units.map((unit, image) => {
      const row = seen.map((c) => unit.filter((one) => one === c).length)
      return { image, row: [...row, row.reduce((s, x) => s + x * x, 0) - m, 1] }
    }),
  )
  const kappa = (held: Float64Array): number => {
    const n = held[k + 1] as number
    let expected = 0
    for (let c = 0; c < k; c++) expected += ((held[c] as number) / (n * m)) ** 2
    const observed = (held[k] as number) / (m * (m - 1)) / n
    return expected === 1 ? Number.NaN : (observed - expected) / (1 - expected)
  }
  const held = new Float64Array(k + 2)
  return estimateLater(resampler, units.length, {
    value: kappa(totalsOf(sums, units.length, k + 2)),
    measure(counts) {
      sums(counts, held)
      return kappa(held)
    },
  })
}

interface Unit {
  readonly image: number
  readonly values: readonly number[]
}

/** Alpha from coincidences summed over drawn images; equal to `krippendorffAlpha` when each is drawn once. */
function alpha(
  units: readonly Unit[],
  about: { readonly images: number; readonly level: AlphaLevel },
  resampler: Resampler,
) {
  const { images, level } = about
  const used = units.filter(({ values }) => values.length > 1)
  const values = [...new Set(used.flatMap((unit) => unit.values))].sort((a, b) => a - b)
  if (values.length < 2) return () => null
  const k = values.length
  const index = new Map(values.map((value, i) => [value, i]))
  // Above the diagonal the coincidences, on it how often the value stands in units with another.
  const sums = columnSums(
    used.map((unit) => {
      const row = new Array<number>(k * k).fill(0)
      const at = unit.values.map((value) => index.get(value) as number)
      at.forEach((a, i) => {
        row[a * k + a] = (row[a * k + a] as number) + 1
        at.forEach((b, j) => {
          if (i !== j && a < b) row[a * k + b] = (row[a * k + b] as number) + 1 / (at.length - 1)
        })
      })
      return { image: unit.image, row }
    }),
  )
  const measure = (held: Float64Array): number => {
    let [n, observed, expected] = [0, 0, 0]
    for (let c = 0; c < k; c++) n += held[c * k + c] as number
    for (let c = 0; c < k; c++) {
      const start = held[c * k + c] as number
      let between = start / 2
      for (let d = c + 1; d < k; d++) {
        const end = held[d * k + d] as number
        between += end / 2
        const gap =
          level === 'nominal'
            ? 1
            : level === 'ordinal'
              ? between
              : (values[d] as number) - (values[c] as number)
        observed += (held[c * k + d] as number) * gap * gap
        expected += start * end * gap * gap
        between += end / 2
      }
    }
    return expected === 0 ? Number.NaN : 1 - ((n - 1) * observed) / expected
  }
  const held = new Float64Array(k * k)
  return estimateLater(resampler, images, {
    value: measure(totalsOf(sums, images, k * k)),
    measure(counts) {
      sums(counts, held)
      return measure(held)
    },
  })
}

/** Places 1 to 8 in halves: a shared place is a mean one. */
const HALVES = 15
const halfOf = (place: number): number => 2 * place - 2

/** Linear-weighted kappa of the place of every card on both showings; null when nothing varies. */
export function repeatKappa(repeats: readonly (readonly [Vote, Vote])[]): number | null {
  const table = Array.from({ length: HALVES }, () => new Array<number>(HALVES).fill(0))
  let n = 0
  for (const [before, again] of repeats) {
    const [a, b] = [placesByCard(before), placesByCard(again)]
    if (!a || !b) continue
    a.forEach((place, card) => {
      const row = table[halfOf(place)]
      const column = halfOf(b[card] ?? 1)
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
  if (vote.answer.format === 'pair') {
    const earlier = (slot: number) => Math.min(...systemsAt(vote, slot))
    return [earlier(0) < earlier(1) ? vote.answer.value : -vote.answer.value]
  }
  return placesByCard(vote)
}

export function agreementSection(
  images: readonly (readonly Vote[])[],
  about: {
    readonly systems: number
    readonly repeats: readonly (readonly [Vote, Vote])[]
    readonly resampler: Resampler
  },
): Later<AgreementReport> {
  const { systems, repeats, resampler } = about
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
  const concordance = columnSums(
    images.map((list, image) => {
      const ranks = list.map(placesByCard).filter((row): row is readonly number[] => row !== null)
      const { w } = ranks.length > 1 ? kendallW(ranks) : { w: Number.NaN }
      return { image, row: Number.isFinite(w) ? [w, 1] : [0, 0] }
    }),
  )
  const held = new Float64Array(2)
  const meanW = (sums: Float64Array): number =>
    sums[1] === 0 ? Number.NaN : (sums[0] as number) / (sums[1] as number)
  const later = {
    fleiss: fleiss(categories, resampler),
    first: alpha(firsts, { images: images.length, level: 'nominal' }, resampler),
    places: alpha(placed, { images: images.length, level }, resampler),
    clustering: clustering(images, systems, resampler),
    kendallW: estimateLater(resampler, images.length, {
      value: meanW(totalsOf(concordance, images.length, 2)),
      measure(counts) {
        concordance(counts, held)
        return meanW(held)
      },
    }),
  }
  return () => ({
    images: categories.filter(({ length }) => length > 1).length,
    allEqual,
    majority,
    none,
    fleiss: later.fleiss(),
    alphaFirst: later.first(),
    alphaPlaces: later.places(),
    alphaLevel: level,
    kendallW: later.kendallW(),
    repeats: { n: repeats.length, kappa: repeatKappa(repeats) },
    clustering: later.clustering(),
  })
}

/** What raters said of each card of one image about one statement: 1 for yes, 0 for no; who could not tell is left out. */
export function saidOfCards(votes: readonly Vote[], label: number): readonly (readonly number[])[] {
  const cards = new Map<number, number[]>()
  for (const { answer, assignment } of votes)
    if (answer.format === 'flags')
      assignment.order.forEach((card, slot) => {
        const said = answer.values[slot]?.[label]
        if (typeof said === 'boolean') cards.set(card, [...(cards.get(card) ?? []), Number(said)])
      })
  return [...cards.values()]
}

/** Of yes and no, statement by statement: each is a question of its own. Null where none was asked. */
export function yesAgreement(
  images: readonly (readonly Vote[])[],
  labels: readonly string[],
  resampler: Resampler,
): Later<CriterionReport['yesAgreement']> {
  if (images[0]?.[0]?.answer.format !== 'flags') return () => null
  const later = labels.map((label, at) => {
    const units = images.flatMap((list, image) =>
      saidOfCards(list, at).map((values): Unit => ({ image, values })),
    )
    const captions = units.filter(({ values }) => values.length > 1).length
    const tell = alpha(units, { images: images.length, level: 'nominal' }, resampler)
    return () => ({ label, captions, alpha: tell() })
  })
  return () => later.map((tell) => tell())
}

/** For tests: the same alpha by the plain form. */
export const plainAlpha = (units: readonly (readonly number[])[], level: AlphaLevel): number => {
  const raters = Math.max(0, ...units.map(({ length }) => length))
  return krippendorffAlpha(
    Array.from({ length: raters }, (_, r) => units.map((unit) => unit[r] ?? null)),
    level,
  ).alpha
}
