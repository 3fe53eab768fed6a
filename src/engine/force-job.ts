/** The token lens: the same tokens under several alt-texts and images, with every probability. */
import type { ForceJob, ForceResult } from '../core/ports.ts'
import { RealignError, throwIfAborted } from '../shared/errors.ts'
import { captionerOf, newTokenLimit } from './caption-job.ts'
import { forceTokens, type ForceContext } from './generate/force.ts'
import { readPrompt } from './generate/prefix.ts'
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
  const limit = newTokenLimit(rule, Infinity)
  const isToken = (id: number) => Number.isSafeInteger(id) && id >= 0 && id < rule.decoder.vocab
  if (tokenIds.length > limit || !tokenIds.every(isToken))
    throw new RealignError('bad-input', 'These tokens were not written by this captioner', {
      hint: `Choose the captioner that wrote the caption; this one reads up to ${limit} tokens.`,
    })
  const texts = splitText(spokenBytes(tokenIds, rule, tokenizer))
  const tokens = tokenIds.map((id, at) => ({ id, text: texts[at] ?? '' }))
  const contexts: ForceContext[] = []
  for (const { altText, image } of job.contexts) {
    throwIfAborted(signal)
    const source = { ...job, resize: job.resize ?? 'bundle', image }
    const prefix = await images.prefix(model, captioner, source)
    const slot = makeAltSlot(tokenizer.encode(altText), rule)
    const prompt = await readPrompt(decoder, rule, { prefix, slot, wantAll: true })
    contexts.push({ prefix, prompt })
  }
  if (contexts.length === 0 || tokenIds.length === 0)
    return { tokens, contexts: job.contexts.map(({ key }) => ({ key, tokens: [] })) }
  const { alternatives } = job
  const textOf = (id: number) => tokenizer.textOf(id)
  const judged = await forceTokens(decoder, { contexts, tokenIds, alternatives, textOf }, signal)
  return {
    tokens,
    contexts: job.contexts.map(({ key }, at) => ({ key, tokens: judged[at] ?? [] })),
  }
}
