/** A plan by its ids: made once for each plan, so that no look-up walks through thousands of showings. */
import type { Assignment, Plan, StudyItem } from './plan-types.ts'

export interface PlanIndex {
  readonly items: ReadonlyMap<string, StudyItem>
  readonly assignments: ReadonlyMap<string, Assignment>
  /** What each rater is shown, in order; nothing for a number that is no rater's. */
  readonly trialsOf: (rater: number) => readonly Assignment[]
}

const made = new WeakMap<Plan, PlanIndex>()

function index({ items, assignments }: Plan): PlanIndex {
  const byRater = new Map<number, Assignment[]>()
  for (const one of assignments) {
    const own = byRater.get(one.rater)
    if (own) own.push(one)
    else byRater.set(one.rater, [one])
  }
  for (const own of byRater.values()) own.sort((a, b) => a.position - b.position)
  return {
    items: new Map(items.map((item) => [item.id, item])),
    assignments: new Map(assignments.map((one) => [one.id, one])),
    trialsOf: (rater) => byRater.get(rater) ?? [],
  }
}

/** Plans are never changed in place: a rater who joins late makes a new one. */
export function planIndex(plan: Plan): PlanIndex {
  const known = made.get(plan)
  if (known) return known
  const fresh = index(plan)
  made.set(plan, fresh)
  return fresh
}
