/** Strengths of systems from pairs, rankings, best-worst answers and first choices (sections 6.2 to 6.5, 6.11). */
import { fitChoices, type Choice, type Fit, type Option } from './choice-model.ts'
import { hasMaximum, pairCells, pairIndex } from './davidson-fast.ts'

/** `wins[a][b]` = how often a beat b; `ties[a][b]` (symmetric) = how often they tied. */
export interface PairCounts {
  readonly wins: readonly (readonly number[])[]
  readonly ties?: readonly (readonly number[])[] | undefined
}

const at = (table: readonly (readonly number[])[] | undefined, a: number, b: number): number =>
  table?.[a]?.[b] ?? 0
const one = (parameter: number, value = 1): Option => [{ parameter, value }]

function pairChoices(counts: PairCounts, option: (a: number, b: number) => Choice): Choice[] {
  const k = counts.wins.length
  const choices: Choice[] = []
  for (let a = 0; a < k; a++) for (let b = a + 1; b < k; b++) choices.push(option(a, b))
  return choices
}

/** True when every system beats and loses along some path: then the maximum exists (Ford 1957). */
function isConnected(wins: PairCounts['wins']): boolean {
  const k = wins.length
  const reaches = (forward: boolean) => {
    const seen = new Set([0])
    const queue = [0]
    for (let a = queue.pop(); a !== undefined; a = queue.pop())
      for (let b = 0; b < k; b++) {
        const edge = forward ? at(wins, a, b) : at(wins, b, a)
        if (edge > 0 && !seen.has(b)) {
          seen.add(b)
          queue.push(b)
        }
      }
    return seen.size === k
  }
  return reaches(true) && reaches(false)
}

/** Half a win and half a loss against a ghost of strength 1 for every system (PlackettLuce's npseudo). */
const ghost = (k: number): Choice[] =>
  Array.from({ length: k }, (_, a) => ({ options: [one(a), []], counts: [0.5, 0.5] }))

export interface StrengthFit extends Fit {
  /** The ghost was needed because some system never lost or never won. */
  readonly ghost: boolean
}

/** Bradley-Terry: log-worths with `reference` at 0. Ties, if any, are ignored here. */
export function bradleyTerry(counts: PairCounts, reference: number): StrengthFit {
  const k = counts.wins.length
  const choices = pairChoices(counts, (a, b) => ({
    options: [one(a), one(b)],
    counts: [at(counts.wins, a, b), at(counts.wins, b, a)],
  }))
  if (isConnected(counts.wins))
    return { ...fitChoices(choices, { parameters: k, fixed: [reference] }), ghost: false }
  return rereference(fitChoices([...choices, ...ghost(k)], { parameters: k, fixed: [] }), reference)
}

function rereference(fit: Fit, reference: number, systems = fit.estimates.length): StrengthFit {
  const zero = fit.estimates[reference] as number
  return {
    ...fit,
    estimates: fit.estimates.map((value, i) => (i < systems ? value - zero : value)),
    ghost: true,
  }
}

/**
 * Davidson (1970) with ties: P(a) : P(b) : P(tie) = pa : pb : nu sqrt(pa pb).
 * Parameters 0..k-1 are log-worths (`reference` at 0), parameter k is log nu. Without a single tie, nu is not
 * estimable and the fit is Bradley-Terry with log nu = -Infinity.
 */
export function davidson(counts: PairCounts, reference: number, start?: Float64Array): StrengthFit {
  const k = counts.wins.length
  let ties = 0
  const cells = new Float64Array(pairCells(k))
  const choices = pairChoices(counts, (a, b) => {
    const results = [at(counts.wins, a, b), at(counts.wins, b, a), at(counts.ties, a, b)]
    ties += at(counts.ties, a, b)
    cells.set(results, pairIndex(a, b, k))
    return {
      options: [
        one(a),
        one(b),
        [
          { parameter: a, value: 0.5 },
          { parameter: b, value: 0.5 },
          { parameter: k, value: 1 },
        ],
      ],
      counts: results,
    }
  })
  if (ties === 0) {
    const fit = bradleyTerry(counts, reference)
    return { ...fit, estimates: Float64Array.from([...fit.estimates, Number.NEGATIVE_INFINITY]) }
  }
  const parameters = k + 1
  if (hasMaximum(cells, k, ties))
    return {
      ...fitChoices(choices, { parameters, fixed: [reference], ...(start && { start }) }),
      ghost: false,
    }
  const fit = fitChoices([...choices, ...ghost(k)], { parameters, fixed: [] })
  return rereference(fit, reference, k)
}

