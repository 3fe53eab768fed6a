/** One answer while it is being given, key by key. Pure: the page shows it, tests drive it. */
import type { Answer, Criterion, Span } from '../../shared/study-types.ts'

export interface Draft {
  /** What was pressed, oldest first; taking back drops the last one. */
  readonly presses: readonly Press[]
  /** Flags: words marked, one span a word. */
  readonly spans: readonly Span[]
}

export type Press =
  | { readonly kind: 'card'; readonly slot: number; readonly tie: boolean }
  | { readonly kind: 'value'; readonly value: number }

export const EMPTY: Draft = { presses: [], spans: [] }

/** Without the last press, and without the words that were marked for it. */
export function takeBack({ presses, spans }: Draft, labels = 1): Draft {
  const left = presses.slice(0, -1)
  return {
    presses: left,
    spans: spans.filter(({ slot, label }) => (slot - 1) * labels + label < left.length),
  }
}

/** Places so far, best first. */
export function buckets({ presses }: Draft): readonly (readonly number[])[] {
  const out: number[][] = []
  for (const press of presses) {
    if (press.kind !== 'card') continue
    const last = out.at(-1)
    if (press.tie && last) last.push(press.slot)
    else out.push([press.slot])
  }
  return out
}

const values = ({ presses }: Draft): readonly number[] =>
  presses.flatMap((press) => (press.kind === 'value' ? [press.value] : []))

/** How many answers make this one whole. */
export function wanted(criterion: Criterion, cards: number): number {
  switch (criterion.format) {
    case 'ranking':
      return cards
    case 'best':
    case 'pair':
      return 1
    case 'best-worst':
      return 2
    case 'rubric':
      return cards
    case 'flags':
      return cards * criterion.labels.length
  }
}

export const levelsOf = (criterion: Criterion): readonly string[] =>
  criterion.nearlyIdentical
    ? [...criterion.labels, 'nearly the same text']
    : criterion.format === 'flags'
      ? ['yes', 'no', 'cannot tell']
      : criterion.labels

/** A digit key. Digits that mean nothing here change nothing. */
export function pressDigit(
  draft: Draft,
  digit: number,
  about: { readonly criterion: Criterion; readonly cards: number; readonly tie: boolean },
): Draft {
  const { criterion, cards, tie } = about
  const { presses } = draft
  const { format } = criterion
  if (format === 'pair') {
    const known = digit >= 1 && digit <= levelsOf(criterion).length
    return known ? { ...draft, presses: [{ kind: 'value', value: digit }] } : draft
  }
  if (format === 'rubric' || format === 'flags') {
    const known = digit >= 1 && digit <= levelsOf(criterion).length
    const full = presses.length >= wanted(criterion, cards)
    return known && !full
      ? { ...draft, presses: [...presses, { kind: 'value', value: digit }] }
      : draft
  }
  if (digit < 1 || digit > cards) return draft
  const used = presses.some((press) => press.kind === 'card' && press.slot === digit)
  if (used) return draft
  const press: Press = { kind: 'card', slot: digit, tie: tie && criterion.ties }
  if (format === 'best') return { ...draft, presses: press.tie ? [...presses, press] : [press] }
  return presses.length >= wanted(criterion, cards)
    ? draft
    : { ...draft, presses: [...presses, press] }
}

/** The answer, once it is whole. */
export function answerOf(draft: Draft, criterion: Criterion, cards: number): Answer | null {
  const given = values(draft)
  const placed = buckets(draft)
  switch (criterion.format) {
    case 'ranking':
      return placed.flat().length === cards
        ? { format: 'ranking', order: placed.map((bucket) => [...bucket]) }
        : null
    case 'best': {
      const slots = placed.flat()
      return slots.length > 0 ? { format: 'best', slots } : null
    }
    case 'best-worst': {
      const [best, worst] = placed.flat()
      return best === undefined || worst === undefined
        ? null
        : { format: 'best-worst', best, worst }
    }
    case 'pair': {
      const [digit] = given
      if (digit === undefined) return null
      if (digit > criterion.labels.length) return { format: 'pair', value: 0, identical: true }
      return { format: 'pair', value: digit - (criterion.labels.length + 1) / 2, identical: false }
    }
    case 'rubric':
      return given.length === cards ? { format: 'rubric', values: [...given] } : null
    case 'flags': {
      const each = criterion.labels.length
      if (given.length < cards * each) return null
      return {
        format: 'flags',
        values: Array.from({ length: cards }, (_, card) =>
          given
            .slice(card * each, (card + 1) * each)
            .map((digit) => (digit === 3 ? null : digit === 1)),
        ),
        ...(draft.spans.length > 0 && { spans: joined(draft.spans) }),
      }
    }
  }
}

