/** Studies with raters whose truth is known: Plackett-Luce choices from planted strengths, effects and habits. */
import { createHash } from 'node:crypto'
import { makePlan } from '../../src/core/studies/make-plan.ts'
import type { Assignment, StudyItem } from '../../src/core/studies/plan-types.ts'
import { makeQualityItems, type QualityShares } from '../../src/core/studies/quality-items.ts'
import { hashText } from '../../src/core/studies/seeded-order.ts'
import { mulberry32 } from '../../src/core/studies/statistics/mulberry32.ts'
import { studyReport } from '../../src/core/studies/report/study-report.ts'
import type { StoredStudy } from '../../src/core/studies/study-store.ts'
import type { Answer, Criterion, JudgementEvent } from '../../src/shared/study-types.ts'

export const sha256 = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex')

export interface Truth {
  readonly images: number
  readonly raters: number
  readonly perItem: number
  readonly criteria: readonly Criterion[]
  /** Log-worth of every system. */
  readonly strengths: readonly number[]
  readonly seed: number
  /** Standard deviation of what an image adds to each system: votes of one image then go together. */
  readonly imageEffect?: number
  /** Added to whatever stands in each slot. */
  readonly slots?: readonly number[]
  /** Neighbours closer than this in utility share a place. */
  readonly tie?: number
  /** Raters that press keys at random. */
  readonly random?: readonly number[]
  readonly quality?: QualityShares
  readonly repeatShare?: number
}

const normal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
const gumbel = (random: () => number): number => -Math.log(-Math.log(random() || 1e-12))

function itemsOf({ images, strengths, seed }: Truth): StudyItem[] {
  const random = mulberry32(seed ^ 0x51ed)
  return Array.from({ length: images }, (_, i): StudyItem => {
    const id = `i${String(i).padStart(5, '0')}`
    const cards = strengths.map((_strength, s) => ({
      text: `caption ${id} by ${s}${' and more'.repeat(Math.floor(random() * 12))}`,
      systems: [s],
      score: 25 + 5 * random(),
    }))
    return { id, imageId: id, altText: 'a bird', group: `g${i % 211}`, kind: 'main', cards }
  })
}

/** How good each card of an item is before a rater's own noise. */
function worthsOf(item: StudyItem, { strengths, imageEffect = 0, seed }: Truth): number[] {
  const random = mulberry32(hashText(`${seed}/${item.imageId}`))
  const effects = strengths.map(() => imageEffect * normal(random))
  const first = item.cards.map(({ systems }, card) => {
    const system = systems[0] ?? -1
    return system < 0 ? 0.2 * card : (strengths[system] ?? 0) + (effects[system] ?? 0)
  })
  const [a = 0, b = 0] = item.expected ?? []
  if (item.kind === 'wrong-image') first[a] = -4
  if (item.kind === 'planted-error') first[b] = (first[a] ?? 0) - 4
  return first
}

function answerOf(
  criterion: Criterion,
  item: StudyItem,
  about: {
    readonly assignment: Assignment
    readonly truth: Truth
    readonly random: () => number
  },
): Answer {
  const { assignment, truth, random } = about
  const guessing = truth.random?.includes(assignment.rater) ?? false
  const worths = worthsOf(item, truth)
  const drawn = assignment.order.map((card, slot) => {
    const known = guessing ? 0 : (worths[card] ?? 0) + (truth.slots?.[slot] ?? 0)
    return { slot: slot + 1, card, utility: known + gumbel(random) }
  })
  // An honest rater sees that two cards say the same.
  if (item.kind === 'duplicate' && !guessing) {
    const [a, b] = (item.expected ?? []).map((card) => drawn.find((one) => one.card === card))
    if (a && b) b.utility = a.utility - 1e-9
  }
  drawn.sort((x, y) => y.utility - x.utility)
  const tie = truth.tie ?? 0
  const order: number[][] = []
  drawn.forEach(({ slot, utility }, at) => {
    const last = order.at(-1)
    if (last && (drawn[at - 1]?.utility ?? 0) - utility < tie) last.push(slot)
    else order.push([slot])
  })
  switch (criterion.format) {
    case 'ranking':
      return { format: 'ranking', order }
    case 'best-worst':
      return {
        format: 'best-worst',
        best: drawn[0]?.slot ?? 1,
        worst: drawn.at(-1)?.slot ?? 2,
      }
    case 'pair':
      return { format: 'pair', value: drawn[0]?.slot === 1 ? -1 : 1, identical: false }
    default:
      return { format: 'best', slots: order[0] ?? [1] }
  }
}

const uuid = (n: number): string => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`

/** Every planned judgement, given once. The same truth gives the same study and the same events. */
export function simulateStudy(truth: Truth): {
  readonly study: StoredStudy
  readonly events: readonly JudgementEvent[]
} {
  const { seed, criteria, strengths, raters, perItem } = truth
  const main = itemsOf(truth)
  const items = truth.quality ? [...main, ...makeQualityItems(main, truth.quality, seed)] : main
  const plan = makePlan({
    seed,
    items,
    raters,
    ratersPerItem: perItem,
    repeatShare: truth.repeatShare ?? 0,
    anchors: 0,
  })
  const byId = new Map(plan.items.map((item) => [item.id, item]))
  const events: JudgementEvent[] = []
  const random = mulberry32(seed ^ 0xbeef)
  for (const assignment of plan.assignments) {
    const item = byId.get(assignment.itemId) as StudyItem
    for (const criterion of criteria) {
      const id = uuid(events.length)
      events.push({
        id,
        trialId: assignment.id,
        criterion: criterion.id,
        seq: assignment.position,
        kind: 'confirm',
        payload: {
          answer: answerOf(criterion, item, { assignment, truth, random }),
          timing: {
            firstKeyMs: 900,
            activeMs: Math.round(20_000 * Math.exp(0.4 * normal(random))),
            idleMs: 0,
            hiddenMs: 0,
            zoomed: false,
            scrolled: false,
          },
        },
        tMonoMs: 0,
        tWall: '',
        appVersion: '0',
        checksum: sha256(new TextEncoder().encode(id)),
      })
    }
  }
  const study: StoredStudy = {
    plan,
    protocol: {
      version: 1,
      id: sha256(new TextEncoder().encode(`study ${seed}`)).slice(0, 32),
      name: 'Simulated',
      title: 'Captions',
      template: 'figure-3',
      instructions: '',
      consent: '',
      criteria: [...criteria],
      systems: strengths.map((_, s) => ({ name: `system ${s + 1}` })),
      reveal: 'never',
      seed,
      raters: Array.from({ length: raters }, (_, r) => `rater ${r + 1}`),
      ratersPerItem: perItem,
      repeatShare: truth.repeatShare ?? 0,
      exclusion: { goldUpperBelow: 0.75, selfTauBelow: 0.2, tooFastOver: 0.2, action: 'advice' },
      contentSha256: sha256(new Uint8Array()),
      createdAt: '2026-01-01T00:00:00.000Z',
      appVersion: '0',
    },
  }
  return { study, events }
}

export const reportOn = (truth: Truth, resamples: number) =>
  studyReport({ ...simulateStudy(truth), log: [], resamples, appVersion: '0', sha256 })
