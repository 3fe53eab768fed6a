/** Generates a stored caption again from its provenance and says whether every byte is the same. */
import type { Output, TaskEvent } from '../../shared/contract.ts'
import { RealignError } from '../../shared/errors.ts'
import { relay } from '../../shared/relay.ts'
import type { Cell } from '../../shared/types.ts'
import { timestamp, type Deps } from '../deps.ts'
import { chooseBundle } from '../models/choose-bundle.ts'
import type { CaptionEvent } from '../ports.ts'
import { assertMadeHere } from './made-here.ts'
import { originalBytes } from './original-bytes.ts'

type Event = TaskEvent<'cells.replay'>
type Finished = Extract<CaptionEvent, { kind: 'caption' }>

/** Largest absolute difference of token log-probabilities; Infinity when the lengths differ. */
export function largestDifference(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) return Infinity
  return a.reduce((largest, value, index) => Math.max(largest, Math.abs(value - b[index]!)), 0)
}

/** Why two runs of the same cell may differ, from what is known of the two machines. */
export function differenceNote(stored: Cell['provenance'], now: Finished['model']): string {
  const changed = (
    ['bundleSha256', 'variant', 'device', 'preprocessing', 'runtime'] as const
  ).filter((field) => stored[field] !== now[field])
  if (changed.length === 0) return 'Same bundle, device and runtime as when it was made'
  const facts = changed.map((field) => `${field} was ${stored[field]}, is ${now[field]}`)
  return facts.join('; ')
}

async function* regenerate(
  deps: Deps,
  { cell, tokenIds }: { readonly cell: Cell; readonly tokenIds: readonly number[] },
  signal: AbortSignal,
): AsyncGenerator<Event, Finished> {
  const { settings, seed, branch } = cell.provenance
  const prefix = branch && tokenIds.slice(0, branch.token + 1)
  const work = deps.engine.caption(
    {
      captionerId: cell.captionerId,
      imageId: cell.imageId,
      bytes: () => originalBytes(deps, cell.imageId, signal),
      requests: [{ key: 'replay', altText: cell.altText, seed, ...(prefix && { prefix }) }],
      settings,
    },
    signal,
  )
  let finished: Finished | undefined
  for await (const event of work) {
    if (event.kind === 'loading') yield event
    else if (event.kind === 'caption') finished = event
  }
  if (!finished) throw new RealignError('engine-crashed', 'The caption did not come')
  return finished
}

/** The stored caption is never replaced; only the verdict is kept. */
export async function* replayCell(
  deps: Deps,
  { cellId }: { readonly cellId: string },
  signal: AbortSignal,
): AsyncGenerator<Event, Output<'cells.replay'>> {
  const { store } = deps
  const cell = store.captions.get(cellId)
  const stored = store.captions.tokens(cellId)
  if (!cell || !stored) throw new RealignError('not-found', 'There is no such cell')
  assertMadeHere(cell, 'replay it')
  chooseBundle(await deps.engine.bundles(), 'captioner', cell.captionerId)
  const leave = yield* relay(deps.queue.enter(signal), (position) => ({
    kind: 'loading' as const,
    phase: `waiting, place ${position}`,
    fraction: 0,
  }))
  try {
    const { caption, model } = yield* regenerate(deps, { cell, tokenIds: stored.tokenIds }, signal)
    const sameTokens =
      caption.tokenIds.length === stored.tokenIds.length &&
      caption.tokenIds.every((id, index) => id === stored.tokenIds[index])
    const identical = caption.text === cell.caption && sameTokens
    const difference = largestDifference(caption.logProbs, stored.logProbs)
    // JSON has no Infinity; captions of other lengths share no difference that means anything.
    const maxLogProbDiff = Number.isFinite(difference) ? difference : -1
    const note = differenceNote(cell.provenance, model)
    store.captions.addReplay({
      cellId,
      identical,
      caption: caption.text,
      maxLogProbDiff,
      note,
      createdAt: timestamp(deps),
    })
    return { identical, caption: caption.text, stored: cell.caption, maxLogProbDiff, note }
  } finally {
    leave()
  }
}
