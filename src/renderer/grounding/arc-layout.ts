/** Where the words and the arcs between them lie: alt-text words on the left, the caption words that hang on them on the right. */
import type { WordOcclusion } from '../stores/lens.ts'

export const ROW = 21
export const WIDTH = 272
/** Columns for the words on both sides. */
const SIDE = 104
const LONGEST = 15

export interface PlacedWord {
  readonly index: number
  readonly text: string
  /** As much as fits. */
  readonly shown: string
  readonly y: number
}

export interface PlacedArc {
  readonly altWord: number
  readonly word: number
  readonly effect: number
  readonly path: string
  /** 0 to 1: share of the strongest. */
  readonly strength: number
}

export interface ArcLayout {
  readonly height: number
  readonly left: readonly PlacedWord[]
  readonly right: readonly PlacedWord[]
  readonly arcs: readonly PlacedArc[]
}

function shorten(text: string): string {
  const points = Array.from(text)
  return points.length > LONGEST ? `${points.slice(0, LONGEST - 1).join('')}…` : text
}

/** Rows of a column in the middle of the figure. */
function column(words: readonly { readonly index: number; readonly text: string }[], rows: number) {
  const top = ((rows - words.length) * ROW) / 2
  return words.map(({ index, text }, row): PlacedWord => ({
    ...{ index, text, shown: shorten(text) },
    y: top + (row + 0.5) * ROW,
  }))
}

export function layOutArcs({ altWords, words, arcs }: WordOcclusion): ArcLayout {
  const reached = new Set(arcs.map(({ word }) => word))
  const lefts = altWords.map(({ text }, index) => ({ index, text }))
  const rights = words.flatMap(({ text }, index) => (reached.has(index) ? [{ index, text }] : []))
  const rows = Math.max(lefts.length, rights.length, 1)
  const [left, right] = [column(lefts, rows), column(rights, rows)]
  const strongest = Math.max(...arcs.map(({ effect }) => effect), 0)
  const [from, to] = [SIDE, WIDTH - SIDE]
  const bend = (to - from) / 2
  const placed = arcs.flatMap(({ altWord, word, effect }): PlacedArc[] => {
    const start = left.find(({ index }) => index === altWord)
    const end = right.find(({ index }) => index === word)
    if (!start || !end) return []
    const path = `M${from} ${start.y}C${from + bend} ${start.y} ${to - bend} ${end.y} ${to} ${end.y}`
    return [{ altWord, word, effect, path, strength: effect / strongest }]
  })
  return { height: rows * ROW, left, right, arcs: placed }
}
