/** The token lens: the same tokens under several alt-texts and images, with every probability. */
import type { ForceJob, ForceResult } from '../core/ports.ts'
import { throwIfAborted } from '../shared/errors.ts'
import { captionerOf, checkTokens, newTokenLimit } from './caption-job.ts'
import type { Unread } from './generate/admit.ts'
import { forceTokens } from './generate/force.ts'
import type { ImageCache } from './image-cache.ts'
import type { Model } from './model/model.ts'
import { makeAltSlot } from './text/alt-slot.ts'
import { splitText } from './text/incremental-decoder.ts'
import { spokenBytes } from './text/tokenizer.ts'

/** @throws RealignError bad-input for tokens the model cannot read, else as captioning does */
export async function runForceJob(
  { model, images }: { readonly model: Model; readonly images: ImageCache },
  job: ForceJob,
  signal: AbortSignal,
): Promise<ForceResult> {
  const captioner = captionerOf(model)
  const { rule, decoder, tokenizer } = captioner
  const { tokenIds } = job
  checkTokens(rule, tokenIds, newTokenLimit(rule, Infinity))
  const texts = splitText(spokenBytes(tokenIds, rule, tokenizer))
  const tokens = tokenIds.map((id, at) => ({ id, text: texts[at] ?? '' }))
  const contexts: Unread[] = []
  for (const { altText, image } of job.contexts) {
    throwIfAborted(signal)
    const source = { ...job, resize: job.resize ?? 'bundle', image }
    const prefix = await images.prefix(model, captioner, source)
    const slot = makeAltSlot(tokenizer.encode(altText), rule)
    contexts.push({ prefix, slot })
  }
  if (contexts.length === 0 || tokenIds.length === 0)
    return { tokens, contexts: job.contexts.map(({ key }) => ({ key, tokens: [] })) }
  const { alternatives } = job
  const known = new Map<number, string>()
  const textOf = (id: number): string => {
    const text = known.get(id) ?? tokenizer.textOf(id)
    known.set(id, text)
    return text
  }
  const judged = await forceTokens(decoder, { contexts, tokenIds, alternatives, textOf }, signal)
  return {
    tokens,
    contexts: job.contexts.map(({ key }, at) => ({ key, tokens: judged[at] ?? [] })),
  }
}
