/** What should not matter: the slot, the length, the time of day (section 6.11). */
import type { EffectsReport } from '../../../shared/study-report.ts'
import { chiSquareTail } from '../statistics/distributions.ts'
import { fitChoices, type Choice } from '../statistics/choice-model.ts'
import { leftAdvantage, slotEffect } from '../statistics/strengths.ts'
import { systemsAt, wordsOf, type Vote } from './votes.ts'

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null)

/** The commonest number of cards, and the votes that have it. */
function modal(votes: readonly Vote[]): { readonly k: number; readonly votes: readonly Vote[] } {
  const sizes = new Map<number, number>()
  for (const { assignment } of votes)
    sizes.set(assignment.order.length, (sizes.get(assignment.order.length) ?? 0) + 1)
  const k = [...sizes].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 0
  return { k, votes: votes.filter(({ assignment }) => assignment.order.length === k) }
}

function slots(votes: readonly Vote[], systems: number) {
  const { k, votes: used } = modal(votes.filter(({ first }) => first?.length === 1))
  const firsts = new Array<number>(k).fill(0)
  const byOrder = new Map<string, { order: number[]; first: number[] }>()
  for (const vote of used) {
    const slot = vote.first?.[0] ?? 0
    firsts[slot] = (firsts[slot] ?? 0) + 1
    const order = vote.assignment.order.flatMap((_, at) => [...systemsAt(vote, at)])
    if (order.length !== k || k !== systems) continue
    const row = byOrder.get(order.join()) ?? { order, first: new Array<number>(systems).fill(0) }
    byOrder.set(order.join(), row)
    const system = order[slot] ?? 0
    row.first[system] = (row.first[system] ?? 0) + 1
  }
  const mean = used.length / k
  const chi2 = firsts.reduce((sum, n) => sum + (n - mean) ** 2 / mean, 0)
  const data = [...byOrder.values()]
  const model = data.length >= k && k > 1 ? slotEffect(data, systems) : null
  const fitted = model?.full.converged ? model : null
  return {
    slotFirsts: firsts,
    slotChi2: used.length === 0 ? 0 : chi2,
    slotP: used.length === 0 || k < 2 ? 1 : chiSquareTail(chi2, k - 1),
    slotStrengths: fitted ? Array.from(fitted.full.estimates.subarray(systems)) : null,
    slotRatioP: fitted ? chiSquareTail(fitted.likelihoodRatio, fitted.df) : null,
  }
}

function left(votes: readonly Vote[], systems: number): EffectsReport['leftAdvantage'] {
  if (systems !== 2) return null
  const counts = { a: [0, 0, 0], b: [0, 0, 0] }
  for (const vote of votes) {
    const seen = vote.relation?.(0, 1)
    const [first] = systemsAt(vote, 0)
    const [second] = systemsAt(vote, 1)
    if (seen === undefined || seen === null || first === second || second === undefined) continue
    const row = first === 0 ? counts.a : counts.b
    const aWon = (seen === 1) === (first === 0)
    const at = seen === 0 ? 2 : aWon ? 0 : 1
    row[at] = (row[at] ?? 0) + 1
  }
  if ([...counts.a, ...counts.b].some((n) => n === 0)) return null
  const fit = leftAdvantage(counts.a, counts.b)
  return { value: fit.estimates[1] ?? 0, se: fit.standardErrors[1] ?? 0 }
}

/** Bins of the length ratio: as good as exact, and small enough for any number of votes. */
const BINS = 40

/** Bradley-Terry over decided pairs with one term for (words a - words b) / (words a + words b). */
function length(votes: readonly Vote[], systems: number): EffectsReport['length'] {
  // [wins of a, wins of b] of every pair a < b and bin of the ratio.
  const bins = 2 * BINS + 1
  const counts = new Uint32Array(2 * bins * systems * systems)
  for (const vote of votes) {
    const words = vote.assignment.order.map((at) => {
      const card = vote.item.cards[at]
      return card ? wordsOf(card) : 0
    })
    for (let i = 0; i < words.length; i++)
      for (let j = i + 1; j < words.length; j++) {
        const seen = vote.relation?.(i, j) ?? 0
        const [x, y] = [words[i] ?? 0, words[j] ?? 0]
        if (seen === 0 || x + y === 0) continue
        for (const a of systemsAt(vote, i))
          for (const b of systemsAt(vote, j)) {
            const ratio = ((a < b ? 1 : -1) * (x - y)) / (x + y)
            const pair = Math.min(a, b) * systems + Math.max(a, b)
            const winner = (seen === 1) === a < b ? 0 : 1
            const at = 2 * (pair * bins + Math.round(ratio * BINS) + BINS) + winner
            counts[at] = (counts[at] as number) + 1
          }
      }
  }
  const choices: Choice[] = []
  for (let at = 0; at < counts.length; at += 2) {
    const row = [counts[at] as number, counts[at + 1] as number]
    if (row[0] === 0 && row[1] === 0) continue
    const pair = Math.floor(at / 2 / bins)
    const bin = ((at / 2) % bins) - BINS
    const terms = [{ parameter: Math.floor(pair / systems), value: 1 }]
    choices.push({
      options: [
        [...terms, { parameter: systems, value: bin / BINS }],
        [{ parameter: pair % systems, value: 1 }],
      ],
      counts: row,
    })
  }
  if (choices.length < systems + 1) return null
  const fit = fitChoices(choices, { parameters: systems + 1, fixed: [0] })
  if (!fit.converged) return null
  const worths = Array.from(fit.estimates.subarray(0, systems))
  const mean = worths.reduce((a, b) => a + b, 0) / systems
  return {
    gamma: fit.estimates[systems] ?? 0,
    se: fit.standardErrors[systems] ?? 0,
    logWorths: worths.map((one) => one - mean),
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const half = sorted.length / 2
  if (sorted.length === 0) return Number.NaN
  return ((sorted[Math.ceil(half) - 1] ?? 0) + (sorted[Math.floor(half)] ?? 0)) / 2
}

/** First third of every rater's sequence against the last. */
function time(votes: readonly Vote[]): EffectsReport['time'] {
  const last = new Map<number, number>()
  for (const { rater, assignment } of votes)
    last.set(rater, Math.max(last.get(rater) ?? 0, assignment.position))
  const third = (from: number) => {
    const part = votes.filter(({ rater, assignment }) => {
      const share = assignment.position / ((last.get(rater) ?? 0) + 1)
      return share >= from && share < from + 1 / 3
    })
    const seconds = part.flatMap(({ timing }) => (timing ? [timing.activeMs / 1000] : []))
    const ties = part.filter(({ first }) => (first?.length ?? 1) > 1).length
    return {
      medianSeconds: finite(median(seconds)) ?? 0,
      tieShare: ties / Math.max(1, part.length),
    }
  }
  return votes.some(({ timing }) => timing)
    ? { firstThird: third(0), lastThird: third(2 / 3) }
    : null
}

export const effectsSection = (votes: readonly Vote[], systems: number): EffectsReport => ({
  ...slots(votes, systems),
  leftAdvantage: left(votes, systems),
  length: length(votes, systems),
  time: time(votes),
})
