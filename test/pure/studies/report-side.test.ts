/** Side questions of the report held against plain forms: MaxDiff strengths, design effect, colours of the figure. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { reportTables } from '../../../src/core/studies/export/report-tables.ts'
import { FIGURE_TONES, figureSvg } from '../../../src/core/studies/export/figure-svg.ts'
import { bestWorstSection } from '../../../src/core/studies/report/best-worst.ts'
import { clustering } from '../../../src/core/studies/report/clustering.ts'
import { byImage, collectVotes, systemsAt } from '../../../src/core/studies/report/votes.ts'
import { createResampler } from '../../../src/core/studies/statistics/resampler.ts'
import { maxDiff, type BestWorst } from '../../../src/core/studies/statistics/strengths.ts'
import { reportOn, simulateStudy, type Truth } from '../../support/simulated-study.ts'
import { confirm, handStudy, question, reportOf } from './report-builders.ts'

const base: Truth = {
  images: 60,
  raters: 6,
  perItem: 3,
  criteria: [question('q', 'best-worst')],
  strengths: [1.2, 0.6, 0, -0.6, -1.2],
  seed: 21,
}

const imagesOf = (truth: Truth) => {
  const { study, events } = simulateStudy(truth)
  return byImage(collectVotes(study, events)[0]?.main ?? [])
}

describe('MaxDiff', () => {
  test('counted by kinds of answers it is the fit of the answers one by one, with the planted order', () => {
    const images = imagesOf(base)
    const answers = images.flat().flatMap((vote): BestWorst[] => {
      if (vote.answer.format !== 'best-worst') return []
      const at = (slot: number) => systemsAt(vote, slot)[0] ?? -1
      const shown = vote.assignment.order.map((_, slot) => at(slot))
      return [{ shown, best: at(vote.answer.best - 1), worst: at(vote.answer.worst - 1) }]
    })
    const plain = maxDiff(answers, 5, 0).estimates
    const mean = plain.reduce((a, b) => a + b, 0) / 5
    const resampler = createResampler({ seed: 1, resamples: 300 })
    const tell = bestWorstSection(images, 5, resampler)
    for (const _ of resampler.run());
    const rows = tell().maxDiff ?? []
    expect(rows.map(({ system }) => system)).toEqual([0, 1, 2, 3, 4])
    rows.forEach(({ system, logWorth }) => {
      expect(logWorth.value).toBeCloseTo((plain[system] ?? 0) - mean, 8)
      expect(logWorth.low).toBeLessThan(logWorth.value)
      expect(logWorth.high).toBeGreaterThan(logWorth.value)
    })
    const values = rows.map(({ logWorth }) => logWorth.value)
    expect(values).toEqual(values.toSorted((a, b) => b - a))
  })

  test('says how many resamples its intervals rest on, on the page of methods as well', () => {
    const report = reportOn({ ...base, images: 8, perItem: 1, strengths: [1, 0, -1] }, 400)
    const [one] = report.criteria
    expect(one?.maxDiff).not.toBeNull()
    const draws = one?.maxDiffDraws ?? 0
    expect(draws).toBeGreaterThan(0)
    expect(draws).toBeLessThan(400)
    expect(report.methods).toContain(`${400 - draws} of 400 resamples had no MaxDiff maximum`)
    const table = reportTables(report).find(({ name }) => name === 'best_worst')
    expect(table?.rows.map((row) => row.at(-1))).toEqual([draws, draws, draws])
    const many = reportOn(base, 100)
    expect(many.criteria[0]?.maxDiffDraws).toBe(100)
    expect(many.methods).not.toContain('had no MaxDiff maximum')
  })

  test('systems that share a card are best and worst together, whichever of them comes first', () => {
    const names = ['A', 'B', 'C', 'D']
    const made = handStudy({
      images: 12,
      raters: 1,
      systems: names,
      criteria: [question('q', 'best-worst')],
      seed: 4,
    })
    // A and B say the same on every second image; D is the best, or the worst, in turn.
    const items = made.plan.items.map((item, at) =>
      at % 2 === 0
        ? {
            ...item,
            cards: [[0, 1], [2], [3]].map((systems) => ({ text: `${systems[0]}`, systems })),
          }
        : item,
    )
    const assignments = made.plan.assignments.map((one, at) =>
      at % 2 === 0 ? { ...one, order: [0, 1, 2] } : one,
    )
    const study = { ...made, plan: { ...made.plan, items, assignments } }
    const answers = [
      [1, 2],
      [1, 2],
      [3, 1],
      [2, 4],
      [1, 3],
      [4, 1],
      [1, 2],
      [3, 2],
      [1, 3],
      [4, 3],
      [3, 1],
      [2, 1],
    ]
    const events = assignments.map(({ id }, at) => {
      const [best = 1, worst = 2] = answers[at] ?? []
      return confirm(id, 'q', { format: 'best-worst', best, worst })
    })
    const { bestWorst, maxDiff: strengths } = reportOf(study, events, 100).criteria[0]!
    // By hand, of twelve showings each: A best 5 and worst 4, B 6 and 4, C 1 and 3, D 4 and 3.
    expect(bestWorst?.map((score) => Math.round(12 * score))).toEqual([1, 2, -2, 1])
    const swapped = {
      ...study,
      plan: {
        ...study.plan,
        items: items.map((item) => ({
          ...item,
          cards: item.cards.map((card) => ({ ...card, systems: card.systems.map((s) => s ^ 1) })),
        })),
      },
    }
    const other = reportOf(swapped, events, 100).criteria[0]!
    const worth = (rows: typeof strengths, system: number) =>
      rows?.find((row) => row.system === system)?.logWorth.value
    for (const system of [0, 1, 2, 3])
      expect(worth(other.maxDiff, system ^ 1)).toBeCloseTo(worth(strengths, system) ?? NaN, 8)
  })

  test('is not told of a system that was never worst, nor of other answers', () => {
    const one = reportOn({ ...base, images: 6, strengths: [30, 0, -30] }, 100).criteria[0]
    expect(one?.bestWorst).toEqual([1, 0, -1])
    expect(one?.maxDiff).toBeNull()
    const other = reportOn({ ...base, criteria: [question('q', 'best')] }, 100).criteria[0]
    expect([other?.bestWorst, other?.maxDiff]).toEqual([null, null])
  })
})

describe('design effect', () => {
  const told = (truth: Truth) => {
    const images = imagesOf(truth)
    const resampler = createResampler({ seed: 1, resamples: 200 })
    const tell = clustering(images, truth.strengths.length, resampler)
    for (const _ of resampler.run());
    return { images, report: tell() }
  }

  test('rho is the analysis of variance done by hand, and what it costs follows from it', () => {
    const { images, report } = told({ ...base, criteria: [question('q')], imageEffect: 2 })
    const [n, m] = [images.length, 3]
    let [between, within] = [0, 0]
    for (let system = 0; system < 5; system++) {
      const values = images.map((votes) =>
        votes.map((vote) => Number(systemsAt(vote, vote.first?.[0] ?? -1).includes(system))),
      )
      const mean = (all: readonly number[]) => all.reduce((a, b) => a + b, 0) / all.length
      const grand = mean(values.flat())
      for (const group of values) {
        between += (m * (mean(group) - grand) ** 2) / (n - 1)
        for (const value of group) within += (value - mean(group)) ** 2 / (n * (m - 1))
      }
    }
    const rho = (between - within) / (between + (m - 1) * within)
    expect(report?.rho.value).toBeCloseTo(rho, 10)
    expect(rho).toBeGreaterThan(0.2)
    expect(report?.designEffect).toBeCloseTo(1 + 2 * rho, 10)
    expect(report?.effectiveVotes).toBeCloseTo((n * m) / (1 + 2 * rho), 8)
    expect(report?.rho.low).toBeLessThan(rho)
    expect(report?.rho.high).toBeGreaterThan(rho)
  })

  test('votes that have nothing to do with the image lose nothing; one vote an image says nothing', () => {
    const all = [0, 1, 2, 3, 4, 5]
    const { report } = told({ ...base, criteria: [question('q')], images: 200, random: all })
    expect(Math.abs(report?.rho.value ?? 1)).toBeLessThan(0.06)
    expect(told({ ...base, criteria: [question('q')], perItem: 1 }).report).toBeNull()
  })
})

test('the exported figure has the colours of the page', () => {
  const css = (file: string) => readFileSync(`src/renderer/styles/${file}.css`, 'utf8')
  const [tokens, styles] = [css('tokens'), css('study-report')]
  /** A value in daylight, through one name or two. */
  const light = (value: string): string => {
    const name = /^var\((--[\w-]+)\)$/.exec(value)?.[1]
    if (name === undefined) return /^light-dark\((#\w+),/.exec(value)?.[1] ?? value
    return light(new RegExp(`\\s${name}: ([^;]+);`).exec(tokens)?.[1] ?? '')
  }
  const page = FIGURE_TONES.map((_, system) => {
    const rule = new RegExp(`\\.tone\\.s${system + 1} \\{([^}]+)\\}`).exec(styles)?.[1] ?? ''
    return ['tone', 'on-tone'].map((name) =>
      light(new RegExp(`--${name}: ([^;]+);`).exec(rule)?.[1] ?? ''),
    )
  })
  expect(page).toEqual(FIGURE_TONES)
  const { criteria, systems } = reportOn({ ...base, images: 12 }, 100)
  const svg = figureSvg(criteria, systems)
  for (const [fill] of FIGURE_TONES.slice(0, 5)) expect(svg).toContain(`fill="${fill}"`)
  expect(svg).not.toContain(FIGURE_TONES[5]?.[0])
  expect(svg).toContain('fill="url(#tie)"')
})
