/** Selected images with cells of any caption, for the tests of the publisher. */
import { createHash, randomUUID } from 'node:crypto'
import type { SelectedCell, SelectedImage } from '../../../src/core/publish/selection.ts'
import { DEFAULT_SETTINGS, type AltKind, type Cell, type Score } from '../../../src/shared/types.ts'

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

export const scored = (clip: number, scorer = 'scorer'): Score => ({
  scorerId: scorer,
  scorerSha256: sha256(scorer),
  clip,
  clipS: clip / 40,
  perSentence: [],
  tokens: 9,
  truncated: false,
  coveredChars: 9,
  policy: 'truncate-keep-end',
  sharesEncoder: false,
})

export function cellOf(caption: string, more: Partial<Cell> = {}): Cell {
  return {
    id: randomUUID(),
    runId: '11111111-2222-4333-8444-555555555555',
    imageId: sha256('image'),
    altKind: 'free',
    altText: 'great gray owl',
    captionerId: 'builtin',
    seed: 7,
    caption,
    tokenCount: 12,
    logProb: -20.5,
    score: null,
    provenance: {
      captionerId: 'builtin',
      bundleSha256: sha256('bundle'),
      variant: 'fp32',
      device: 'cpu',
      deviceReason: 'test',
      preprocessing: 'squash 64',
      runtime: 'test',
      appVersion: '0.0.0',
      settings: DEFAULT_SETTINGS,
      seed: 7,
      altTokens: 3,
      altCut: false,
      finish: 'eos',
      encodeMs: 1,
      prefillMs: 1,
      decodeMs: 1,
      notes: [],
    },
    createdAt: '2026-01-01T00:00:00.000Z',
    ...more,
  }
}

export const selectedCell = (altKind: AltKind, more: Partial<Cell> = {}): SelectedCell => ({
  altKind,
  cell: cellOf(more.caption ?? `a caption under ${altKind}`, { altKind, ...more }),
})

export const imageOf = (name: string, cells: readonly SelectedCell[]): SelectedImage => ({
  image: { id: sha256(name), name, className: null },
  cells,
  leftOut: 0,
})

export const OPTIONS = {
  baseline: 'empty',
  appVersion: '0.0.0',
  sha256,
  names: new Map([['builtin', 'Realign built-in']]),
} as const

/** One image whose name, alt-text and caption are all the same text. */
export const imageSaying = (text: string): SelectedImage =>
  imageOf(text, [{ altKind: 'free', cell: cellOf(text, { altText: text }) }])
