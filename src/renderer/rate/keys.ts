/** Keys of the rating page. Each action has one for either hand; none needs two. */
export type Action =
  | { readonly kind: 'digit'; readonly digit: number; readonly tie: boolean }
  | { readonly kind: 'tie' | 'confirm' | 'back' | 'undo' | 'cannot' | 'full' | 'help' | 'break' }
  | { readonly kind: 'view'; readonly zoom?: number; readonly x?: number; readonly y?: number }

const NAMED: Readonly<Record<string, Action>> = {
  '=': { kind: 'tie' },
  x: { kind: 'tie' },
  Enter: { kind: 'confirm' },
  ' ': { kind: 'confirm' },
  Backspace: { kind: 'back' },
  q: { kind: 'back' },
  u: { kind: 'undo' },
  z: { kind: 'undo' },
  '0': { kind: 'cannot' },
  '`': { kind: 'cannot' },
  f: { kind: 'full' },
  '?': { kind: 'help' },
  b: { kind: 'break' },
  '+': { kind: 'view', zoom: 1.25 },
  '-': { kind: 'view', zoom: 0.8 },
  ArrowLeft: { kind: 'view', x: 10 },
  ArrowRight: { kind: 'view', x: -10 },
  ArrowUp: { kind: 'view', y: 10 },
  ArrowDown: { kind: 'view', y: -10 },
}

export const KEYS: readonly (readonly [string, string])[] = [
  ['1 to 8', 'place a card, or choose an answer'],
  ['= or X, Shift and the digit', 'the same place as the last card'],
  ['Enter or Space', 'confirm'],
  ['Backspace or Q', 'take back the last press'],
  ['U or Z', 'undo the last confirmed answer'],
  ['0 or `', 'cannot judge'],
  ['+ - and arrows', 'zoom and pan'],
  ['F', 'full picture'],
  ['B', 'break'],
  ['?', 'these keys'],
]

/** Shift changes what a digit key types, so the place of the key decides. */
export function actionOf(event: {
  readonly key: string
  readonly code: string
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
}): Action | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null
  const digit = /^(?:Digit|Numpad)([1-8])$/.exec(event.code)?.[1]
  if (digit) return { kind: 'digit', digit: Number(digit), tie: event.shiftKey }
  return NAMED[event.key.length === 1 ? event.key.toLowerCase() : event.key] ?? null
}
