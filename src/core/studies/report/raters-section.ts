/** How well each rater judged, by rules fixed before unblinding (section 6.14). Flags are advice. */
import type { RaterReport } from '../../../shared/study-report.ts'
import type { ExclusionRules } from '../../../shared/study-types.ts'
import { kendallTauB } from '../statistics/rank-correlation.ts'
import { wilson } from '../statistics/shares.ts'
import { repeatKappa } from './agreement-section.ts'
import { median } from './effects-section.ts'
import { placesByCard, wordsOf, type CriterionVotes, type Vote } from './votes.ts'

/** Passed, failed, or null when this answer cannot tell. */
export function passesGold(vote: Vote): boolean | null {
  const { item, assignment, relation, first } = vote
  const [a, b] = (item.expected ?? []).map((card) => assignment.order.indexOf(card))
  if (!relation || !first || a === undefined) return null
  if (item.kind === 'wrong-image') return !first.includes(a)
  if (b === undefined) return null
  const seen = relation(a, b)
  if (item.kind === 'planted-error') return seen === null ? null : seen === 1
  if (seen === null || seen === 0) return seen === null ? null : true
  const places = vote.places
  return places ? Math.abs((places[a] ?? 0) - (places[b] ?? 0)) <= 1 : null
}

const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((a, b) => a + b, 0) / values.length

const tau = (x: readonly number[] | null, y: readonly number[] | null): number[] => {
  if (!x || !y) return []
  const value = kendallTauB(x, y)
  return Number.isFinite(value) ? [value] : []
}

/** Against the mean places of everybody else on the same item. */
function consensus(own: readonly Vote[], others: ReadonlyMap<string, readonly Vote[]>): number[] {
  return own.flatMap((vote) => {
    const rest = (others.get(vote.item.id) ?? [])
      .filter(({ rater }) => rater !== vote.rater)
      .map(placesByCard)
      .filter((row): row is readonly number[] => row !== null)
    if (rest.length === 0) return []
    const places = placesByCard(vote)
    return tau(
      places,
      places?.map((_, card) => mean(rest.map((row) => row[card] ?? 0)) ?? 0) ?? null,
    )
  })
}

function longestRun(slots: readonly number[]): number {
  let [longest, run] = [0, 0]
  slots.forEach((slot, i) => {
    run = i > 0 && slots[i - 1] === slot ? run + 1 : 1
    longest = Math.max(longest, run)
  })
  return longest
}

function entropy(slots: readonly number[]): number {
  const counts = new Map<number, number>()
  for (const slot of slots) counts.set(slot, (counts.get(slot) ?? 0) + 1)
  return [...counts.values()].reduce((sum, n) => {
    const p = n / slots.length
    return sum - p * Math.log2(p)
  }, 0)
}

const wordsShown = ({ item }: Vote) => item.cards.reduce((sum, card) => sum + wordsOf(card), 0)

/** Words a second: two and a half times the 238 a minute of silent readers (Brysbaert 2019), judging left out. */
const FASTEST_WORDS = 10

/** Under a quarter of the rater's own median, and faster than ten words a second. */
function tooFast(votes: readonly Vote[]): number {
  const timed = votes.filter(({ timing }) => timing)
  if (timed.length === 0) return 0
  const usual = median(timed.map(({ timing }) => timing?.activeMs ?? 0))
  const fast = timed.filter((vote) => {
    const ms = vote.timing?.activeMs ?? 0
    return ms < usual / 4 && ms < (wordsShown(vote) / FASTEST_WORDS) * 1000
  })
  return fast.length / timed.length
}

/** Told of a rater who is hasty throughout, whom a rule by the rater's own median cannot see. Excludes nobody. */
export const FASTER_THAN_READING = 'answers faster than one can read'

/**
 * Items that were answered, all questions together, in less time than their captions can be read in. Only items whose
 * every question has a timed answer that was never taken back: who answers again has read before.
 */
