/** Every statistic against independently computed or published values (test/fixtures/human-eval.json). */
import { describe, expect, test } from 'vitest'
import {
  cohenKappa,
  fleissKappa,
  kendallW,
  krippendorffAlpha,
} from '../../../src/core/studies/statistics/agreement.ts'
import {
  bootstrapMeans,
  differenceInterval,
} from '../../../src/core/studies/statistics/bootstrap.ts'
import { fitDavidson } from '../../../src/core/studies/statistics/davidson-fast.ts'
import {
  binomialUpper,
  chiSquareTail,
  forFewUnits,
  studentTwoSided,
} from '../../../src/core/studies/statistics/distributions.ts'
import { holm, letterGroups } from '../../../src/core/studies/statistics/many-comparisons.ts'
import { mulberry32 } from '../../../src/core/studies/statistics/mulberry32.ts'
import {
  kendallTauB,
  kendallTauC,
  pairwiseAccuracy,
  pearson,
  spearman,
  tallyPairs,
} from '../../../src/core/studies/statistics/rank-correlation.ts'
import {
  imagesForShares,
  pairsForWinRate,
  shareDifference,
  signTest,
  wilson,
} from '../../../src/core/studies/statistics/shares.ts'
import {
  bestWorstScores,
  bradleyTerry,
  davidson,
  eloScale,
  leftAdvantage,
  maxDiff,
  plackettLuce,
  slotEffect,
  worths,
} from '../../../src/core/studies/statistics/strengths.ts'
import { williamsRows } from '../../../src/core/studies/williams.ts'
import fixtures from '../../fixtures/human-eval.json' with { type: 'json' }

/** Fixture values are printed to 4 digits: equal after rounding means within half of the last digit. */
const near = (actual: number, expected: number, digits = 4) =>
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(0.5001 * 10 ** -digits)
const exactly = (actual: number, expected: number) =>
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(expected)))
const nearAll = (actual: ArrayLike<number>, expected: readonly number[], digits = 4) =>
  expected.forEach((value, i) => near(actual[i] as number, value, digits))
const letters = 'ABCDE'

test('mulberry32 gives the stated first numbers', () => {
  const random = mulberry32(42)
  expect(fixtures.prng_check.mulberry32_seed_42_first5.map(() => random())).toEqual(
    fixtures.prng_check.mulberry32_seed_42_first5,
  )
})

describe('Figure 3 of the paper from its counts', () => {
  const { counts, bootstrap, wilson95, sign_test_R3_vs_R2 } = fixtures.figure3
  test('shares with image-bootstrap intervals, digit for digit', () => {
    const rows = counts.alignment.flatMap((count, system) =>
      Array.from({ length: count }, () => counts.alignment.map((_, s) => Number(s === system))),
    )
    const options = { seed: bootstrap.seed, resamples: bootstrap.B }
    const { intervals, values } = bootstrapMeans(
      rows,
      rows.map(() => 1),
      options,
    )
    Object.values(bootstrap.ci95).forEach(([low, high], i) => {
      near(intervals[i]!.low, low as number)
      near(intervals[i]!.high, high as number)
    })
    const difference = differenceInterval(values[0]!, values[1]!)
    near(difference.low, bootstrap['diff_R3_R2_ci95'][0] as number)
    near(difference.high, bootstrap['diff_R3_R2_ci95'][1] as number)
    near(difference.shareAtMostZero, bootstrap['share_of_resamples_diff<=0'])
  })
  test('Wilson intervals, sign tests, difference of shares', () => {
    nearAll(Object.values(wilson(40, 98)), wilson95['40/98'])
    nearAll(Object.values(wilson(25, 98)), wilson95['25/98'])
    nearAll(Object.values(wilson(18, 20)), fixtures.wilson['18/20'])
    near(signTest(40, 25), sign_test_R3_vs_R2.alignment)
    near(signTest(38, 35), sign_test_R3_vs_R2.specificity)
    near(signTest(37, 29), sign_test_R3_vs_R2.alt_text)
    const { se, z, p } = shareDifference(40, 25, 98)
    near(se, 0.0808)
    near(z, 1.894, 3)
    near(p, 0.058, 3)
    // Every image to one of them: no spread is left, and no chance.
    expect(shareDifference(12, 0, 12)).toMatchObject({ difference: 1, se: 0, p: 0 })
    expect(shareDifference(0, 0, 12)).toMatchObject({ difference: 0, p: 1 })
  })
})

