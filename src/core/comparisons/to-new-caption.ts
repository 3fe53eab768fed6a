/** What the engine finished, checked, with everything it takes to replay it. */
import { RealignError } from '../../shared/errors.ts'
import { cleanText } from '../clean-text.ts'
import type { CaptionEvent } from '../ports.ts'
import type { NewCaption } from '../store-port.ts'
import type { PlannedCell } from './plan-comparison.ts'

/** Fails with 'engine-crashed' where the numbers cannot be true: nothing that is wrong is saved. */
export function toNewCaption(
  { caption, model }: Extract<CaptionEvent, { kind: 'caption' }>,
  { planned, runId, appVersion }: { planned: PlannedCell; runId: string; appVersion: string },
): Omit<NewCaption, 'createdAt'> {
  const { tokenIds, logProbs, finish, altTokens, altCut, timings } = caption
  if (tokenIds.length !== logProbs.length || !logProbs.every(Number.isFinite))
    throw new RealignError('engine-crashed', 'The engine gave probabilities that are no numbers', {
      hint: 'Try another device or precision in Models; this caption was not saved.',
    })
  const { identity, places, notes, branch } = planned
  if (identity.prefix?.some((id, at) => id !== tokenIds[at]))
    throw new RealignError('engine-crashed', 'The caption does not begin as it was asked to')
  const { text, notes: textNotes } = cleanText(caption.text)
  return {
    identity,
    runId,
    altKind: places[0].altKind,
    text,
    tokenIds,
    logProbs,
    provenance: {
      ...model,
      appVersion,
      settings: identity.settings,
      seed: identity.seed,
      altTokens,
      altCut,
      finish,
      ...timings,
      notes: [...notes, ...textNotes.map((note) => `caption: ${note}`)],
      ...(branch && { branch }),
    },
  }
}
