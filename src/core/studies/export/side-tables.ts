/** Tables of a report's side questions: other scores, reliability, order and length, models that weigh raters. */
import type { Table } from '../../../shared/contract/studies.ts'
import type { CriterionReport, Estimate, StudyReport } from '../../../shared/study-report.ts'
import type { JudgementEvent } from '../../../shared/study-types.ts'
import { foldEvents } from '../fold.ts'
import { planIndex } from '../plan-index.ts'
import type { StoredStudy } from '../study-store.ts'

export const or = (value: number | null | undefined): number | null =>
  value === undefined || value === null || !Number.isFinite(value) ? null : value
export const three = (
  one: Estimate | null | undefined,
): [number | null, number | null, number | null] => [or(one?.value), or(one?.low), or(one?.high)]

type Make = (report: StudyReport) => Table

const scores: Make = ({ criteria }) => ({
  name: 'scores',
  columns: [
    'criterion',
    'score',
    'accuracy',
    'low',
    'high',
    'decided_pairs',
    'tau_b',
    'tau_c',
    'spearman',
    'captions',
    'systems_tau_b',
    'systems',
  ],
  rows: criteria.flatMap((one) =>
    [...(one.scores ? [one.scores] : []), ...one.otherScores].map((score) => [
      one.id,
      score.name,
      ...three(score.accuracy),
      score.decidedPairs,
      or(score.tauB),
      or(score.tauC),
      or(score.spearman),
      score.captions,
      score.systems.tauB,
      score.systems.k,
    ]),
  ),
})

const reliability: Make = ({ criteria }) => ({
  name: 'reliability',
  columns: [
    'criterion',
    'split_captions',
    'split_captions_r',
    'split_captions_reliability',
    'split_systems_r',
    'split_systems_reliability',
    'lower_places_ratio',
    'lower_places_low',
    'lower_places_high',
    'rankings',
  ],
  rows: criteria.map(({ id, splitHalf: split, lowerPlaces: lower }) => [
    id,
    split?.captions.n ?? 0,
    or(split?.captions.r),
    or(split?.captions.reliability),
    or(split?.systems.r),
    or(split?.systems.reliability),
    ...three(lower?.ratio),
    lower?.votes ?? 0,
  ]),
})

const effects: Make = ({ criteria }) => ({
  name: 'effects',
  columns: [
    'criterion',
    'slot_chi2',
    'slot_p',
    'slot_ratio_p',
    'left_advantage',
    'left_se',
    'length_gamma',
    'length_se',
    'first_third_seconds',
    'last_third_seconds',
    'first_third_ties',
    'last_third_ties',
  ],
  rows: criteria.map(({ id, effects: one }) => [
    id,
    or(one.slotChi2),
    or(one.slotP),
    or(one.slotRatioP),
    or(one.leftAdvantage?.value),
    or(one.leftAdvantage?.se),
    or(one.length?.gamma),
    or(one.length?.se),
    or(one.time?.firstThird.medianSeconds),
    or(one.time?.lastThird.medianSeconds),
    or(one.time?.firstThird.tieShare),
    or(one.time?.lastThird.tieShare),
  ]),
})

const flags: Make = ({ criteria, systems }) => ({
  name: 'flags',
  columns: ['criterion', 'system', 'label', 'yes', 'answers', 'share', 'low', 'high'],
  rows: criteria.flatMap(({ id, flags: rows }) =>
    (rows ?? []).map(({ system, label, yes, n, low, high }) => [
      id,
      systems[system] ?? '',
      label,
      yes,
      n,
      ...(n === 0 ? [null, null, null] : [yes / n, or(low), or(high)]),
    ]),
  ),
})

const yesAgreement: Make = ({ criteria }) => ({
  name: 'flags_agreement',
  columns: ['criterion', 'label', 'captions', 'alpha', 'low', 'high'],
  rows: criteria.flatMap(({ id, yesAgreement: rows }) =>
    (rows ?? []).map(({ label, captions, alpha }) => [id, label, captions, ...three(alpha)]),
  ),
})

const marks: Make = ({ criteria, systems }) => ({
  name: 'marks',
  columns: ['criterion', 'system', 'mean', 'low', 'high'],
  rows: criteria.flatMap(({ id, marks: rows }) =>
    (rows ?? []).map(({ system, mean }) => [id, systems[system] ?? '', ...three(mean)]),
  ),
})

const levels: Make = ({ criteria, systems }) => ({
  name: 'levels',
  columns: ['criterion', 'better', 'level', 'answers'],
  rows: criteria.flatMap(({ id, levels: rows }) =>
    (rows ?? []).map(({ value, count }) => [
      id,
      value === 0 ? '' : (systems[value > 0 ? 0 : 1] ?? ''),
      value,
      count,
    ]),
  ),
})

