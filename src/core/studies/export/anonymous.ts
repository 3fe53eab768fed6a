/** An export without persons: other rater numbers, no clocks, no notes, no paths, no picture ids of the workspace. */
import { canonicalJson } from '../../../shared/canonical-json.ts'
import type { JudgementEvent } from '../../../shared/study-types.ts'
import { seededOrder } from '../seeded-order.ts'
import type { StoredStudy, StudyLogEntry } from '../study-store.ts'
import { eventsThatCount, withdrawnRaters } from '../report/study-report.ts'

const tenths = (ms: number): number => Math.round(ms / 100) * 100

/** `key[i]` = the rater's new number; in an order that has nothing to do with when they joined. */
export function anonymous(
  study: StoredStudy,
  events: readonly JudgementEvent[],
  log: readonly Pick<StudyLogEntry, 'kind' | 'rater' | 'at'>[],
  tools: { readonly salt: string; readonly sha256: (bytes: Uint8Array) => string },
): {
  readonly study: StoredStudy
  readonly events: readonly JudgementEvent[]
  readonly log: readonly Pick<StudyLogEntry, 'kind' | 'rater' | 'at'>[]
  readonly key: readonly { readonly rater: string; readonly name: string }[]
} {
  const { protocol, plan } = study
  const old = seededOrder(
    protocol.raters.map((_, rater) => rater),
    tools.salt,
  )
  const fresh = new Map(old.map((rater, at) => [rater, at]))
  const renumber = (rater: number): number => fresh.get(rater) ?? 0
  const label = (at: number): string => `R${String(at + 1).padStart(2, '0')}`
  const names = new Map(
    plan.items.map((item, at) => [item.id, `I${String(at + 1).padStart(4, '0')}`]),
  )
  const images = new Map<string, string>()
  for (const { imageId } of plan.items)
    if (!images.has(imageId)) images.set(imageId, `P${String(images.size + 1).padStart(4, '0')}`)
  const groups = new Map<string, string>()
  for (const { group } of plan.items)
    if (!groups.has(group)) groups.set(group, `G${String(groups.size + 1).padStart(4, '0')}`)
  return {
    study: {
      protocol: {
        ...protocol,
        raters: old.map((_, at) => label(at)),
        createdAt: '',
      },
      plan: {
        ...plan,
        items: plan.items.map((item) => ({
          ...item,
          id: names.get(item.id) ?? '',
          imageId: images.get(item.imageId) ?? '',
          group: groups.get(item.group) ?? '',
        })),
        assignments: plan.assignments
          .map((one) => ({
            ...one,
            itemId: names.get(one.itemId) ?? '',
            rater: renumber(one.rater),
          }))
          .sort((a, b) => a.rater - b.rater || a.position - b.position),
      },
    },
    events: eventsThatCount({ study, events, log })
      .events.filter(({ kind }) => kind !== 'note')
      .map(({ checksum: _, ...event }) => {
        const bare = {
          ...event,
          tWall: '',
          tMonoMs: tenths(event.tMonoMs),
          payload: withoutWords(event.payload),
        }
        const bytes = new TextEncoder().encode(canonicalJson(bare))
        return { ...bare, checksum: tools.sha256(bytes) }
      }),
    log: [...withdrawnRaters(log)].map((rater) => ({
      kind: 'withdraw' as const,
      rater: renumber(rater),
      at: '',
    })),
    key: old.map((rater, at) => ({ rater: label(at), name: protocol.raters[rater] ?? '' })),
  }
}

function withoutWords({
  answer,
  target,
  timing,
}: JudgementEvent['payload']): JudgementEvent['payload'] {
  return {
    ...(answer && {
      answer: answer.format === 'cannot-judge' ? { ...answer, reason: '' } : answer,
    }),
    ...(target && { target }),
    ...(timing && {
      timing: {
        ...timing,
        firstKeyMs: timing.firstKeyMs === null ? null : tenths(timing.firstKeyMs),
        activeMs: tenths(timing.activeMs),
        idleMs: tenths(timing.idleMs),
        hiddenMs: tenths(timing.hiddenMs),
      },
    }),
  }
}
