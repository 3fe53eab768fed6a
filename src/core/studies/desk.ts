/** One rater's place in a study while it is being rated: what is open, kept up from the store and never read twice. */
import type { Protocol } from '../../shared/study-types.ts'
import { planIndex, type PlanIndex } from './plan-index.ts'
import type { Assignment } from './plan-types.ts'
import { createStanding, type Standing } from './standing.ts'
import type { StoredStudy, StudyStore } from './study-store.ts'

/** Hidden criteria come first, so that an early look at the alt-text cannot colour them. */
export const criteriaInOrder = ({ criteria, reveal }: Protocol): Protocol['criteria'] =>
  reveal === 'staged'
    ? [...criteria].sort((a, b) => Number(a.altText === 'shown') - Number(b.altText === 'shown'))
    : criteria

export interface Desk {
  readonly study: StoredStudy
  readonly rater: number
  readonly plan: PlanIndex
  readonly trials: readonly Assignment[]
  readonly standing: Standing
  /** Questions of this item without an answer, in the order in which they are asked. */
  openOf(trialId: string): Protocol['criteria']
  done(): number
  /** The items that come first, of those that are not done. */
  next(many: number): readonly Assignment[]
  /** Takes in what the store has got since, whoever wrote it: one look into an index. */
  catchUp(): void
}

function openDesk(store: StudyStore, study: StoredStudy, rater: number): Desk {
  const plan = planIndex(study.plan)
  const trials = plan.trialsOf(rater)
  const place = new Map(trials.map(({ id }, at) => [id, at]))
  const criteria = criteriaInOrder(study.protocol)
  const isDone = new Uint8Array(trials.length)
  let [done, first, read] = [0, 0, 0]
  const openOf = (trialId: string): Protocol['criteria'] => {
    const answered = standing.answered(trialId)
    return criteria.filter(({ id }) => !answered.has(id))
  }
  const standing = createStanding((trialId) => {
    const at = place.get(trialId)
    if (at === undefined) return
    const now = Number(openOf(trialId).length === 0)
    done += now - (isDone[at] as number)
    isDone[at] = now
    if (now === 0) first = Math.min(first, at)
  })
  return {
    study,
    rater,
    plan,
    trials,
    standing,
    openOf,
    done: () => done,
    next(many) {
      while (isDone[first] === 1) first++
      const out: Assignment[] = []
      for (let at = first; at < trials.length && out.length < many; at++)
        if (isDone[at] === 0) out.push(trials[at] as Assignment)
      return out
    },
    catchUp() {
      const { events, last } = store.eventsOfRater(study.protocol.id, rater, read)
      read = last
      standing.add(events)
    },
  }
}

const desks = new WeakMap<StudyStore, Map<string, Desk>>()

/** The desk of a seat as the store has it now; made again when the study has changed. */
export function deskOf(store: StudyStore, study: StoredStudy, rater: number): Desk {
  const open = desks.get(store) ?? new Map<string, Desk>()
  desks.set(store, open)
  const key = `${study.protocol.id}/${rater}`
  const known = open.get(key)
  const desk = known?.study === study ? known : openDesk(store, study, rater)
  open.set(key, desk)
  desk.catchUp()
  return desk
}
