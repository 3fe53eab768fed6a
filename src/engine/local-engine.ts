/** The engine in this thread: one queue, cached images, one decoding loop a model, bundles loaded when first needed. */
import type { CaptionEvent, CaptionResult, EngineStatus, ModelProvenance } from '../core/ports.ts'
import { RealignError } from '../shared/errors.ts'
import type { DeviceChoice } from '../shared/types.ts'
import { adoptFolder } from './adopt/adopt-folder.ts'
import { captionerOf, runCaptionJob } from './caption-job.ts'
import type { Engine, EngineOptions } from './engine.ts'
import { runForceJob } from './force-job.ts'
import { rowsTogether } from './generate/batch.ts'
import { createLoop, type Loop } from './generate/loop.ts'
import { createImageCache } from './image-cache.ts'
import { decodeSquare, decoderVersion, encodeSquare, renderSvg } from './image/decode.ts'
import { displayPicture, inspectPicture, pngPicture } from './image/inspect.ts'
import { describePreprocessing, squareRule } from './image/preprocess.ts'
import { bundleBytes } from './model/bundle.ts'
import type { LoadedModel } from './model/load.ts'
import type { Model } from './model/model.ts'
import { createShelf, type Shelf } from './model/shelf.ts'
import { runtimeVersion } from './ort.ts'
import { createQueue } from './queue.ts'
import { scoreCaptions } from './score/clip-score.ts'
import { makeAltSlot } from './text/alt-slot.ts'
import { splitText } from './text/incremental-decoder.ts'
import { spokenBytes } from './text/tokenizer.ts'

const PREFIX_CACHE_BYTES = 256 * 2 ** 20

/** Told the bytes of a bundle before work with it begins: how long this thread may then be silent. */
export type Opening = (bytes: number) => void