test('sample sizes of the design tables', () => {
  expect([
    imagesForShares(0.408, 0.255),
    imagesForShares(0.45, 0.35),
    imagesForShares(0.4, 0.3),
  ]).toEqual([220, 626, 548])
  expect([0.55, 0.6, 0.65, 0.7].map(pairsForWinRate)).toEqual([783, 194, 85, 47])
})

describe('strengths', () => {
  test('Bradley-Terry: American League East 1987', () => {
    const data = fixtures.bradley_terry_baseball
    const fit = bradleyTerry({ wins: data.wins_row_over_column }, 6)
    expect(fit.converged && !fit.ghost).toBe(true)
    nearAll(fit.estimates, data.log_worth_ref_Baltimore)
    nearAll(fit.standardErrors, data.se)
    nearAll(Array.from(fit.estimates, eloScale), data.elo_scale_400_over_ln10, 1)
  })
  test('a system that never loses needs the ghost and is told apart', () => {
    const fit = bradleyTerry(
      {
        wins: [
          [0, 5],
          [0, 0],
        ],
      },
      1,
    )
    expect(fit.ghost).toBe(true)
    expect(Number.isFinite(fit.estimates[0])).toBe(true)
    expect(fit.estimates[0]).toBeGreaterThan(1)
  })

  const pudding = fixtures.davidson_pudding
  const table = () => Array.from({ length: 6 }, () => new Array<number>(6).fill(0))
  const [wins, ties] = [table(), table()]
  for (const [i, j, , wi, wj, t] of pudding.rows as number[][]) {
    wins[i! - 1]![j! - 1] = wi!
    wins[j! - 1]![i! - 1] = wj!
    ties[i! - 1]![j! - 1] = t!
    ties[j! - 1]![i! - 1] = t!
  }
  test('Davidson with ties: the pudding data', () => {
    const fit = davidson({ wins, ties }, 0)
    nearAll(fit.estimates, [...pudding.log_worth_vs_1, pudding.log_nu])
    nearAll(fit.standardErrors, [...pudding.se, pudding.se_log_nu])
    nearAll(worths(fit.estimates, 6), pudding.worth, 6)
    near(Math.exp(fit.estimates[6]!), pudding.nu, 6)
    near(fit.negLogLik, pudding.nll)
  })
  test('ties do not stand for losses: a system that only won and tied needs the ghost', () => {
    // Two systems: [wins of a, wins of b, ties]. Then three on steps of one, where no result goes against them.
    for (const cells of [
      [8, 0, 4],
      [8, 0, 4, 8, 0, 0, 8, 0, 4],
    ]) {
      const systems = cells.length === 3 ? 2 : 3
      const fit = fitDavidson(Float64Array.from(cells), systems)
      expect(fit.ghost).toBe(true)
      for (const one of fit.estimates) expect(Math.abs(one)).toBeLessThan(6)
    }
    // One loss, or two wins in a row where a tie says one step, and the maximum is there.
    expect(fitDavidson(Float64Array.of(8, 1, 4), 2).ghost).toBe(false)
    expect(fitDavidson(Float64Array.of(8, 0, 4, 8, 0, 4, 8, 0, 0), 3).ghost).toBe(false)
    const plain = davidson({ wins: [[0, 8], [0, 0]], ties: [[0, 4], [4, 0]] }, 1) // prettier-ignore
    const [a = 0, b = 0, logNu = 0] = fitDavidson(Float64Array.of(8, 0, 4), 2).estimates
    expect([plain.ghost, plain.converged]).toEqual([true, true])
    exactly(plain.estimates[0]!, a - b)
    exactly(plain.estimates[2]!, logNu)
  })
  test('nothing but ties: equal worths, and nu cannot be told', () => {
    const { estimates, ghost } = fitDavidson(Float64Array.of(0, 0, 12), 2)
    expect([...estimates, ghost]).toEqual([0, 0, Number.NaN, true])
  })
  test('ties counted as half wins shrink the strengths', () => {
    const half = wins.map((row, a) => row.map((w, b) => w + ties[a]![b]! / 2))
    nearAll(bradleyTerry({ wins: half }, 0).estimates, pudding.half_win_BT_log_worth_vs_1)
  })
  test('Plackett-Luce', () => {
    const data = fixtures.plackett_luce_small
    const orders = data.orders.map((order) => [...order].map((c) => letters.indexOf(c)))
    const fit = plackettLuce(orders, 4, 3)
    nearAll(fit.estimates, data.log_worth_ref_D)
    nearAll(worths(fit.estimates, 4), data.worth)
    near(fit.negLogLik, data.nll, 5)
  })
  test('best-worst scores and MaxDiff', () => {
    const data = fixtures.best_worst
    const answers = data.tuples.map((tuple) => ({
      shown: [...(tuple[0] as string)].map((c) => letters.indexOf(c)),
      best: letters.indexOf(tuple[1] as string),
      worst: letters.indexOf(tuple[2] as string),
    }))
    const chosen = answers.map(({ shown, best, worst }) => ({
      cards: shown.map((system) => [system]),
      best: shown.indexOf(best),
      worst: shown.indexOf(worst),
    }))
    nearAll(bestWorstScores(chosen, 5), Object.values(data.count_scores))
    const fit = maxDiff(answers, 5, 4)
    nearAll(fit.estimates, data.maxdiff_logit_ref_E)
    near(fit.negLogLik, data.nll, 5)
  })
  test('slot effect with strengths', () => {
    const data = fixtures.position_first_choice
    const rows = data.orders.map((row) => ({
      order: [...row.order].map((c) => letters.indexOf(c)),
      first: Object.values(row.first_choice_counts),
    }))
    const { full, none, likelihoodRatio, df } = slotEffect(rows, 3)
    // The fixture's optimiser stopped at about 1e-6; ours is the maximum to machine precision.
    nearAll(full.estimates, Object.values(data.mle), 5)
    exactly(full.negLogLik, data.nll)
    exactly(none.negLogLik, data.nll_no_position)
    exactly(likelihoodRatio, data.LR)
    exactly(chiSquareTail(likelihoodRatio, df), data.p)
    exactly(chiSquareTail(data.slot_chi2, 2), data.slot_p)
  })
  test('left advantage of a pair', () => {
    const data = fixtures.order_effect_pairwise
    const fit = leftAdvantage([30, 18, 12], [22, 26, 12])
    nearAll(fit.estimates, [data.log_strength_A_minus_B, data.log_left_advantage, data.log_tie])
    nearAll(fit.standardErrors, data.se)
  })
})

