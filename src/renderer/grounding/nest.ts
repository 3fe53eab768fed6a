/** Stretches that may overlap as any two can, turned into nested elements over a text. Read in order, the leaves are the text again. */
import { borders, type Stretch } from './code-points.ts'

export interface Layer<T> extends Stretch {
  readonly what: T
}

/** A plain run of text. */
export interface Leaf {
  readonly kind: 'text'
  readonly start: number
  readonly text: string
}

/** A layer, or the part of one that its neighbours left whole. */
export interface Branch<T> extends Layer<T> {
  readonly kind: 'layer'
  /** False where the layer began in an element before this one. */
  readonly opens: boolean
  /** False where it goes on in an element after this one. */
  readonly closes: boolean
  readonly children: readonly Nested<T>[]
}

export type Nested<T> = Leaf | Branch<T>

interface Part<T> extends Layer<T> {
  readonly opens: boolean
  readonly closes: boolean
  /** Place in the list that was given: of equal stretches, the earlier lies outside. */
  readonly order: number
}

const outsideFirst = <T>(a: Part<T>, b: Part<T>): number =>
  a.start - b.start || b.end - a.end || a.order - b.order

/** Cuts a part at a border inside it. */
const cut = <T>(part: Part<T>, at: number): readonly Part<T>[] =>
  part.end <= at
    ? [part]
    : [
        { ...part, end: at, closes: false },
        { ...part, start: at, opens: false },
      ]

interface Range {
  readonly slice: (start: number, end: number) => string
  readonly from: number
  readonly to: number
}

function build<T>({ slice, from, to }: Range, parts: readonly Part<T>[]): readonly Nested<T>[] {
  const built: Nested<T>[] = []
  const text = (start: number, end: number) => {
    if (start < end) built.push({ kind: 'text', start, text: slice(start, end) })
  }
  let waiting = [...parts].sort(outsideFirst)
  let at = from
  for (let next = waiting[0]; next; next = waiting[0]) {
    const { order: _order, ...outer } = next
    text(at, outer.start)
    const inside: Part<T>[] = []
    const after: Part<T>[] = []
    for (const part of waiting.slice(1))
      if (part.start >= outer.end) after.push(part)
      else {
        const [first, rest] = cut(part, outer.end)
        if (first) inside.push(first)
        if (rest) after.push(rest)
      }
    const children = build({ slice, from: outer.start, to: outer.end }, inside)
    built.push({ kind: 'layer', ...outer, children })
    at = outer.end
    waiting = after.sort(outsideFirst)
  }
  text(at, to)
  return built
}

/** Layers beyond the text are cut to it, empty ones left out. */
export function nest<T>(text: string, layers: readonly Layer<T>[]): readonly Nested<T>[] {
  const at = borders(text)
  const last = at.length - 1
  const parts = layers.flatMap(({ start, end, what }, order): Part<T>[] => {
    const [from, to] = [Math.max(0, start), Math.min(last, end)]
    return from < to ? [{ start: from, end: to, what, order, opens: true, closes: true }] : []
  })
  const slice = (start: number, end: number) => text.slice(at[start], at[end])
  return build({ slice, from: 0, to: last }, parts)
}