/** Blocks its thread while a graph runs: hosts use remote-engine.ts, tests and the engine process this. */
export function createLocalEngine(options: EngineOptions, opening?: Opening): Engine {
  /** One a model: what is asked of it at the same time is decoded together. */
  const loops = new WeakMap<Model, Loop>()
  const shelf = createShelf(options.modelFolders, {
    device: options.device,
    cpuOnlyBecause: options.cpuOnlyBecause,
    threads: options.threads,
    quiet: options.quiet ?? false,
    inUse: (model) => loops.get(model)?.busy ?? false,
  })
  const images = createImageCache(options.prefixCacheBytes ?? PREFIX_CACHE_BYTES)
  const queue = createQueue()
  let device: DeviceChoice | null = null
  let tokensPerSecond: number | null = null
  let loading = false
  let closed = false

  /** Loads without showing progress, for operations that are plain calls. */
  const open = async (id: string, variant: string, signal?: AbortSignal): Promise<LoadedModel> => {
    const work = openWithEvents(id, variant, signal)
    for (;;) {
      const step = await work.next()
      if (step.done) return step.value
    }
  }
  const openWithEvents = async function* (
    id: string,
    variant: string,
    signal?: AbortSignal,
  ): ReturnType<Shelf['open']> {
    loading = true
    try {
      opening?.(bundleBytes(await shelf.find(id)))
      const loaded = yield* shelf.open(id, variant, signal)
      device = loaded.device
      return loaded
    } finally {
      loading = false
    }
  }
  const inTurn = async <T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> => {
    if (closed) throw new RealignError('host-gone', 'The engine was closed')
    const leave = await queue.enter(signal).start
    try {
      return await work()
    } finally {
      leave()
    }
  }
  const loopOf = (model: Model): Loop => {
    const kept = loops.get(model)
    if (kept) return kept
    const { rule, decoder } = captionerOf(model)
    const batch = options.batch ?? rowsTogether(rule)
    const turn = (signal: AbortSignal): Promise<() => void> => {
      if (closed) throw new RealignError('host-gone', 'The engine was closed')
      return queue.enter(signal).start
    }
    const onSpeed = (speed: number) => (tokensPerSecond = speed)
    const fresh = createLoop({ decoder, batch, turn, onSpeed })
    loops.set(model, fresh)
    return fresh
  }
  /** The bundle's own variant, for work whose settings name none. */
  const ownVariant = async (id: string): Promise<string> =>
    (await shelf.find(id)).manifest.defaultVariant

  /** A captioner's tokenizer without its graphs: quick enough to count while a person types. */
  const readerOf = async (id: string) => {
    const bundle = await shelf.find(id)
    const rule = bundle.manifest.captioner
    if (!rule) throw new RealignError('bad-input', `${bundle.manifest.name} reads no alt-text`)
    return { rule, tokenizer: await shelf.tokenizer(bundle, rule.tokenizer) }
  }

  return {
    bundles: () => shelf.list(),

    check: (bundleId, signal) =>
      inTurn(signal, async () => {
        await shelf.verify(bundleId, signal)
        const { model } = await open(bundleId, await ownVariant(bundleId), signal)
        await shelf.prove(model, signal ?? new AbortController().signal)
        return shelf.summary(model.bundle)
      }),

    async *caption(job, signal): AsyncGenerator<CaptionEvent, CaptionResult> {
      if (closed) throw new RealignError('host-gone', 'The engine was closed')
      const turn = queue.enter(signal)
      if (turn.before > 0)
        yield { kind: 'loading', phase: `waiting, ${turn.before} before`, fraction: 0 }
      const leave = await turn.start
      try {
        const loaded = yield* openWithEvents(job.captionerId, job.settings.variant, signal)
        const { model } = loaded
        const provenance = await provenanceOf(loaded, job.settings.resize)
        const parts = { model, provenance, images, loop: loopOf(model), onPrepared: leave }
        yield* runCaptionJob(parts, job, signal)
        return { model: provenance }
      } finally {
        leave()
      }
    },

    score: (job, signal) =>
      inTurn(signal, async () => {
        const scoring = shelf.scoring(await shelf.find(job.scorerId))
        const { model } = await open(job.scorerId, scoring, signal)
        const { manifest, bundleSha256 } = model.bundle
        if (!model.scorer)
          throw new RealignError('bad-input', `${manifest.name} gives no scores`, {
            hint: 'Choose a bundle whose kind is scorer.',
          })
        const { rule, text, tokenizer } = model.scorer
        const source = { ...job, resize: 'bundle', image: 'own' } as const
        const image = await images.embedding(model, source)
        const scorer = { id: manifest.id, sha256: bundleSha256, scorer: rule, text, tokenizer }
        return scoreCaptions(scorer, { image, captions: job.captions }, signal)
      }),

    force: (job, signal) =>
      inTurn(signal, async () => {
        const variant = job.variant ?? (await ownVariant(job.captionerId))
        const { model } = await open(job.captionerId, variant, signal)
        return runForceJob({ model, images }, job, signal)
      }),

    async *adopt(folder, signal) {
      if (closed) throw new RealignError('host-gone', 'The engine was closed')
      const leave = await queue.enter(signal).start
      try {
        const { modelFolders: models, threads, quiet } = options
        return yield* adoptFolder({ folder, models, threads, quiet, opening }, signal)
      } finally {
        leave()
      }
    },

    async asSeen(captionerId, bytes, resize) {
      const { manifest } = await shelf.find(captionerId)
      const rule = squareRule(manifest.image, resize)
      return encodeSquare(await decodeSquare(bytes, rule), rule.size)
    },

    async countAltTokens(captionerId, altText) {
      const { rule, tokenizer } = await readerOf(captionerId)
      const ids = tokenizer.encode(altText)
      return { tokens: ids.length, cut: makeAltSlot(ids, rule).cut, limit: rule.altSlot.length }
    },

    async rowsTogether(captionerId) {
      const { captioner } = (await shelf.find(captionerId)).manifest
      return captioner ? (options.batch ?? rowsTogether(captioner)) : 1
    },

    async tokenTexts(captionerId, tokenIds) {
      const { rule, tokenizer } = await readerOf(captionerId)
      return splitText(spokenBytes(tokenIds, rule, tokenizer))
    },

    async knows(bundleId, imageId, resize) {
      return images.knows(await shelf.find(bundleId), imageId, resize)
    },

    inspect: inspectPicture,
    display: displayPicture,
    png: pngPicture,
    renderSvg,

    status(): EngineStatus {
      const state = closed ? 'stopped' : loading ? 'loading' : queue.length > 0 ? 'busy' : 'idle'
      return { state, queue: queue.length, device, tokensPerSecond }
    },

    async close() {
      if (closed) return
      closed = true
      const leave = await queue.enter().start // graphs are closed when nothing runs on them
      images.clear()
      await shelf.close()
      leave()
    },
  }
}

async function provenanceOf(
  { model, device }: LoadedModel,
  resize: string,
): Promise<ModelProvenance> {
  const { manifest, bundleSha256 } = model.bundle
  const rule = squareRule(manifest.image, resize)
  return {
    captionerId: manifest.id,
    bundleSha256,
    variant: model.variant,
    device: device.device,
    deviceReason: device.reason,
    preprocessing: describePreprocessing(manifest.image, rule, await decoderVersion()),
    runtime: `${await runtimeVersion()}, node ${process.versions.node}, ${process.platform} ${process.arch}`,
  }
}
