/** Self-rounds: each caption becomes the next alt-text; drift, length and score are kept round by round. */
import type { Output, Parsed, TaskEvent } from '../../shared/contract.ts'
import type { SelfRound } from '../../shared/contract/probes.ts'
import { throwIfAborted } from '../../shared/errors.ts'
import { MAX_ALT_CHARS, type Cell } from '../../shared/types.ts'
import { asRun } from '../comparisons/as-run.ts'
import { runRows } from '../comparisons/run-rows.ts'
import type { Deps } from '../deps.ts'
import { similarity } from '../evaluation/names.ts'
import { tokenise } from '../grounding/tokens.ts'
import { chooseBundle, scorerFor } from '../models/choose-bundle.ts'

type Event = TaskEvent<'probes.selfRounds'>

/** An image whose caption fails ends its own rounds; the others go on. */
export async function* selfRounds(
  deps: Deps,
  request: Parsed<'probes.selfRounds'>,
  signal: AbortSignal,
): AsyncGenerator<Event, Output<'probes.selfRounds'>> {
  const { settings, seed } = request
  const bundles = await deps.engine.bundles()
  const captioner = chooseBundle(bundles, 'captioner', request.captionerId)
  const scorer = scorerFor(bundles, request.score)
  const work = async function* (runId: string) {
    const rounds: SelfRound[] = []
    for (const imageId of new Set(request.imageIds)) {
      const cells: Cell[] = []
      for (let round = 0; round < request.rounds; round++) {
        throwIfAborted(signal)
        const text = cells.at(-1)?.caption.slice(0, MAX_ALT_CHARS) ?? request.start
        const altKind = round === 0 ? (text === '' ? 'empty' : 'free') : 'self'
        const rows = [{ imageId, conditions: [{ altKind, text }] as const }]
        const job = { runId, rows, captioner, scorer, settings, seed, samples: 1 }
        const cell = yield* lastCell(runRows(deps, job, signal))
        if (!cell) break
        cells.push(cell)
        rounds.push(toRound(cells, round))
      }
    }
    return { rounds }
  }
  const kept = { ...request, selfRounds: true }
  const { runId, rounds } = yield* asRun(deps, { request: kept, work }, signal)
  return { runId, rounds }
}

/** Passes events on; answers with the cell as it was last heard of, its score included. */
async function* lastCell(work: AsyncGenerator<Event, unknown>): AsyncGenerator<Event, Cell | null> {
  let cell: Cell | null = null
  for await (const event of work) {
    if (event.kind === 'saved' || event.kind === 'scored') cell = event.cell
    yield event
  }
  return cell
}

function toRound(cells: readonly Cell[], round: number): SelfRound {
  const [cell, previous, first] = [cells.at(-1)!, cells.at(-2), cells[0]!]
  return {
    imageId: cell.imageId,
    round,
    cellId: cell.id,
    caption: cell.caption,
    words: tokenise(cell.caption).length,
    toPrevious: previous ? similarity(cell.caption, previous.caption) : null,
    toFirst: previous ? similarity(cell.caption, first.caption) : null,
    clip: cell.score?.clip ?? null,
  }
}
