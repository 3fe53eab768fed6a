/** Studies made by hand for the report's tests: every answer is chosen by the test. */
import { createHash, randomUUID } from 'node:crypto'
import type { Plan, StudyItem } from '../../../src/core/studies/plan-types.ts'
import { studyReport } from '../../../src/core/studies/report/study-report.ts'
import type { StoredStudy } from '../../../src/core/studies/study-store.ts'
import type { Answer, Criterion, JudgementEvent } from '../../../src/shared/study-types.ts'

export const sha256 = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex')
export const hexId = (text: string): string => sha256(new TextEncoder().encode(text)).slice(0, 32)

export const question = (id: string, format: Criterion['format'] = 'best'): Criterion => ({
  id,
  question: `Which is best by ${id}?`,
  definition: '',
  format,
  labels: format === 'pair' ? ['1', '2', '3', '4', '5'] : [],
  altText: 'hidden',
  ties: true,
  cannotJudge: true,
  nearlyIdentical: false,
})

/** Every rater sees every item, cards in the order of the systems. Item i0007 is the image of the same name. */
export function handStudy(request: {
  readonly images: number
  readonly raters: number
  readonly systems: readonly string[]
  readonly criteria: readonly Criterion[]
  readonly seed: number
}): StoredStudy {
  const { images, raters, systems, criteria, seed } = request
  const items = Array.from({ length: images }, (_, i): StudyItem => {
    const id = `i${String(i).padStart(4, '0')}`
    const cards = systems.map((name, s) => ({ text: `caption ${id} by ${name}`, systems: [s] }))
    return { id, imageId: id, altText: 'a bird', group: id, kind: 'main', cards }
  })
  const assignments = items.flatMap((item, position) =>
    Array.from({ length: raters }, (_, rater) => ({
      id: hexId(`${item.id}/${rater}`),
      itemId: item.id,
      rater,
      position,
      order: systems.map((_name, s) => s),
      repeatOf: null,
    })),
  )
  const plan: Plan = { seed, raters, items, assignments }
  return {
    plan,
    protocol: {
      version: 1,
      id: hexId('study'),
      name: 'By hand',
      title: 'Captions',
      template: 'figure-3',
      instructions: '',
      consent: '',
      criteria: [...criteria],
      systems: systems.map((name) => ({ name })),
      reveal: 'staged',
      seed,
      raters: Array.from({ length: raters }, (_, r) => `rater ${r}`),
      ratersPerItem: raters,
      repeatShare: 0,
      exclusion: { goldUpperBelow: 0.75, selfTauBelow: 0.2, tooFastOver: 0.2, action: 'advice' },
      contentSha256: sha256(new Uint8Array()),
      createdAt: '2026-01-01T00:00:00.000Z',
      appVersion: '0',
    },
  }
}

export function confirm(
  trialId: string,
  criterion: string,
  answer: Answer,
  more: Partial<JudgementEvent> = {},
): JudgementEvent {
  const id = randomUUID()
  return {
    id,
    trialId,
    criterion,
    seq: 0,
    kind: 'confirm',
    payload: { answer },
    tMonoMs: 0,
    tWall: '',
    appVersion: '0',
    checksum: sha256(new TextEncoder().encode(id)),
    ...more,
  }
}

export const reportOf = (study: StoredStudy, events: readonly JudgementEvent[], resamples = 500) =>
  studyReport({
    study,
    events,
    log: [],
    resamples,
    appVersion: '0',
    sha256,
  })
