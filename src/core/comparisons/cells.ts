/** Looking at finished cells: of an image, by their words, token by token. */
import type { Output, Parsed } from '../../shared/contract.ts'
import { RealignError } from '../../shared/errors.ts'
import type { Deps } from '../deps.ts'
import { assertTokens } from './made-here.ts'

export function searchCells(
  { store }: Deps,
  query: Parsed<'cells.search'>,
): Output<'cells.search'> {
  const { rows, next } = store.captions.search(query)
  return { cells: [...rows], next }
}

/** Fails with 'not-found', with 'unavailable' for a caption made elsewhere, or with the engine's error when the captioner is not here any more. */
export async function cellTokens(
  { store, engine }: Deps,
  cellId: string,
): Promise<Output<'cells.tokens'>> {
  const stored = store.captions.tokens(cellId)
  if (!stored) throw new RealignError('not-found', 'There is no such cell')
  assertTokens(stored, 'look at its tokens')
  const { captionerId, tokenIds, logProbs } = stored
  const texts = await engine.tokenTexts(captionerId, tokenIds)
  const tokens = tokenIds.map((id, index) => ({
    id,
    text: texts[index] ?? '',
    logProb: logProbs[index] ?? 0,
  }))
  return { tokens }
}
