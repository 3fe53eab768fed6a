/** One image captioned under several alt-texts at once: prefix, prompts, tokens, finished captions. */
import type { CaptionEvent, CaptionJob, FinishedCaption, ModelProvenance } from '../core/ports.ts'
import { RealignError, throwIfAborted } from '../shared/errors.ts'
import type { Captioner } from '../shared/manifest.ts'
import type { Loop } from './generate/loop.ts'
import type { ImageCache } from './image-cache.ts'
import type { CaptionerModel, Model } from './model/model.ts'
import { makeAltSlot, type AltSlot } from './text/alt-slot.ts'
import { spokenBytes } from './text/tokenizer.ts'
import { createIncrementalDecoder, type IncrementalDecoder } from './text/incremental-decoder.ts'

export function captionerOf(model: Model): CaptionerModel {
  if (model.captioner) return model.captioner
  const { name } = model.bundle.manifest
  throw new RealignError('bad-input', `${name} writes no captions: it is a scorer only`, {
    hint: 'Choose a bundle whose kind is captioner.',
  })
}

/** The positions that are left after visual tokens and alt slot limit every caption. */
export function newTokenLimit(rule: Captioner, wanted: number | undefined): number {
  const room = rule.decoder.maxPositions - rule.visualTokens - rule.altSlot.length
  return Math.min(wanted ?? rule.maxNewTokens, room)
}

/** @throws RealignError bad-input for tokens that this captioner does not have */
export function checkTokens(rule: Captioner, ids: readonly number[], limit: number): void {
  const isToken = (id: number) => Number.isSafeInteger(id) && id >= 0 && id < rule.decoder.vocab
  if (ids.length <= limit && ids.every(isToken)) return
  throw new RealignError('bad-input', 'These tokens were not written by this captioner', {
    hint: `Choose the captioner that wrote the caption; this one reads up to ${limit} tokens.`,
  })
}

/** A caption ends with its end token, so a given beginning has it at most as its last. */
function checkPrefix(rule: Captioner, prefix: readonly number[], limit: number): void {
  checkTokens(rule, prefix, limit)
  if (prefix.slice(0, -1).includes(rule.ids.eos))
    throw new RealignError('bad-input', 'No caption goes on behind its end', {
      hint: 'Choose a token before the end of the caption.',
    })
}

/** What becomes of one request while its tokens come in. */
interface Draft {
  readonly slot: AltSlot
  readonly decoder: IncrementalDecoder
  readonly ids: number[]
  readonly logProbs: number[]
  prefillMs: number
  startedAt: number
}

export interface CaptionParts {
  readonly model: Model
  readonly provenance: ModelProvenance
  readonly images: ImageCache
  /** Of this model; it decodes beside this job what other jobs ask. */
  readonly loop: Loop
  /** Told when the graphs are no longer needed but by the loop, which takes turns of its own. */
  readonly onPrepared: () => void
}

/** @throws RealignError image-unreadable, model-mismatch, out-of-memory, cancelled */
export async function* runCaptionJob(
  parts: CaptionParts,
  job: CaptionJob,
  signal: AbortSignal,
): AsyncGenerator<CaptionEvent, void> {
  const captioner = captionerOf(parts.model)
  const { rule, tokenizer } = captioner
  yield { kind: 'encoding' }
  throwIfAborted(signal)
  const clock = (): number => performance.now()
  const start = clock()
  const source = { ...job, resize: job.settings.resize, image: 'own' } as const
  await parts.images.embedding(parts.model, source)
  const encodeMs = clock() - start
  const prefix = await parts.images.prefix(parts.model, captioner, source)
  const prefixMs = clock() - start - encodeMs
  const drafts = new Map<string, Draft>()
  const { settings } = job
  const maxNewTokens = newTokenLimit(rule, settings.maxNewTokens)
  const prompts = job.requests.map(({ key, altText, seed, prefix: forced = [] }) => {
    checkPrefix(rule, forced, maxNewTokens)
    const slot = makeAltSlot(tokenizer.encode(altText), rule)
    const draft: Draft = {
      slot,
      decoder: createIncrementalDecoder(),
      ids: [],
      logProbs: [],
      prefillMs: 0,
      startedAt: 0,
    }
    if (drafts.has(key)) throw new RealignError('bad-input', `two requests have the key ${key}`)
    drafts.set(key, draft)
    const onRead = (ms: number) => {
      draft.startedAt = clock()
      draft.prefillMs = prefixMs + ms
    }
    return { key, seed, forced, prefix, slot, onRead }
  })
  const input = { prompts, rule: settings, eos: rule.ids.eos, maxNewTokens }
  const tokens = parts.loop.join(input, signal)
  parts.onPrepared()
  for await (const { key, id, logProb, finish } of tokens) {
    const draft = drafts.get(key)
    if (!draft) continue
    draft.ids.push(id)
    draft.logProbs.push(logProb)
    const [bytes = new Uint8Array(0)] = spokenBytes([id], rule, tokenizer)
    const text = draft.decoder.push(bytes)
    yield { kind: 'token', key, text, tokens: draft.ids.length }
    if (finish === null) continue
    const decodeMs = clock() - draft.startedAt
    const caption = finished(key, draft, { finish, encodeMs, decodeMs })
    yield { kind: 'caption', caption, model: parts.provenance }
  }
}

function finished(
  key: string,
  draft: Draft,
  {
    finish,
    encodeMs,
    decodeMs,
  }: Pick<FinishedCaption, 'finish'> & Record<'encodeMs' | 'decodeMs', number>,
): FinishedCaption {
  return {
    key,
    text: draft.decoder.finish(),
    tokenIds: draft.ids,
    logProbs: draft.logProbs,
    finish,
    altTokens: draft.slot.tokens,
    altCut: draft.slot.cut,
    timings: { encodeMs, prefillMs: draft.prefillMs, decodeMs },
  }
}