const bestWorst: Make = ({ criteria, systems }) => ({
  name: 'best_worst',
  columns: [
    'criterion',
    'system',
    'score',
    'max_diff',
    'max_diff_low',
    'max_diff_high',
    'max_diff_resamples',
  ],
  rows: criteria.flatMap((one) =>
    (one.bestWorst ?? []).map((score, system) => [
      one.id,
      systems[system] ?? '',
      or(score),
      ...three(one.maxDiff?.find((row) => row.system === system)?.logWorth),
      or(one.maxDiffDraws),
    ]),
  ),
})

const modelled = (criteria: readonly CriterionReport[]) =>
  criteria.flatMap(({ id, raterModels }) => (raterModels ? [{ id, models: raterModels }] : []))

const raterModels: Make = ({ criteria }) => ({
  name: 'rater_models',
  columns: ['criterion', 'rater', 'dawid_skene_accuracy', 'precision'],
  rows: modelled(criteria).flatMap(({ id, models }) =>
    models.raters.map((one) => [id, one.rater, or(one.accuracy), or(one.precision)]),
  ),
})

const weighed: Make = ({ criteria, systems }) => ({
  name: 'weighed',
  columns: ['criterion', 'system', 'dawid_skene_share', 'dawid_skene_images', 'log_worth'],
  rows: modelled(criteria).flatMap(({ id, models }) => [
    ...models.systems.map((one) => [
      id,
      systems[one.system] ?? '',
      or(one.share),
      one.images,
      or(one.logWorth),
    ]),
    [id, 'Tie', or(models.tie.share), models.tie.images, null],
  ]),
})

const recognition: Make = ({ recognition: said }) => ({
  name: 'recognition',
  columns: ['yes', 'unsure', 'no', 'guesses', 'right', 'right_low', 'right_high', 'chance'],
  rows: said
    ? [
        [
          said.yes,
          said.unsure,
          said.no,
          said.guesses?.n ?? 0,
          ...three(said.guesses),
          or(said.guesses?.chance),
        ],
      ]
    : [],
})

/** Models that weigh raters only when they were asked for. */
export const sideTables = (report: StudyReport): readonly Table[] =>
  [
    flags,
    yesAgreement,
    marks,
    levels,
    bestWorst,
    scores,
    reliability,
    effects,
    recognition,
    raterModels,
    weighed,
  ].map((make) => make(report))

/** What raters noted, in full exports alone: the last words of each rater on each item, and at the end. */
export function notesTable(
  { protocol, plan }: StoredStudy,
  events: readonly JudgementEvent[],
): readonly Table[] {
  const { assignments, items } = planIndex(plan)
  const last = new Map<string, JudgementEvent>()
  for (const event of events)
    if (event.kind === 'note')
      last.set(event.payload.recognised ? `end ${event.trialId}` : event.trialId, event)
  const rows = [...last.values()].flatMap(({ trialId, payload }) => {
    const assignment = assignments.get(trialId)
    const item = assignment && items.get(assignment.itemId)
    if (!assignment || !item || !payload.text) return []
    const about = payload.recognised ? [null, null] : [item.id, item.imageId]
    const who = protocol.raters[assignment.rater] ?? ''
    return [[who, ...about, payload.recognised ?? null, payload.text]]
  })
  const columns = ['rater', 'item', 'image', 'recognised', 'note']
  return rows.length === 0 ? [] : [{ name: 'notes', columns, rows }]
}

/** Words that raters marked for a yes, with the systems that wrote them: for a table such as Table 3 of the paper. */
export function spansTable(
  { protocol, plan }: StoredStudy,
  events: readonly JudgementEvent[],
): readonly Table[] {
  const { assignments, items } = planIndex(plan)
  const rows = [...foldEvents(events).values()].flatMap(({ answer, trialId, criterion }) => {
    const assignment = assignments.get(trialId)
    const item = assignment && items.get(assignment.itemId)
    if (!assignment || !item || answer.format !== 'flags') return []
    const labels = protocol.criteria.find(({ id }) => id === criterion)?.labels ?? []
    return (answer.spans ?? []).map(({ slot, label, start, end }) => {
      const card = item.cards[assignment.order[slot - 1] ?? -1]
      return [
        criterion,
        protocol.raters[assignment.rater] ?? '',
        item.id,
        item.imageId,
        card?.systems.map((system) => protocol.systems[system]?.name ?? '').join(' + ') ?? '',
        labels[label] ?? '',
        start,
        end,
        card?.text.slice(start, end) ?? '',
      ]
    })
  })
  const about = ['criterion', 'rater', 'item', 'image', 'systems']
  const columns = [...about, 'label', 'start', 'end', 'words']
  return rows.length === 0 ? [] : [{ name: 'spans', columns, rows }]
}
