/** JSONL of a study: one line each for protocol, item, assignment, log entry, event. Exact, and read back the same. */
import { z } from 'zod'
import { canonicalJson } from '../../../shared/canonical-json.ts'
import type { Output } from '../../../shared/contract.ts'
import type { TaskAnswers } from '../../../shared/contract/studies.ts'
import { RealignError, toWire } from '../../../shared/errors.ts'
import { JudgementEvent, NewEvent, Protocol } from '../../../shared/study-types.ts'
import { timestamp, type Deps } from '../../deps.ts'
import { answeredTwice, settle } from '../fold.ts'
import { checkEvent } from '../rate.ts'
import { eventsThatCount } from '../report/study-report.ts'
import { withdrawnRaters } from '../report/who-counts.ts'
import { studyOf } from '../study-of.ts'
import type { LogLine, StoredStudy } from '../study-store.ts'

const Card = z.strictObject({
  text: z.string(),
  systems: z.array(z.int().min(0).max(7)),
  score: z.number().optional(),
  scores: z.record(z.string().max(100), z.number()).optional(),
})

const Item = z.strictObject({
  id: z.string(),
  imageId: z.string(),
  altText: z.string(),
  group: z.string(),
  kind: z.enum(['main', 'anchor', 'wrong-image', 'planted-error', 'duplicate']),
  cards: z.array(Card).min(2).max(8),
  expected: z.array(z.int().min(0).max(7)).optional(),
  seenBy: z
    .strictObject({ captionerId: z.string().max(200), resize: z.enum(['squash', 'centre-crop']) })
    .optional(),
})

const Assignment = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{32}$/),
  itemId: z.string(),
  rater: z.int().min(0),
  order: z.array(z.int().min(0).max(7)).min(2).max(8),
  position: z.int().min(0),
  repeatOf: z.string().nullable(),
})

const Line = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('study'), protocol: Protocol }),
  z.strictObject({ kind: z.literal('item'), item: Item }),
  z.strictObject({ kind: z.literal('assignment'), assignment: Assignment }),
  z.strictObject({ kind: z.literal('withdrawn'), rater: z.int().min(0), at: z.string() }),
  z.strictObject({
    kind: z.literal('unblinded'),
    at: z.string(),
    after: z.string().max(200).optional(),
  }),
  z.strictObject({ kind: z.literal('joined'), rater: z.int().min(0), at: z.string() }),
  z.strictObject({ kind: z.literal('event'), event: JudgementEvent }),
])

/** Events of raters who withdrew are not in it; a tombstone is. Links and their hashes never are. */
export function toStudyFile(
  { protocol, plan }: StoredStudy,
  events: readonly JudgementEvent[],
  log: readonly LogLine[],
): string {
  const counted = eventsThatCount({ study: { protocol, plan }, events, log }).events
  const lines: z.input<typeof Line>[] = [
    { kind: 'study', protocol },
    ...plan.items.map((item) => ({
      kind: 'item' as const,
      item: {
        ...item,
        cards: item.cards.map((card) => ({ ...card, systems: [...card.systems] })),
        ...(item.expected && { expected: [...item.expected] }),
      } as z.input<typeof Item>,
    })),
    ...plan.assignments.map((one) => ({
      kind: 'assignment' as const,
      assignment: { ...one, order: [...one.order] },
    })),
    ...[...withdrawnRaters(log)]
      .sort((a, b) => a - b)
      .map((rater) => ({
        kind: 'withdrawn' as const,
        rater,
        at: log.find((one) => one.kind === 'withdraw' && one.rater === rater)?.at ?? '',
      })),
    ...log
      .filter(({ kind }) => kind === 'unblind')
      .slice(0, 1)
      .map(({ at, note }) => ({ kind: 'unblinded' as const, at, ...(note && { after: note }) })),
    ...log.flatMap(({ kind, rater, at }) =>
      kind === 'join' && rater !== null ? [{ kind: 'joined' as const, rater, at }] : [],
    ),
    ...counted.map((event) => ({ kind: 'event' as const, event })),
  ]
  return `${lines.map(canonicalJson).join('\n')}\n`
}

const Answers = z.object({
  format: z.literal('realign-answers-1'),
  studyId: z.string(),
  events: z.array(z.unknown()).max(1_000_000),
}) satisfies z.ZodType<TaskAnswers | object>

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new RealignError('bad-input', 'This is neither an answer file nor a study export', {
      hint: 'Choose the .json that the task page saved, or study.jsonl of an export.',
    })
  }
}

type Imported = Output<'studies.import'>

