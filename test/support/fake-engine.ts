/** A deterministic stand-in for the engine, with no model and no clock. Alt-texts are sentinels that trigger its faults. */
import { createHash } from 'node:crypto'
import type {
  CaptionEngine,
  CaptionEvent,
  CaptionJob,
  CaptionRequest,
  CaptionResult,
  ModelProvenance,
  PictureReader,
} from '../../src/core/ports.ts'
import { cancelled, RealignError, throwIfAborted, type ErrorCode } from '../../src/shared/errors.ts'
import type { BundleSummary } from '../../src/shared/types.ts'
import { createFakePictures } from './fake-pictures.ts'

/** Alt-texts that make the fake engine fail, each in its own way. */
export const SENTINELS = {
  /** The engine process dies after the first word. */
  boom: 'boom',
  /** One word, then silence until cancelled. */
  slow: 'slow',
  /** An error that is nobody's plan. */
  bug: 'bug',
  /** Log-probabilities that are no numbers. */
  nan: 'nan',
  /** Out of memory on this image. */
  oom: 'oom',
  /** The caption comes, the scorer fails on it. */
  unscorable: 'unscorable',
  /** The job ends without this caption. */
  mute: 'mute',
} as const

const hash = (text: string) => createHash('sha256').update(text).digest('hex')
const numberOf = (text: string) => Number.parseInt(hash(text).slice(0, 8), 16)

export const FAKE_CAPTIONER: BundleSummary = {
  id: 'fake-captioner',
  name: 'Fake captioner',
  version: '1',
  roles: ['captioner'],
  bundleSha256: hash('fake captioner'),
  sizeBytes: 1000,
  variants: ['fp32'],
  altSlot: 16,
  imageSize: 64,
  resize: 'squash',
  encoderSha256: hash('encoder'),
  licence: 'MIT',
  note: 'A stand-in for tests',
  state: 'ready',
  problem: null,
  device: { device: 'cpu', reason: 'fake', goldenDiff: 0 },
}
export const FAKE_SCORER: BundleSummary = {
  ...FAKE_CAPTIONER,
  id: 'fake-scorer',
  name: 'Fake scorer',
  roles: ['scorer'],
  bundleSha256: hash('fake scorer'),
  altSlot: null,
}

export interface FakeEngineOptions {
  readonly bundles?: readonly BundleSummary[]
  readonly pictures?: PictureReader
  /** Waits before each word; tests that only look at order leave it out. */
  readonly wordDelayMs?: number
  /** Captions that a run asks at the same time; left out: one job after another. */
  readonly rowsTogether?: number
  /** Images at whose first word the engine process ends, and what every job under way then fails with. */
  readonly ends?: ReadonlyMap<string, ErrorCode>
}

export interface FakeEngine extends CaptionEngine, PictureReader {
  /** What happened, in order: 'word', 'stopped', 'finished KEY', 'scored N'. */
  readonly log: readonly string[]
  /** How many captions were computed so far. */
  readonly captioned: () => number
  /** Resolves when a job has ended, by whatever door. */
  readonly stopped: Promise<void>
  /** Most jobs that ever ran at the same time. */
  readonly mostAtOnce: () => number
}

const COLOURS = ['amber', 'teal', 'grey', 'violet', 'rust', 'olive', 'navy', 'rose']

export function fakeWords(imageId: string, request: Pick<CaptionRequest, 'altText' | 'seed'>) {
  const pick = numberOf(`${imageId} ${request.altText} ${request.seed}`)
  const colour = COLOURS[pick % COLOURS.length] ?? 'plain'
  const subject = request.altText === '' ? 'a thing' : request.altText
  return `A drawing of ${subject} in ${colour} tones, sample ${pick % 1000}.`.split(' ')
}

