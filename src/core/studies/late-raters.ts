/** Raters who join after the plan was made: it is extended for them and never drawn again (section 2.5). */
import type { Output, Parsed } from '../../shared/contract.ts'
import { RealignError } from '../../shared/errors.ts'
import { timestamp, type Deps } from '../deps.ts'
import { cardsOf, ranksOf } from './card-ranks.ts'
import { createRowChooser } from './choose-rows.ts'
import { raterSequence } from './make-plan.ts'
import type { Assignment, Plan, StudyItem } from './plan-types.ts'
import { hashText, seededOrder } from './seeded-order.ts'
import { studyOf } from './study-of.ts'

const isExtra = ({ kind }: StudyItem): boolean => kind !== 'main'

/**
 * Showings of one more rater: every anchor and hidden item, and as many others as the raters before had on average,
 * those with the fewest raters first. Rows of the Williams designs go on being dealt least-used first.
 */
export function showingsOfLateRater(
  plan: Plan,
  about: { readonly rater: number; readonly seed: number; readonly repeatShare: number },
): readonly Assignment[] {
  const { rater, seed, repeatShare } = about
  const first = plan.assignments.filter(({ repeatOf }) => repeatOf === null)
  const ratersOf = new Map<string, number>()
  for (const { itemId } of first) ratersOf.set(itemId, (ratersOf.get(itemId) ?? 0) + 1)
  const main = plan.items.filter((item) => !isExtra(item))
  const shown = main.reduce((sum, { id }) => sum + (ratersOf.get(id) ?? 0), 0)
  const load = Math.min(main.length, Math.ceil(shown / Math.max(1, plan.raters)))
  const needed = seededOrder(main, `${seed}/late/${rater}`)
    .sort((a, b) => (ratersOf.get(a.id) ?? 0) - (ratersOf.get(b.id) ?? 0))
    .slice(0, load)
  const rows = createRowChooser(hashText(`${seed}/late-rows/${rater}`))
  const taken = new Map<string, Set<number>>()
  const take = (itemId: string, row: number): void => {
    const used = taken.get(itemId) ?? new Set<number>()
    taken.set(itemId, used.add(row))
  }
  const items = new Map(plan.items.map((item) => [item.id, item]))
  for (const { itemId, order, rater: who } of first) {
    const item = items.get(itemId)
    if (item) take(itemId, rows.used(ranksOf(item, order), who))
  }
  return raterSequence([...plan.items.filter(isExtra), ...needed], {
    rater,
    seed,
    repeatShare,
    show(item) {
      const row = rows.next(item.cards.length, rater, taken.get(item.id) ?? new Set())
      take(item.id, row)
      return cardsOf(item, rows.order(item.cards.length, row))
    },
  })
}

/** Fails with 'bad-input' when a name is taken. Links are made by `studies.invite`, as for everybody. */
export function addRaters(
  deps: Deps,
  { studyId, names }: Parsed<'studies.addRaters'>,
): Output<'studies.addRaters'> {
  const { protocol } = studyOf(deps, studyId)
  const all = [...protocol.raters, ...names]
  if (new Set(all).size < all.length)
    throw new RealignError('bad-input', 'A rater of this name is in the study already', {
      hint: 'Give every rater a pseudonym of their own.',
    })
  if (all.length > 500)
    throw new RealignError('bad-input', 'A study has at most 500 raters', {
      hint: 'Plan another study.',
    })
  const added = names.map((name) => {
    const { plan } = studyOf(deps, studyId)
    const rater = plan.raters
    const nonce = crypto.randomUUID()
    const opaque = (id: string): string =>
      deps.sha256(new TextEncoder().encode(`${nonce}/${id}`)).slice(0, 32)
    const assignments = showingsOfLateRater(plan, {
      rater,
      seed: protocol.seed,
      repeatShare: protocol.repeatShare,
    }).map((one) => ({
      ...one,
      id: opaque(one.id),
      repeatOf: one.repeatOf === null ? null : opaque(one.repeatOf),
    }))
    deps.store.studies.extend(studyId, { rater, name, assignments, at: timestamp(deps) })
    return { rater, name, total: assignments.length }
  })
  return { raters: added }
}
