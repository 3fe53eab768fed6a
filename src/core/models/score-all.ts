/** Scores of the scorer in use for captions that have none of it: after another one was chosen, or a cancel. */
import type { Output, TaskEvent } from '../../shared/contract.ts'
import { relay } from '../../shared/relay.ts'
import type { BundleSummary, Cell } from '../../shared/types.ts'
import { intoCaptions, scoreAll } from '../comparisons/score-all.ts'
import { createBreather } from '../../shared/breather.ts'
import type { Deps } from '../deps.ts'
import { chosenScorer } from './scorer-in-use.ts'

type Event = TaskEvent<'models.scoreAll'>

/** Images looked through at a time: a few milliseconds of the workspace. */
const IMAGES_AT_ONCE = 200

interface Batch {
  readonly imageIds: readonly string[]
  readonly captions: number
}

/** Images with captions to score, a few at a time, and how many captions. */
async function findBatches(
  { store }: Pick<Deps, 'store'>,
  scorerSha256: string,
  breathe: () => Promise<void>,
): Promise<readonly Batch[]> {
  const batches: Batch[] = []
  let after = 0
  for (;;) {
    await breathe()
    const places = store.images.places(after, IMAGES_AT_ONCE)
    const last = places.at(-1)
    if (!last) return batches
    const lacking = store.captions.lackingScore(
      places.map(({ id }) => id),
      scorerSha256,
    )
    const captions = lacking.reduce((sum, one) => sum + one.captions, 0)
    if (captions > 0) batches.push({ imageIds: lacking.map(({ imageId }) => imageId), captions })
    after = last.seq
  }
}

/** A picture that cannot be scored costs its own scores. Fails where there is no scorer to use. */
export async function* scoreEverything(
  deps: Deps,
  signal: AbortSignal,
): AsyncGenerator<Event, Output<'models.scoreAll'>> {
  const { store, engine } = deps
  const bundles = await engine.bundles()
  const scorer = chosenScorer(deps, bundles)
  const breathe = createBreather(signal, deps.clock.elapsedMs)
  const seeing = (cell: Cell): BundleSummary | null =>
    bundles.find(({ id }) => id === cell.captionerId) ?? null
  const lacks = ({ score }: Cell): boolean => score?.scorerSha256 !== scorer.bundleSha256

  const keep = intoCaptions(deps)

  const batches = await findBatches(deps, scorer.bundleSha256, breathe)
  const total = batches.reduce((sum, { captions }) => sum + captions, 0)
  let [done, scored] = [0, 0]
  let problem: string | null = null
  for (const { imageIds } of batches) {
    const cells = imageIds
      .flatMap((id) => [...store.captions.ofImage(id), ...store.captions.branchesOf(id)])
      .filter(lacks)
    const before = done
    const { gaveUp, ...end } = yield* relay(
      scoreAll(deps, { cells, scorer, seeing, breathe, keep }, signal),
      (tried): Event => ({ kind: 'progress', done: before + tried, total }),
    )
    done += cells.length
    scored += end.scored
    problem ??= end.problem
    if (gaveUp) break
  }
  return { scorerId: scorer.id, scored, failed: total - scored, problem }
}