describe('agreement', () => {
  test.each(['wikipedia', 'caption'] as const)('Fleiss: %s', (name) => {
    const data = fixtures.fleiss[name]
    const { observed, expected, kappa } = fleissKappa(data.table)
    nearAll([observed, expected, kappa], [data.Pbar, data.Pe, data.kappa])
  })
  test('Krippendorff at four levels', () => {
    const data = fixtures.krippendorff
    for (const level of ['nominal', 'ordinal', 'interval', 'ratio'] as const)
      near(krippendorffAlpha(data.raters, level).alpha, data[level])
    expect(krippendorffAlpha(data.raters, 'nominal').rowSums.map(Math.round)).toEqual(
      data.coincidence_row_sums,
    )
  })
  test('Cohen, unweighted, linear, quadratic', () => {
    near(cohenKappa(fixtures.cohen['2x2'].table), fixtures.cohen['2x2'].kappa)
    const { table, kappa, linear, quadratic } = fixtures.cohen['3x3']
    nearAll(
      [cohenKappa(table), cohenKappa(table, 'linear'), cohenKappa(table, 'quadratic')],
      [kappa, linear, quadratic],
    )
  })
  test("Kendall's W without and with ties", () => {
    const data = fixtures.kendall_w
    const plain = kendallW(data.ranks)
    nearAll(
      [plain.s, plain.w, plain.chi2, plain.meanSpearman],
      [data.S, data.W, data.chi2, data.mean_spearman],
    )
    near(plain.p, data.p, 5)
    const tied = kendallW(data.tied.ranks)
    nearAll([tied.w, tied.chi2], [data.tied.W, data.tied.chi2])
    near(tied.p, data.tied.p, 5)
  })
})

