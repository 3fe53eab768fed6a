/** Leaves a caption at one of its tokens: another token in its place, the rest drawn on; a cell of its own. */
import type { Output, Parsed, TaskEvent } from '../../shared/contract.ts'
import { RealignError } from '../../shared/errors.ts'
import type { Branch, Cell } from '../../shared/types.ts'
import type { Deps } from '../deps.ts'
import { placeTokens } from '../grounding/stretches.ts'
import { chooseBundle } from '../models/choose-bundle.ts'
import { scorerFor } from '../models/scorer-in-use.ts'
import type { StoredTokens } from '../store-port.ts'
import { captionImage } from './caption-image.ts'
import { assertTokens } from './made-here.ts'
import type { PlannedCell } from './plan-comparison.ts'
import { asRun } from './as-run.ts'

type Request = Parsed<'cells.branch'>

interface Subject {
  readonly cell: Cell
  readonly stored: StoredTokens
}

const refused = (message: string, hint: string) => new RealignError('bad-input', message, { hint })

function open({ store }: Deps, { cellId, token, tokenId }: Request): Subject {
  const cell = store.captions.get(cellId)
  const stored = store.captions.tokens(cellId)
  if (!cell || !stored) throw new RealignError('not-found', 'There is no such cell')
  assertTokens(cell, 'leave it at one of its tokens')
  const here = stored.tokenIds[token]
  if (here === undefined)
    throw refused(
      `This caption has ${stored.tokenIds.length} tokens`,
      'Choose one of them; the first is 0.',
    )
  if (here === tokenId)
    throw refused('This is the token that stands there', 'Choose another alternative.')
  return { cell, stored }
}

/** What the words say of the branch; the place of a token is that of the one it replaces, for all before is equal. */
async function describe(deps: Deps, subject: Subject, request: Request): Promise<Branch> {
  const { cell, stored } = subject
  const { token, tokenId } = request
  const textsOf = (ids: readonly number[]) => deps.engine.tokenTexts(cell.captionerId, ids)
  const texts = await textsOf(stored.tokenIds)
  const text = (await textsOf([...stored.tokenIds.slice(0, token), tokenId]))[token] ?? ''
  // The space that a token begins with is no part of its word; at the very beginning the caption has none.
  const word = Array.from(text.trimStart()).length
  const lead = token === 0 ? 0 : Array.from(text).length - word
  const start = (placeTokens(cell.caption, texts)[token]?.start ?? 0) + lead
  return {
    of: cell.id,
    token,
    forced: { id: tokenId, text },
    instead: { id: stored.tokenIds[token]!, text: texts[token] ?? '' },
    start,
    end: start + word,
  }
}

function plan({ cell, stored }: Subject, branch: Branch): PlannedCell {
  const { settings, seed, bundleSha256 } = cell.provenance
  return {
    key: 'branch',
    identity: {
      imageId: cell.imageId,
      altText: cell.altText,
      captionerId: cell.captionerId,
      bundleSha256,
      settings,
      seed,
      prefix: [...stored.tokenIds.slice(0, branch.token), branch.forced.id],
    },
    places: [{ condition: 0, sample: 0, altKind: cell.altKind }],
    notes: [],
    branch,
  }
}

/**
 * Computed once: the same branch asked again is the same cell. Fails with 'not-found', 'bad-input' for a token that
 * is not there, 'model-mismatch' where the captioner is not the one that wrote the caption, else as captioning does.
 */
export async function* branchCell(
  deps: Deps,
  request: Request,
  signal: AbortSignal,
): AsyncGenerator<TaskEvent<'cells.branch'>, Output<'cells.branch'>> {
  const subject = open(deps, request)
  const { cell } = subject
  const { imageId } = cell
  const bundles = await deps.engine.bundles()
  const captioner = chooseBundle(bundles, 'captioner', cell.captionerId)
  if (captioner.bundleSha256 !== cell.provenance.bundleSha256)
    throw new RealignError('model-mismatch', 'The captioner has changed since it wrote this', {
      hint: 'Caption the image again, then branch from the new caption.',
    })
  const scorer = scorerFor(deps, bundles, request.score)
  const planned = plan(subject, await describe(deps, subject, request))
  const { settings, seed } = cell.provenance
  const asked = {
    ...{ branch: request, imageIds: [imageId], captionerId: cell.captionerId, settings, seed },
    conditions: [{ altKind: cell.altKind, text: cell.altText }],
  }
  const work = async function* (runId: string) {
    const tally = { cells: 0, reused: 0, failed: 0 }
    const job = { runId, imageId, plan: [planned], captioner, scorer, again: false, tally }
    yield* captionImage(deps, job, signal)
    return tally
  }
  return yield* asRun(deps, { request: asked, work }, signal)
}
