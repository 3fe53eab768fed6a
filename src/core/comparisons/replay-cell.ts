/** Generates a stored caption again from its provenance and says whether every byte is the same. */
import type { Output, TaskEvent } from '../../shared/contract.ts'
import { RealignError } from '../../shared/errors.ts'
import { relay } from '../../shared/relay.ts'
import type { Cell } from '../../shared/types.ts'
import { timestamp, type Deps } from '../deps.ts'
import { hasTokens } from '../../shared/endpoint-names.ts'
import type { EndpointAnswer } from '../../shared/endpoint.ts'
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

/** Whoever stands behind an address may be another one by now, and need not draw the same twice. */
function answeredNote(stored: EndpointAnswer, now: EndpointAnswer): readonly string[] {
  const changed = (['answeredBy', 'fingerprint'] as const).filter((one) => stored[one] !== now[one])
  return changed.length === 0
    ? ['The same question; what is behind an endpoint need not answer alike']
    : changed.map((one) => `${one} was ${stored[one]}, is ${now[one]}`)
}

/** Why two runs of the same cell may differ, from what is known of the two machines. */
export function differenceNote(stored: Cell['provenance'], now: Finished['model']): string {
  const changed = (
    ['bundleSha256', 'variant', 'device', 'preprocessing', 'runtime'] as const
  ).filter((field) => stored[field] !== now[field])
  const facts = changed.map((field) => `${field} was ${stored[field]}, is ${now[field]}`)
  if (stored.endpoint && now.endpoint) facts.push(...answeredNote(stored.endpoint, now.endpoint))
  return facts.join('; ') || 'Same bundle, device and runtime as when it was made'
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
    // JSON has no Infinity; captions of other lengths share no difference that means anything, an endpoint's none at all.
    const told = Number.isFinite(difference) && hasTokens(cell.captionerId)
    const maxLogProbDiff = told ? difference : -1
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