/** Worths that sum to 1 from the first `k` log-worths. */
export function worths(estimates: Float64Array, k: number): number[] {
  const weights = Array.from(estimates.subarray(0, k), Math.exp)
  const sum = weights.reduce((a, b) => a + b, 0)
  return weights.map((weight) => weight / sum)
}

/** Elo-like scale: 400 / ln 10 per log-worth. */
export const eloScale = (logWorth: number): number => (400 / Math.LN10) * logWorth

/**
 * Davidson-Beaver (1977) order effect of one pair. `aLeft` counts [A wins, B wins, ties] when A was left.
 * Parameters: 0 log-strength of A over B, 1 log left advantage, 2 log tie.
 */
export function leftAdvantage(aLeft: readonly number[], bLeft: readonly number[]): Fit {
  const options = (sign: number): Option[] => [
    [
      { parameter: 0, value: 0.5 },
      { parameter: 1, value: sign / 2 },
    ],
    [
      { parameter: 0, value: -0.5 },
      { parameter: 1, value: -sign / 2 },
    ],
    one(2),
  ]
  return fitChoices(
    [
      { options: options(1), counts: aLeft },
      { options: options(-1), counts: bLeft },
    ],
    { parameters: 3, fixed: [] },
  )
}

/** Plackett-Luce: `orders` list systems best first; incomplete rankings are fine. Last of a ranking is no choice. */
export function plackettLuce(
  orders: readonly (readonly number[])[],
  systems: number,
  reference: number,
): Fit {
  const choices = orders.flatMap((order) =>
    order.slice(0, -1).map((_, stage) => {
      const left = order.slice(stage)
      return {
        options: left.map((system) => one(system)),
        counts: left.map((_system, i) => (i === 0 ? 1 : 0)),
      }
    }),
  )
  return fitChoices(choices, { parameters: systems, fixed: [reference] })
}

export interface BestWorst {
  readonly shown: readonly number[]
  readonly best: number
  readonly worst: number
}

/** An answer over cards: systems that wrote the same were one card, and are best or worst together. */
export interface ChosenCards {
  /** Systems of every card. */
  readonly cards: readonly (readonly number[])[]
  /** Indices into `cards`. */
  readonly best: number
  readonly worst: number
}

/** (times best - times worst) / times shown, one a system; not-a-number when never shown. */
export function bestWorstScores(answers: readonly ChosenCards[], systems: number): number[] {
  return Array.from({ length: systems }, (_, system) => {
    let [net, shown] = [0, 0]
    for (const { cards, best, worst } of answers) {
      const card = cards.findIndex((one) => one.includes(system))
      if (card < 0) continue
      shown++
      net += Number(card === best) - Number(card === worst)
    }
    return net / shown
  })
}

/** Every (best, worst) that there can be among the shown. */
export const bestWorstOptions = (shown: readonly number[]): (readonly [number, number])[] =>
  shown.flatMap((a) => shown.filter((b) => b !== a).map((b) => [a, b] as const))

/** MaxDiff logit: P(best = a, worst = b) ∝ exp(u_a - u_b) over ordered pairs of the shown. */
export function maxDiff(answers: readonly BestWorst[], systems: number, reference: number): Fit {
  const choices = answers.map(({ shown, best, worst }) => {
    const pairs = bestWorstOptions(shown)
    return {
      options: pairs.map(([a, b]) => [
        { parameter: a, value: 1 },
        { parameter: b, value: -1 },
      ]),
      counts: pairs.map(([a, b]) => (a === best && b === worst ? 1 : 0)),
    }
  })
  return fitChoices(choices, { parameters: systems, fixed: [reference] })
}

export interface SlotChoice {
  /** Systems in the order of their slots. */
  readonly order: readonly number[]
  /** Times each system (index as in `order`'s values) was put first under that order. */
  readonly first: readonly number[]
}

/** First choices with a slot effect: P(a first) ∝ exp(u_a + s_slot(a)); the last system and slot are 0. */
export function slotEffect(data: readonly SlotChoice[], systems: number) {
  const slots = Math.max(...data.map((row) => row.order.length))
  const choices = (withSlots: boolean) =>
    data.map(({ order, first }) => ({
      options: order.map((system, slot) => [
        { parameter: system, value: 1 },
        ...(withSlots ? [{ parameter: systems + slot, value: 1 }] : []),
      ]),
      counts: order.map((system) => first[system] ?? 0),
    }))
  const reference = systems - 1
  const full = fitChoices(choices(true), {
    parameters: systems + slots,
    fixed: [reference, systems + slots - 1],
  })
  const none = fitChoices(choices(false), { parameters: systems, fixed: [reference] })
  const ratio = Math.max(0, 2 * (none.negLogLik - full.negLogLik))
  return { full, none, likelihoodRatio: ratio, df: slots - 1 }
}
