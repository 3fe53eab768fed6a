/** Rows for store tests, made without any engine. */
import { createHash } from 'node:crypto'
import type { NewCaption, NewImage } from '../../src/core/store-port.ts'
import { DEFAULT_SETTINGS, type Score } from '../../src/shared/types.ts'

const hash = (text: string) => createHash('sha256').update(text).digest('hex')

export function someImage(n: number): NewImage {
  const bytes = new TextEncoder().encode(`FAKE picture ${n}`)
  return {
    id: createHash('sha256').update(bytes).digest('hex'),
    name: `picture-${String(n).padStart(5, '0')}.jpg`,
    sourcePath: null,
    bytes,
    thumbnail: new Uint8Array([n % 256, 2, 3]),
    width: 64,
    height: 48,
    format: 'jpeg',
    sizeBytes: bytes.byteLength,
    notes: [],
    className: null,
    group: null,
    truth: null,
    altTexts: [],
    addedAt: '2026-01-01T00:00:00.000Z',
  }
}

export interface CaptionOptions {
  readonly runId: string
  readonly image?: number
  readonly altText?: string
  readonly seed?: number
  readonly text?: string
}

export function someCaption(options: CaptionOptions): NewCaption {
  const { runId, image = 1, altText = 'a bird', seed = 7, text } = options
  const words = (text ?? `A drawing of ${altText}, number ${seed}.`).split(' ')
  return {
    identity: {
      imageId: someImage(image).id,
      altText,
      captionerId: 'c',
      bundleSha256: hash('bundle'),
      settings: DEFAULT_SETTINGS,
      seed,
    },
    runId,
    altKind: 'free',
    text: words.join(' '),
    tokenIds: words.map((word) => word.length * 100),
    logProbs: words.map((word) => -word.length / 8),
    provenance: {
      captionerId: 'c',
      bundleSha256: hash('bundle'),
      variant: 'fp32',
      device: 'cpu',
      deviceReason: 'test',
      preprocessing: 'squash',
      runtime: 'test',
      appVersion: '0',
      settings: DEFAULT_SETTINGS,
      seed,
      altTokens: 2,
      altCut: false,
      finish: 'length',
      encodeMs: 1,
      prefillMs: 2,
      decodeMs: 3,
      notes: [],
    },
    createdAt: '2026-01-01T00:00:00.000Z',
  }
}

export const someScore = (): Score => ({
  scorerId: 's',
  scorerSha256: hash('scorer'),
  clip: 31.25,
  clipS: 0.78,
  perSentence: [],
  tokens: 9,
  truncated: false,
  coveredChars: 20,
  policy: 'truncate-keep-end',
  sharesEncoder: true,
})
