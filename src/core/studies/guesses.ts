/**
 * After the last item: can this rater tell who wrote what? A caption of one item is shown beside the cards of
 * another one, and one of them is by the same system. Systems stay without names, and chance is one in as many
 * as there are cards (section 2.4).
 */
import type { GuessQuestion } from '../../shared/contract/studies.ts'
import { RealignError } from '../../shared/errors.ts'
import type { GuessAnswer } from '../../shared/study-types.ts'
import { planIndex } from './plan-index.ts'
import { isMain, type Assignment, type Plan, type StudyItem } from './plan-types.ts'
import { seededOrder } from './seeded-order.ts'
import type { StoredStudy } from './study-store.ts'

/** At most so many a rater, each of two items that no other one uses. */
export const GUESSES = 6

interface Shown {
  readonly assignment: Assignment
  readonly item: StudyItem
}

/** Slot, from 1, of the card that is this system's, alone or with others; 0 when there is none. */
const slotOf = ({ assignment, item }: Shown, system: number, alone: boolean): number =>
  assignment.order.findIndex((card) => {
    const systems = item.cards[card]?.systems ?? []
    return systems.includes(system) && (!alone || systems.length === 1)
  }) + 1

/** Drawn from the plan's seed: the same questions whenever the page is opened. */
export function guessesFor(
  { protocol, plan }: StoredStudy,
  rater: number,
): readonly GuessQuestion[] {
  const systems = protocol.systems.length
  const { items, trialsOf } = planIndex(plan)
  const shown = trialsOf(rater).flatMap((assignment): Shown[] => {
    const item = items.get(assignment.itemId)
    return item && isMain(item) && assignment.repeatOf === null ? [{ assignment, item }] : []
  })
  const drawn = seededOrder(shown, `${plan.seed}/guesses/${rater}`)
  const out: GuessQuestion[] = []
  for (let at = 0; at + 1 < drawn.length && out.length < GUESSES; at += 2) {
    const [like, about] = [drawn[at] as Shown, drawn[at + 1] as Shown]
    // Each system in turn is looked for; where it shares a card, the next one.
    for (let turn = 0; turn < systems; turn++) {
      const system = (rater + out.length + turn) % systems
      const slot = slotOf(like, system, true)
      if (slot === 0 || slotOf(about, system, false) === 0) continue
      out.push({
        trialId: about.assignment.id,
        like: { trialId: like.assignment.id, slot },
      })
      break
    }
  }
  return out
}

const bad = (message: string) =>
  new RealignError('bad-input', message, { hint: 'Open the page again and answer its question.' })

/**
 * Was the guess right, and how likely was that by chance? By the plan alone: ids of an anonymous export are
 * other ones, and the questions were drawn from those that raters saw.
 *
 * @throws RealignError bad-input for a guess that is about no two items of one rater
 */
export function judgeGuess(
  plan: Plan,
  trialId: string,
  { like, slot }: GuessAnswer,
): { readonly right: boolean; readonly chance: number } {
  const { items, assignments } = planIndex(plan)
  const [about, other] = [assignments.get(trialId), assignments.get(like.trialId)]
  const cards = items.get(about?.itemId ?? '')?.cards
  if (!about || !cards || !other || about.rater !== other.rater || about.id === other.id)
    throw bad('This guess is not about two items of one rater')
  const author = items.get(other.itemId)?.cards[other.order[like.slot - 1] ?? -1]?.systems
  const chosen = cards[about.order[slot - 1] ?? -1]?.systems
  const [system] = author ?? []
  if (author?.length !== 1 || system === undefined || !chosen) throw bad('There is no such card')
  return { right: chosen.includes(system), chance: 1 / cards.length }
}