/** The draft in words, for the line that a screen reader hears. */
export function inWords(draft: Draft, criterion: Criterion): string {
  const given = values(draft)
  const levels = levelsOf(criterion)
  switch (criterion.format) {
    case 'ranking':
      return buckets(draft)
        .map((bucket) => bucket.join(' = '))
        .join(' > ')
    case 'best':
      return buckets(draft).flat().join(' = ')
    case 'best-worst': {
      const [best, worst] = buckets(draft).flat()
      return `${best === undefined ? '' : `best ${best}`}${worst === undefined ? '' : `, worst ${worst}`}`
    }
    case 'pair':
      return levels[(given[0] ?? 0) - 1] ?? ''
    case 'rubric':
      return given.map((mark, card) => `card ${card + 1}: ${levels[mark - 1] ?? ''}`).join(', ')
    case 'flags': {
      const said = given.map((digit) => levels[digit - 1] ?? '')
      const each = criterion.labels.length
      return Array.from({ length: Math.ceil(said.length / each) }, (_, card) => {
        const own = said.slice(card * each, (card + 1) * each)
        return `card ${card + 1}: ${own.join(', ')}`
      }).join('; ')
    }
  }
}

/** What stands beside a card that was chosen; '' where it was not. */
export function placeInWords(draft: Draft, criterion: Criterion, slot: number): string {
  const { format } = criterion
  if (format === 'rubric') return levelsOf(criterion)[(values(draft)[slot - 1] ?? 0) - 1] ?? ''
  const places = buckets(draft)
  if (format === 'best-worst') return ['best', 'worst'][places.flat().indexOf(slot)] ?? ''
  const place = places.findIndex((bucket) => bucket.includes(slot)) + 1
  if (place === 0) return ''
  return format === 'best' ? 'best' : `place ${place}`
}

/** What the next digit is about, for formats that go card by card. */
export function nextStep(draft: Draft, criterion: Criterion, cards: number): string {
  const at = values(draft).length
  if (at >= wanted(criterion, cards)) return ''
  if (criterion.format === 'rubric') return `card ${at + 1}`
  if (criterion.format !== 'flags') return ''
  const each = criterion.labels.length
  return `card ${Math.floor(at / each) + 1}: ${criterion.labels[at % each] ?? ''}`
}

/** The yes that was given last: words of its card can be marked for it. */
export function markable(
  draft: Draft,
  criterion: Criterion,
): { readonly slot: number; readonly label: number } | null {
  const given = values(draft)
  if (criterion.format !== 'flags' || given.at(-1) !== 1) return null
  const each = criterion.labels.length
  const at = given.length - 1
  return { slot: Math.floor(at / each) + 1, label: at % each }
}

const same = (a: Span, b: Span): boolean =>
  a.slot === b.slot && a.label === b.label && a.start === b.start

/** Marks a word, or takes its mark away. */
export const toggleSpan = (draft: Draft, span: Span): Draft => ({
  ...draft,
  spans: draft.spans.some((one) => same(one, span))
    ? draft.spans.filter((one) => !same(one, span))
    : [...draft.spans, span],
})

/** Words with one letter between them become one span. */
function joined(words: readonly Span[]): Span[] {
  const out: Span[] = []
  const sorted = words.toSorted((a, b) => a.slot - b.slot || a.label - b.label || a.start - b.start)
  for (const one of sorted) {
    const last = out.at(-1)
    const near = last?.slot === one.slot && last.label === one.label && one.start - last.end <= 1
    if (last && near) out[out.length - 1] = { ...last, end: one.end }
    else out.push(one)
  }
  return out
}