test('rank correlation with people', () => {
  const data = fixtures.rank_correlation
  const { clipscore, human, systems } = data
  expect(tallyPairs(clipscore, human)).toMatchObject({ concordant: 11, discordant: 2 })
  nearAll(
    [
      kendallTauB(clipscore, human),
      kendallTauC(clipscore, human),
      spearman(clipscore, human),
      pairwiseAccuracy(clipscore, human).accuracy,
    ],
    [data.tau_b, data.tau_c, data.spearman, data.pairwise_accuracy],
  )
  near(kendallTauB(systems.clip, systems.first_alignment), systems.tau_b)
  near(pearson(systems.clip, systems.first_alignment), systems.pearson, 3)
  near(kendallTauB(systems.clip, systems.first_specificity), systems.tau_b_specificity)
})

test('ImageInWords: net preference, sign tests, and the two published headlines', () => {
  const means = Object.values(fixtures.iiw_sxs).map((metrics) => {
    const nets = Object.values(metrics).map((row) => {
      const [a, b, ties, c, d] = row['counts_-2_to_2'] as [number, number, number, number, number]
      expect([c + d, ties, a + b]).toEqual([row.win, row.tie, row.loss])
      exactly(signTest(row.win, row.loss), row.sign_test_p)
      exactly((row.win - row.loss) / (row.win + row.tie + row.loss), row.net)
      return row.net
    })
    return nets.reduce((x, y) => x + y, 0) / nets.length
  })
  near((means[0]! + means[1]!) / 2, fixtures.iiw_headline.mean_net_win_over_5_metrics.mean_of_both)
  near(means[2]!, fixtures.iiw_headline.mean_net_win_over_5_metrics.IIW400_vs_GPT4V)
})

test('Holm, letter groups, random clickers', () => {
  nearAll(holm(fixtures.holm.p), fixtures.holm.adjusted, 12)
  const apart = (a: number, b: number) => Math.abs(a - b) > 1
  expect([...letterGroups([0, 1, 2, 3], apart).values()]).toEqual(['a', 'ab', 'bc', 'c'])
  expect([...letterGroups([2, 0, 1], () => false).values()]).toEqual(['a', 'a', 'a'])
  near(binomialUpper(4, 3, 0.2), fixtures.random_clicker['pass>=3 of 4 with 5 options'])
  near(binomialUpper(6, 5, 0.2), fixtures.random_clicker['pass>=5 of 6'])
})

test.each([2, 3, 4, 5, 6, 7, 8])('Williams design for %i captions is balanced', (k) => {
  const rows = williamsRows(k)
  expect(rows.length).toBe(k % 2 === 0 ? k : 2 * k)
  const slots = new Map<string, number>()
  const neighbours = new Map<string, number>()
  for (const row of rows) {
    expect([...row].sort((a, b) => a - b)).toEqual(Array.from({ length: k }, (_, i) => i))
    row.forEach((caption, slot) => {
      slots.set(`${caption}@${slot}`, (slots.get(`${caption}@${slot}`) ?? 0) + 1)
      const next = row[slot + 1]
      if (next !== undefined)
        neighbours.set(`${caption}>${next}`, (neighbours.get(`${caption}>${next}`) ?? 0) + 1)
    })
  }
  expect(new Set(slots.values()).size).toBe(1)
  expect(slots.size).toBe(k * k)
  expect(new Set(neighbours.values()).size).toBe(1)
  expect(neighbours.size).toBe(k * (k - 1))
})

test('the ten rows for five captions are the published ones', () => {
  const rows = williamsRows(5).map((row) => row.map((i) => letters[i]).join(''))
  expect(rows).toEqual(fixtures.williams5)
})

test('Student’s t, and what few units do to a bootstrap p', () => {
  // Tables to five digits, for odd and even degrees of freedom.
  for (const [t, df, p] of [
    [2, 1, 0.29517],
    [2, 2, 0.1835],
    [2.5706, 5, 0.05],
    [2.0003, 60, 0.05],
    [2.6618, 59, 0.01],
  ] as const)
    expect(studentTwoSided(t, df)).toBeCloseTo(p, 4)
  for (const p of [0.9, 0.05, 0.008, 0.0002]) {
    expect(forFewUnits(p, 12)).toBeGreaterThan(forFewUnits(p, 60))
    expect(forFewUnits(p, 60)).toBeGreaterThan(p)
    expect(forFewUnits(p, 100_000)).toBeCloseTo(p, 5)
  }
  expect([forFewUnits(1, 60), forFewUnits(0.01, 1)]).toEqual([1, 1])
})