export function createFakeEngine(options: FakeEngineOptions = {}): FakeEngine {
  const { bundles = [FAKE_CAPTIONER, FAKE_SCORER], wordDelayMs } = options
  const pictures = options.pictures ?? createFakePictures()
  const log: string[] = []
  const stopped = Promise.withResolvers<void>()
  let captioned = 0
  let atOnce = 0
  let most = 0
  let life = new AbortController()

  const model = (job: CaptionJob): ModelProvenance => ({
    captionerId: job.captionerId,
    bundleSha256: bundles.find((one) => one.id === job.captionerId)?.bundleSha256 ?? '',
    variant: job.settings.variant,
    device: 'cpu',
    deviceReason: 'fake',
    preprocessing: `${job.settings.resize} 64`,
    runtime: 'fake 1.0',
  })

  const pause = (signal: AbortSignal) =>
    wordDelayMs === undefined
      ? Promise.resolve()
      : new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, wordDelayMs)
          signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true })
        })

  const untilAborted = (signal: AbortSignal) =>
    new Promise<never>((_resolve, reject) => {
      if (signal.aborted) reject(cancelled())
      signal.addEventListener('abort', () => reject(cancelled()), { once: true })
    })

  async function* speak(
    job: CaptionJob,
    request: CaptionRequest,
    signal: AbortSignal,
  ): AsyncGenerator<CaptionEvent, void> {
    const { key, altText } = request
    const { prefix } = request
    const mine = life.signal
    const words = fakeWords(job.imageId, request)
    if (prefix) words.splice(prefix.length - 1, Infinity, `t${prefix.at(-1)}`, 'and', 'so', 'on.')
    for (let count = 1; count <= words.length; count++) {
      await pause(signal)
      throwIfAborted(signal)
      const code = options.ends?.get(job.imageId)
      if (code && !mine.aborted) {
        life.abort(new RealignError(code, 'The engine process ended'))
        life = new AbortController()
      }
      if (mine.aborted) throw mine.reason
      log.push('word')
      yield { kind: 'token', key, text: words.slice(0, count).join(' '), tokens: count }
      if (altText === SENTINELS.boom)
        throw new RealignError('engine-crashed', 'The engine stopped (SIGSEGV)')
      if (altText === SENTINELS.slow) await untilAborted(signal)
      if (altText === SENTINELS.bug) throw new Error('index out of range')
      if (altText === SENTINELS.oom) throw new RealignError('out-of-memory', 'Out of memory')
    }
    if (altText === SENTINELS.mute) return
    const text = words.join(' ')
    const tokenIds = words.map((word, at) => prefix?.[at] ?? numberOf(word) % 50_000)
    const logProbs = words.map((word, index) =>
      altText === SENTINELS.nan ? NaN : -((numberOf(`${word} ${index}`) % 1000) / 250),
    )
    captioned++
    log.push(`finished ${key}`)
    yield {
      kind: 'caption',
      model: model(job),
      caption: {
        key,
        text,
        tokenIds,
        logProbs,
        finish: 'length',
        altTokens: altText === '' ? 0 : altText.split(/\s+/).length,
        altCut: altText.split(/\s+/).length > 16,
        timings: { encodeMs: 1, prefillMs: 2, decodeMs: 3 },
      },
    }
  }

  async function* caption(
    job: CaptionJob,
    signal: AbortSignal,
  ): AsyncGenerator<CaptionEvent, CaptionResult> {
    most = Math.max(most, ++atOnce)
    try {
      yield { kind: 'loading', phase: 'decoder', fraction: 1 }
      yield { kind: 'encoding' }
      await job.bytes()
      for (const request of job.requests) yield* speak(job, request, signal)
      return { model: model(job) }
    } finally {
      atOnce--
      log.push('stopped')
      stopped.resolve()
    }
  }

  return {
    log,
    captioned: () => captioned,
    stopped: stopped.promise,
    mostAtOnce: () => most,
    ...pictures,
    caption,
    ...(options.rowsTogether !== undefined && {
      rowsTogether: () => Promise.resolve(options.rowsTogether ?? 1),
    }),
    bundles: () => Promise.resolve(bundles),
    async check(bundleId) {
      const found = bundles.find((one) => one.id === bundleId)
      if (!found) throw new RealignError('model-missing', `There is no bundle named ${bundleId}`)
      return found
    },
    async score({ scorerId, captions, bytes }, signal) {
      throwIfAborted(signal)
      await bytes()
      if (captions.some(({ text }) => text.includes(SENTINELS.unscorable)))
        throw new RealignError('engine-crashed', 'The scorer stopped')
      log.push(`scored ${captions.length}`)
      return captions.map(({ key, text }) => ({
        key,
        clip: (numberOf(text) % 4000) / 100,
        clipS: (numberOf(text) % 4000) / 4000,
        perSentence: [{ text, clip: (numberOf(text) % 4000) / 100 }],
        tokens: text.split(' ').length,
        truncated: false,
        coveredChars: text.length,
        policy: 'truncate-keep-end',
        scorerId,
        scorerSha256: bundles.find((one) => one.id === scorerId)?.bundleSha256 ?? '',
      }))
    },
    force: (job) =>
      Promise.resolve({
        tokens: job.tokenIds.map((id) => ({ id, text: `t${id}` })),
        contexts: job.contexts.map(({ key, altText, image }) => ({
          key,
          tokens: job.tokenIds.map((id) => ({
            logProb: -((numberOf(`${id} ${altText} ${JSON.stringify(image)}`) % 1000) / 250),
            rank: (id % 40) + 1,
            alternatives: [0, 1, 2, 3, 4].slice(0, job.alternatives).map((step) => ({
              id: id + step,
              text: `t${id + step}`,
              logProb: -0.5 - step,
            })),
          })),
        })),
      }),
    asSeen: (_captionerId, bytes) => Promise.resolve(bytes),
    countAltTokens(_captionerId, altText) {
      const tokens = altText.trim() === '' ? 0 : altText.trim().split(/\s+/).length
      return Promise.resolve({ tokens: Math.min(tokens, 16), cut: tokens > 16, limit: 16 })
    },
    tokenTexts: (_captionerId, ids) => Promise.resolve(ids.map((id) => `t${id}`)),
    status: () => ({
      state: atOnce > 0 ? 'busy' : 'idle',
      queue: 0,
      device: FAKE_CAPTIONER.device,
      tokensPerSecond: null,
    }),
    close: () => Promise.resolve(),
  }
}
