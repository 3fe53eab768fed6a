/** Self-rounds: each caption becomes the next alt-text; drift, length and score are kept round by round. */
import type { Output, Parsed, TaskEvent } from '../../shared/contract.ts'
import type { SelfRound } from '../../shared/contract/probes.ts'
import { throwIfAborted } from '../../shared/errors.ts'
import { MAX_ALT_CHARS, type AltKind, type Cell } from '../../shared/types.ts'
import { asRun } from '../comparisons/as-run.ts'
import { runRows } from '../comparisons/run-rows.ts'
import type { Deps } from '../deps.ts'
import { similarity } from '../evaluation/names.ts'
import { tokenise } from '../grounding/tokens.ts'
import { chooseBundle } from '../models/choose-bundle.ts'
import { scorerFor } from '../models/scorer-in-use.ts'

type Event = TaskEvent<'probes.selfRounds'>

/** All images go round together. An image whose caption fails ends its own rounds; the others go on. */
export async function* selfRounds(
  deps: Deps,
  request: Parsed<'probes.selfRounds'>,
  signal: AbortSignal,
): AsyncGenerator<Event, Output<'probes.selfRounds'>> {
  const { settings, seed } = request
  const bundles = await deps.engine.bundles()
  const captioner = chooseBundle(bundles, 'captioner', request.captionerId)
  const scorer = scorerFor(deps, bundles, request.score)
  const work = async function* (runId: string) {
    const chains = new Map(request.imageIds.map((imageId) => [imageId, [] as Cell[]]))
    let going = [...chains.keys()]
    for (let round = 0; round < request.rounds && going.length > 0; round++) {
      throwIfAborted(signal)
      const rows = going.map((imageId) => {
        const text = chains.get(imageId)?.at(-1)?.caption.slice(0, MAX_ALT_CHARS) ?? request.start
        const altKind: AltKind = round > 0 ? 'self' : text === '' ? 'empty' : 'free'
        return { imageId, conditions: [{ altKind, text }] }
      })
      const job = { runId, rows, captioner, scorer, settings, seed, samples: 1 }
      const made = yield* lastCells(runRows(deps, job, signal))
      going = going.filter((imageId) => made.has(imageId))
      for (const [imageId, cell] of made) chains.get(imageId)?.push(cell)
    }
    return { rounds: [...chains.values()].flatMap(toRounds) }
  }
  const kept = { ...request, selfRounds: true }
  const { runId, rounds } = yield* asRun(deps, { request: kept, work }, signal)
  return { runId, rounds }
}

/** Passes events on; answers with the cell of each image as it was last heard of, its score included. */
async function* lastCells(
  work: AsyncGenerator<Event, unknown>,
): AsyncGenerator<Event, ReadonlyMap<string, Cell>> {
  const cells = new Map<string, Cell>()
  for await (const event of work) {
    if (event.kind === 'saved' || event.kind === 'scored') cells.set(event.cell.imageId, event.cell)
    yield event
  }
  return cells
}

const toRounds = (cells: readonly Cell[]): readonly SelfRound[] =>
  cells.map((_, round) => toRound(cells.slice(0, round + 1), round))

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