function add(deps: Deps, study: StoredStudy, raw: readonly unknown[], created: boolean): Imported {
  const { id: studyId } = study.protocol
  const shown = new Set(study.plan.assignments.map(({ id }) => id))
  const refused: string[] = []
  const events = raw.flatMap((one, index): NewEvent[] => {
    const { checksum: _, ...rest } = { checksum: undefined, ...(one as object) }
    const parsed = NewEvent.safeParse(rest)
    try {
      if (!parsed.success) throw new RealignError('bad-input', 'is not an event')
      if (!shown.has(parsed.data.trialId)) throw new RealignError('not-found', 'is of another plan')
      checkEvent(study, parsed.data)
      return [parsed.data]
    } catch (error) {
      refused.push(`event ${index + 1}: ${toWire(error).message}`)
      return []
    }
  })
  const { added } = deps.store.studies.append(studyId, events)
  const all = deps.store.studies.eventsOf(studyId)
  const { conflicts } = settle(all)
  if (added > 0)
    deps.store.studies.log({
      studyId,
      kind: 'import',
      rater: null,
      tokenSha256: null,
      note: `${added} events`,
      at: timestamp(deps),
    })
  const known = events.length - added
  return { studyId, created, added, known, conflicts, twice: answeredTwice(all), refused }
}

function importStudy(deps: Deps, lines: readonly string[]): Imported {
  const parsed = lines.map((line, index) => {
    const result = Line.safeParse(parse(line))
    if (result.success) return result.data
    throw new RealignError('bad-input', `Line ${index + 1} is not of a study export`, {
      hint: 'Use the file as it was exported.',
    })
  })
  const protocol = parsed.find((one) => one.kind === 'study')?.protocol
  if (!protocol) throw new RealignError('bad-input', 'The file holds no study')
  const items = parsed.flatMap((one) => (one.kind === 'item' ? [one.item] : []))
  const assignments = parsed.flatMap((one) => (one.kind === 'assignment' ? [one.assignment] : []))
  const itemIds = new Map(items.map((item) => [item.id, item.cards.length]))
  if (assignments.some(({ itemId, order }) => itemIds.get(itemId) !== order.length))
    throw new RealignError('bad-input', 'An assignment of the file is about no item of it')
  const there = deps.store.studies.get(protocol.id)
  if (there && there.protocol.contentSha256 !== protocol.contentSha256)
    throw new RealignError('bad-input', 'Another study with this id is in the workspace already')
  // Late raters have the last numbers; whoever is not here yet joins as they did there.
  const late = parsed.flatMap((one) => (one.kind === 'joined' ? [one] : []))
  const planned = protocol.raters.length - late.length
  const plan = {
    seed: protocol.seed,
    raters: planned,
    items: items.map(({ expected, seenBy, cards, ...item }) => ({
      ...item,
      cards: cards.map(({ score, scores, ...card }) => ({
        ...card,
        ...(score !== undefined && { score }),
        ...(scores !== undefined && { scores }),
      })),
      ...(expected && { expected }),
      ...(seenBy && { seenBy }),
    })),
    assignments: assignments.filter(({ rater }) => rater < planned),
  }
  if (!there)
    deps.store.studies.create({
      protocol: { ...protocol, raters: protocol.raters.slice(0, planned) },
      plan,
    })
  for (const { rater, at } of late.sort((a, b) => a.rater - b.rater))
    if (rater === studyOf(deps, protocol.id).protocol.raters.length)
      deps.store.studies.extend(protocol.id, {
        rater,
        name: protocol.raters[rater] ?? '',
        assignments: assignments.filter((one) => one.rater === rater),
        at,
      })
  const study = studyOf(deps, protocol.id)
  const log = deps.store.studies.logOf(protocol.id)
  const entry = { studyId: protocol.id, tokenSha256: null, note: 'imported' }
  for (const one of parsed) {
    if (one.kind === 'withdrawn' && !withdrawnRaters(log).has(one.rater))
      deps.store.studies.log({ ...entry, kind: 'withdraw', rater: one.rater, at: one.at })
    if (one.kind === 'unblinded' && !log.some(({ kind }) => kind === 'unblind'))
      deps.store.studies.log({
        ...entry,
        kind: 'unblind',
        rater: null,
        note: one.after ?? '',
        at: one.at,
      })
  }
  const events = parsed.flatMap((one) => (one.kind === 'event' ? [one.event] : []))
  return add(deps, study, events, !there)
}

/** Answers of a task file or a study export; any order, any number of times, the same result. */
export function importText(deps: Deps, text: string): Imported {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const first = lines.length > 0 ? Line.safeParse(tryParse(lines[0] ?? '')) : null
  if (first?.success) return importStudy(deps, lines)
  const answers = Answers.safeParse(parse(text))
  if (!answers.success)
    throw new RealignError('bad-input', 'This is neither an answer file nor a study export', {
      hint: 'Choose the .json that the task page saved, or study.jsonl of an export.',
    })
  const study = deps.store.studies.get(answers.data.studyId)
  if (!study)
    throw new RealignError(
      'not-found',
      'These answers are of a study that is not in this workspace',
      {
        hint: 'Open the workspace in which the study was planned.',
      },
    )
  return add(deps, study, answers.data.events, false)
}

function tryParse(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null // a pretty-printed answer file has no JSON in its first line
  }
}
