/** What people said of captions, from the studies whose results may be seen; the others stay as blind as they are. */
import type { Output, Parsed } from '../../shared/contract.ts'
import { RealignError } from '../../shared/errors.ts'
import type { Deps } from '../deps.ts'
import { foldCaption } from '../studies/merge-cards.ts'
import type { CardWins } from '../studies/report/card-wins.ts'
import { studyOf } from '../studies/study-of.ts'
import { studyWins } from '../studies/study-work.ts'

type Told = Pick<Output<'triangulation.run'>, 'studies' | 'blind'>
type Asked = Parsed<'triangulation.run'>['people']

export interface People extends Told {
  /**
   * Share of the comparisons with other captions that this one won, over raters, questions and studies; null where
   * nobody compared it. The same words of the same image are the same caption: raters see no writer.
   */
  winShare(imageId: string, caption: string): number | null
}

/** A report names the systems, and so may everybody from then on; whoever did not ask for one may not be told here. */
function isUnblinded({ store }: Pick<Deps, 'store'>, studyId: string): boolean {
  return store.studies.logOf(studyId).some(({ kind }) => kind === 'unblind')
}

/** Fails with 'bad-input' for a study that is still blind, or a question that it does not ask. */
function assertMayBeSeen(deps: Deps, asked: NonNullable<Asked>): void {
  const { protocol } = studyOf(deps, asked.studyId)
  if (!isUnblinded(deps, asked.studyId))
    throw new RealignError('bad-input', `${protocol.name} is still blind`, {
      hint: 'Ask for its report first: that is logged, and its judgements may be seen from then on.',
    })
  const { criterion } = asked
  if (criterion !== undefined && !protocol.criteria.some(({ id }) => id === criterion))
    throw new RealignError('bad-input', `${protocol.name} asks no question ${criterion}`, {
      hint: `Its questions are ${protocol.criteria.map(({ id }) => id).join(', ')}.`,
    })
}

function counts({ studyId, criterion }: { studyId: string; criterion: string }, asked: Asked) {
  if (!asked) return true
  return asked.studyId === studyId && (asked.criterion ?? criterion) === criterion
}

/** `images`: those of the list; studies of others are not named. */
export async function readPeople(
  deps: Deps,
  { people: asked, images }: { readonly people: Asked; readonly images: ReadonlySet<string> },
  signal: AbortSignal,
): Promise<People> {
  if (asked) assertMayBeSeen(deps, asked)
  const tallies = new Map<string, { won: number; of: number }>()
  const add = ({ imageId, text, won, of }: CardWins): void => {
    const key = `${imageId} ${text}`
    const tally = tallies.get(key) ?? { won: 0, of: 0 }
    tallies.set(key, { won: tally.won + won, of: tally.of + of })
  }
  const studies: Told['studies'] = []
  const blind: Told['blind'] = []
  for (const { id: studyId, name } of deps.store.studies.list()) {
    if (!isUnblinded(deps, studyId)) {
      blind.push(name)
      continue
    }
    const { criteria, wins: all } = await studyWins(deps, studyId, signal)
    const wins = all.filter((one) => images.has(one.imageId))
    if (wins.length === 0) continue
    const asks = new Set(wins.map(({ criterion }) => criterion))
    studies.push({
      studyId,
      name,
      criteria: criteria
        .filter(({ id }) => asks.has(id))
        .map(({ id, question }) => ({ id, title: question })),
    })
    for (const one of wins) if (counts({ studyId, criterion: one.criterion }, asked)) add(one)
  }
  return {
    studies,
    blind,
    winShare(imageId, caption) {
      const tally = tallies.get(`${imageId} ${foldCaption(caption)}`)
      return tally ? tally.won / tally.of : null
    },
  }
}
