/** The report as tables, one source for CSV, XLSX, LaTeX, Markdown and HTML. */
import type { Table } from '../../../shared/contract/studies.ts'
import type { CriterionReport, StudyReport } from '../../../shared/study-report.ts'
import type { JudgementEvent } from '../../../shared/study-types.ts'
import { foldEvents, judgementKey } from '../fold.ts'
import { firstSlots, placesOf } from '../answers.ts'
import type { StoredStudy } from '../study-store.ts'
import { or, sideTables, three } from './side-tables.ts'

const tieRow = ({ id, images, votes, tie }: CriterionReport): Table['rows'][number] => [
  id,
  'Tie',
  images,
  votes,
  ...[null, null, null, null, null],
  tie.images,
  ...three(tie),
]

/** Those that say something: questions of yes and no have no shares, strengths and pairs. */
export const reportTables = (report: StudyReport): readonly Table[] =>
  [...mainTables(report), ...sideTables(report)].filter(({ rows }) => rows.length > 0)

function mainTables(report: StudyReport): readonly Table[] {
  const name = (system: number): string => report.systems[system] ?? ''
  const every = report.criteria
  const ordered = every.filter(({ shares }) => shares.length > 0)
  return [
    {
      name: 'shares',
      columns: [
        'criterion',
        'system',
        'images',
        'votes',
        'vote_share',
        'vote_low',
        'vote_high',
        'vote_two_way_low',
        'vote_two_way_high',
        'majority_images',
        'majority_share',
        'majority_low',
        'majority_high',
      ],
      rows: every.flatMap((one) => [
        ...one.shares.map((row) => [
          one.id,
          name(row.system),
          one.images,
          one.votes,
          ...three(row.votes),
          or(row.votesTwoWay?.low),
          or(row.votesTwoWay?.high),
          row.majorityImages,
          ...three(row.majority),
        ]),
        ...(one.shares.length === 0 ? [] : [tieRow(one)]),
      ]),
    },
    {
      name: 'strengths',
      columns: ['criterion', 'system', 'log_worth', 'low', 'high', 'worth', 'letters'],
      rows: every.flatMap((one) =>
        one.strengths.map((row) => [
          one.id,
          name(row.system),
          ...three(row.logWorth),
          or(row.worth),
          row.letters,
        ]),
      ),
    },
    {
      name: 'pairs',
      columns: [
        'criterion',
        'a',
        'b',
        'a_better',
        'same',
        'b_better',
        'net',
        'net_low',
        'net_high',
        'sign_p',
        'p',
        'p_holm',
      ],
      rows: every.flatMap((one) =>
        one.pairs.map((row) => [
          one.id,
          name(row.a),
          name(row.b),
          row.wins,
          row.ties,
          row.losses,
          ...three(row.net),
          row.signP,
          row.p,
          row.holm,
        ]),
      ),
    },
    {
      name: 'agreement',
      columns: [
        'criterion',
        'images',
        'all_equal',
        'majority',
        'none',
        'fleiss',
        'fleiss_low',
        'fleiss_high',
        'alpha_first',
        'alpha_first_low',
        'alpha_first_high',
        'alpha_places',
        'alpha_places_low',
        'alpha_places_high',
        'kendall_w',
        'w_low',
        'w_high',
        'repeats',
        'repeat_kappa',
        'rho',
        'rho_low',
        'rho_high',
        'design_effect',
        'effective_votes',
      ],
      rows: ordered.map(({ id, agreement: a }) => [
        id,
        a.images,
        a.allEqual,
        a.majority,
        a.none,
        ...three(a.fleiss),
        ...three(a.alphaFirst),
        ...three(a.alphaPlaces),
        ...three(a.kendallW),
        a.repeats.n,
        or(a.repeats.kappa),
        ...three(a.clustering?.rho),
        or(a.clustering?.designEffect),
        or(a.clustering?.effectiveVotes),
      ]),
    },
    {
      name: 'raters',
      columns: [
        'rater',
        'judgements',
        'gold_passed',
        'gold',
        'repeats',
        'self_tau',
        'self_kappa',
        'consensus_tau',
        'tie_share',
        'cannot_judge_share',
        'seconds_per_100_words',
        'too_fast_share',
        'hasty_items',
        'timed_items',
        'longest_run',
        'slot_entropy',
        'undo_rate',
        'flags',
      ],
      rows: report.raters.map((row) => [
        row.rater,
        row.judgements,
        row.gold.passed,
        row.gold.n,
        row.repeats.n,
        or(row.repeats.tau),
        or(row.repeats.kappa),
        or(row.consensusTau.tau),
        row.tieShare,
        row.cannotJudgeShare,
        or(row.secondsPer100Words),
        row.tooFastShare,
        row.hasty.items,
        row.hasty.n,
        row.longestRun,
        row.slotEntropy,
        row.undoRate,
        row.flags.join('; '),
      ]),
    },
  ]
}

/** Long data: one row per current judgement and card. */
export function judgementTable(
  { protocol, plan }: StoredStudy,
  events: readonly JudgementEvent[],
): Table {
  const items = new Map(plan.items.map((item) => [item.id, item]))
  const current = foldEvents(events)
  const rows: Table['rows'] = []
  for (const assignment of plan.assignments)
    for (const { id: criterion } of protocol.criteria) {
      const judgement = current.get(judgementKey(assignment.id, criterion))
      const item = items.get(assignment.itemId)
      if (!judgement || !item) continue
      const places = placesOf(judgement.answer, assignment.order.length)
      const firsts = firstSlots(judgement.answer, assignment.order.length)
      const standing = (slot: number) =>
        item.cards[assignment.order[slot] ?? -1]?.systems.length ?? 0
      const top = (firsts ?? []).reduce((sum, slot) => sum + standing(slot), 0)
      assignment.order.forEach((at, slot) => {
        const card = item.cards[at]
        rows.push([
          criterion,
          protocol.raters[assignment.rater] ?? '',
          item.id,
          item.kind,
          assignment.repeatOf !== null,
          assignment.position + 1,
          slot + 1,
          card?.systems.map((system) => protocol.systems[system]?.name ?? '').join(' + ') ?? '',
          places?.[slot] ?? null,
          firsts && top > 0 ? (firsts.includes(slot) ? standing(slot) / top : 0) : null,
          JSON.stringify(judgement.answer),
          judgement.timing ? judgement.timing.activeMs / 1000 : null,
          card?.text ?? '',
        ])
      })
    }
  return {
    name: 'judgements',
    columns: [
      'criterion',
      'rater',
      'item',
      'kind',
      'repeat',
      'position',
      'slot',
      'systems',
      'place',
      'first',
      'answer',
      'active_seconds',
      'caption',
    ],
    rows,
  }
}
