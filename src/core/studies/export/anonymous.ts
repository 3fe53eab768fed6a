/** An export without persons: other rater numbers, no clocks, no notes, no paths, no picture ids of the workspace. */
import { canonicalJson } from '../../../shared/canonical-json.ts'
import type { JudgementEvent } from '../../../shared/study-types.ts'
import { seededOrder } from '../seeded-order.ts'
import type { LogLine, StoredStudy } from '../study-store.ts'
import { eventsThatCount } from '../report/study-report.ts'
import { withdrawnRaters } from '../report/who-counts.ts'

type Sha256 = (bytes: Uint8Array) => string
const bytes = (text: string) => new TextEncoder().encode(text)
const label = (at: number): string => `R${String(at + 1).padStart(2, '0')}`

/** Of what is random in a plan and never leaves the workspace anonymously. */
export const exportSalt = ({ plan }: StoredStudy, sha256: Sha256): string =>
  sha256(bytes(JSON.stringify(plan.assignments[0] ?? null)))

/** Raters by their new numbers, in an order that has nothing to do with when they joined. */
export const anonymousKey = ({ protocol }: StoredStudy, salt: string) =>
  seededOrder(
    protocol.raters.map((_, rater) => rater),
    salt,
  ).map((rater, at) => ({ label: label(at), rater }))

const tenths = (ms: number): number => Math.round(ms / 100) * 100

/** New numbers for raters, items, pictures and groups, new ids for showings and answers. */
export function anonymous(
  study: StoredStudy,
  events: readonly JudgementEvent[],
  log: readonly LogLine[],
  { salt, sha256 }: { readonly salt: string; readonly sha256: Sha256 },
): {
  readonly study: StoredStudy
  readonly events: readonly JudgementEvent[]
  readonly log: readonly LogLine[]
} {
  const { protocol, plan } = study
  const key = anonymousKey(study, salt)
  const fresh = new Map(key.map(({ rater }, at) => [rater, at]))
  const renumber = (rater: number): number => fresh.get(rater) ?? 0
  // Raters know the ids that their own pages sent; nobody may find them again.
  const hidden = (id: string): string => sha256(bytes(`${salt}/${id}`)).slice(0, 32)
  const hiddenUuid = (id: string): string => {
    const hex = hidden(id)
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`
  }
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
        raters: key.map((one) => one.label),
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
            id: hidden(one.id),
            repeatOf: one.repeatOf === null ? null : hidden(one.repeatOf),
            itemId: names.get(one.itemId) ?? '',
            rater: renumber(one.rater),
          }))
          .sort((a, b) => a.rater - b.rater || a.position - b.position),
      },
    },
    events: eventsThatCount({ study, events, log })
      .events.filter(({ kind, payload }) => kind !== 'note' || payload.recognised)
      .map(({ checksum: _, ...event }, seq) => {
        const bare = {
          ...event,
          id: hiddenUuid(event.id),
          trialId: hidden(event.trialId),
          // Clocks and ids decided between two of one number; neither is left.
          seq,
          tWall: '',
          tMonoMs: tenths(event.tMonoMs),
          payload: withoutWords(event.payload, { event: hiddenUuid, trial: hidden }),
        }
        return { ...bare, checksum: sha256(bytes(canonicalJson(bare))) }
      }),
    log: [
      ...[...withdrawnRaters(log)].map((rater) => ({
        kind: 'withdraw' as const,
        rater: renumber(rater),
        at: '',
      })),
      ...log.filter(({ kind }) => kind === 'unblind').map(withoutClock),
    ],
  }
}

/** That it happened, and how much was answered by then; of a note that came with a file nothing but those numbers. */
const withoutClock = ({ note = '' }: LogLine): LogLine => ({
  kind: 'unblind',
  rater: null,
  note: /^\d+ of \d+ judgements$/.test(note) ? note : '',
  at: '',
})

function withoutWords(
  { answer, target, timing, recognised, guess }: JudgementEvent['payload'],
  hidden: { readonly event: (id: string) => string; readonly trial: (id: string) => string },
): JudgementEvent['payload'] {
  return {
    ...(answer && {
      answer: answer.format === 'cannot-judge' ? { ...answer, reason: '' } : answer,
    }),
    ...(target && { target: hidden.event(target) }),
    ...(guess && {
      guess: { ...guess, like: { ...guess.like, trialId: hidden.trial(guess.like.trialId) } },
    }),
    ...(recognised && { recognised }),
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
