/** Judgements joined with the plan: votes of one criterion, with what each slot stood for. */
import type { Answer, Criterion, JudgementEvent, Timing } from '../../../shared/study-types.ts'
import { firstSlots, placesOf, relationOf, type Relation } from '../answers.ts'
import { foldEvents, judgementKey } from '../fold.ts'
import { isMain, type Assignment, type Card, type StudyItem } from '../plan-types.ts'
import type { StoredStudy } from '../study-store.ts'

export interface Vote {
  readonly item: StudyItem
  readonly assignment: Assignment
  readonly rater: number
  readonly answer: Answer
  readonly timing: Timing | null
  readonly changes: number
  readonly changedAfterReveal: boolean
  readonly relation: Relation | null
  /** Slots with nothing above them, from 0; null when the answer orders nothing. */
  readonly first: readonly number[] | null
  /** Mean places by slot; null when incomplete. */
  readonly places: readonly number[] | null
}

export interface CriterionVotes {
  readonly criterion: Criterion
  /** Main and anchor items, shown for the first time. */
  readonly main: readonly Vote[]
  /** [first showing, repeat] of the same item and rater. */
  readonly repeats: readonly (readonly [Vote, Vote])[]
  /** Hidden quality items. */
  readonly hidden: readonly Vote[]
  readonly cannotJudge: number
  readonly cannotJudgeBy: ReadonlyMap<number, number>
}

const words = new WeakMap<Card, number>()

/** Words of a card's text; a card is asked for by every vote on it, so it is counted once. */
export function wordsOf(card: Card): number {
  const known = words.get(card)
  if (known !== undefined) return known
  const counted = card.text.split(/\s+/u).filter(Boolean).length
  words.set(card, counted)
  return counted
}

/** Systems that stand in a slot of this vote. */
export const systemsAt = ({ item, assignment }: Vote, slot: number): readonly number[] =>
  item.cards[assignment.order[slot] ?? -1]?.systems ?? []

type Said = Pick<Vote, 'relation' | 'first' | 'places'>

/** Answers are many and kinds of answers few: what each kind says is worked out once. */
function saidOf(answer: Answer, cards: number, told: Map<string, Said>): Said {
  const key = `${cards} ${JSON.stringify(answer)}`
  const known = told.get(key)
  if (known) return known
  const said = {
    relation: relationOf(answer),
    first: firstSlots(answer, cards),
    places: placesOf(answer, cards),
  }
  told.set(key, said)
  return said
}

/** All votes of the study, by criterion; in plan order, so that nothing depends on who was faster. */
export function collectVotes(
  { protocol, plan }: StoredStudy,
  events: readonly JudgementEvent[],
): readonly CriterionVotes[] {
  const current = foldEvents(events)
  const items = new Map(plan.items.map((item) => [item.id, item]))
  const told = new Map<string, Said>()
  return protocol.criteria.map((criterion): CriterionVotes => {
    const byAssignment = new Map<string, Vote>()
    const cannotJudgeBy = new Map<number, number>()
    for (const assignment of plan.assignments) {
      const judgement = current.get(judgementKey(assignment.id, criterion.id))
      const item = items.get(assignment.itemId)
      if (!judgement || !item) continue
      const { answer, timing, changes, changedAfterReveal } = judgement
      if (answer.format === 'cannot-judge' && isMain(item) && assignment.repeatOf === null)
        cannotJudgeBy.set(assignment.rater, (cannotJudgeBy.get(assignment.rater) ?? 0) + 1)
      const k = assignment.order.length
      byAssignment.set(assignment.id, {
        item,
        assignment,
        rater: assignment.rater,
        answer,
        timing,
        changes,
        changedAfterReveal,
        ...saidOf(answer, k, told),
      })
    }
    const votes = [...byAssignment.values()]
    const judged = votes.filter(({ answer }) => answer.format !== 'cannot-judge')
    return {
      criterion,
      main: judged.filter(({ item, assignment }) => isMain(item) && assignment.repeatOf === null),
      hidden: judged.filter(({ item, assignment }) => !isMain(item) && !assignment.repeatOf),
      repeats: votes.flatMap((vote): [Vote, Vote][] => {
        const before = byAssignment.get(vote.assignment.repeatOf ?? '')
        return before && isMain(vote.item) ? [[before, vote]] : []
      }),
      cannotJudge: [...cannotJudgeBy.values()].reduce((a, b) => a + b, 0),
      cannotJudgeBy,
    }
  })
}

/** Votes by image, images in the order of their ids: the units that every bootstrap draws. */
export function byImage(votes: readonly Vote[]): readonly (readonly Vote[])[] {
  const images = new Map<string, Vote[]>()
  for (const vote of votes) {
    const list = images.get(vote.item.imageId)
    if (list) list.push(vote)
    else images.set(vote.item.imageId, [vote])
  }
  return [...images].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, list]) => list)
}

/** Card index by card: place of each card of the item, rather than of each slot. */
export function placesByCard({ places, assignment }: Vote): readonly number[] | null {
  if (!places) return null
  const out = new Array<number>(places.length).fill(0)
  assignment.order.forEach((card, slot) => (out[card] = places[slot] ?? 0))
  return out
}