function fasterThanReading(all: readonly CriterionVotes[], rater: number): RaterReport['hasty'] {
  const byItem = new Map<string, Vote[]>()
  for (const vote of all.flatMap(({ main }) => main))
    if (vote.rater === rater)
      byItem.set(vote.assignment.id, [...(byItem.get(vote.assignment.id) ?? []), vote])
  const timed = [...byItem.values()].filter(
    (votes) =>
      votes.length === all.length && votes.every(({ timing, changes }) => timing && changes === 0),
  )
  const fast = timed.filter((votes) => {
    const ms = votes.reduce((sum, { timing }) => sum + (timing?.activeMs ?? 0), 0)
    const words = votes[0] ? wordsShown(votes[0]) : 0
    return ms < (words / FASTEST_WORDS) * 1000
  })
  return { items: fast.length, n: timed.length }
}

export function ratersSection(
  all: readonly CriterionVotes[],
  raters: readonly number[],
  rules: ExclusionRules,
): readonly RaterReport[] {
  const byItem = all.map(({ main }) => {
    const map = new Map<string, Vote[]>()
    for (const vote of main) map.set(vote.item.id, [...(map.get(vote.item.id) ?? []), vote])
    return map
  })
  return raters.map((rater): RaterReport => {
    const of = (votes: readonly Vote[]) => votes.filter((vote) => vote.rater === rater)
    const main = all.flatMap((one) => of(one.main))
    const gold = all
      .flatMap((one) => of(one.hidden))
      .map(passesGold)
      .filter((one) => one !== null)
    const repeats = all.flatMap((one) => one.repeats.filter(([before]) => before.rater === rater))
    const taus = repeats.flatMap(([a, b]) => tau(placesByCard(a), placesByCard(b)))
    const agree = all.flatMap((one, i) => consensus(of(one.main), byItem[i] ?? new Map()))
    const passed = gold.filter(Boolean).length
    const sequence = [...main].sort((a, b) => a.assignment.position - b.assignment.position)
    const slots = sequence.flatMap(({ first }) => (first?.length === 1 ? [...first] : []))
    const paces = main.flatMap((vote) =>
      vote.timing && wordsShown(vote) > 0 ? [vote.timing.activeMs / 10 / wordsShown(vote)] : [],
    )
    const pace = median(paces)
    const interval = wilson(passed, gold.length)
    const fast = tooFast(main)
    const tauMean = mean(taus)
    const hasty = fasterThanReading(all, rater)
    const flags: string[] = []
    if (gold.length > 0 && interval.high < rules.goldUpperBelow) flags.push('hidden items failed')
    if (taus.length >= 5 && (tauMean ?? 1) < rules.selfTauBelow) flags.push('disagrees with itself')
    if (fast > rules.tooFastOver) flags.push('too fast')
    if (hasty.n >= 5 && hasty.items / hasty.n > rules.tooFastOver) flags.push(FASTER_THAN_READING)
    const answered = main.length
    const unjudged = all.reduce((sum, one) => sum + (one.cannotJudgeBy.get(rater) ?? 0), 0)
    return {
      rater,
      judgements: answered,
      gold: { passed, n: gold.length, ...interval },
      repeats: { n: repeats.length, tau: tauMean, kappa: repeatKappa(repeats) },
      consensusTau: { n: agree.length, tau: mean(agree) },
      tieShare: main.filter(({ first }) => (first?.length ?? 1) > 1).length / Math.max(1, answered),
      cannotJudgeShare: unjudged / Math.max(1, answered + unjudged),
      secondsPer100Words: Number.isFinite(pace) ? pace : null,
      tooFastShare: fast,
      hasty,
      longestRun: longestRun(slots),
      slotEntropy: slots.length === 0 ? 0 : entropy(slots),
      undoRate: main.reduce((sum, { changes }) => sum + changes, 0) / Math.max(1, answered),
      flags,
    }
  })
}
