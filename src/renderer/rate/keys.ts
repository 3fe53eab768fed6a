/** Keys of the rating page: each action has one for either hand, none needs two, and every rater may choose others. */
export type Action =
  | { readonly kind: 'digit'; readonly digit: number; readonly tie: boolean }
  | { readonly kind: 'tie' | 'confirm' | 'back' | 'undo' | 'cannot' }
  | { readonly kind: 'note' | 'mark' | 'full' | 'model' | 'size' | 'help' | 'break' }
  | { readonly kind: 'view'; readonly zoom?: number; readonly x?: number; readonly y?: number }

interface Named {
  readonly id: string
  readonly keys: readonly string[]
  readonly what: string
  readonly action: Action
}

const card = (digit: number): Named => ({
  id: `card-${digit}`,
  keys: [String(digit)],
  what: `card ${digit}, or answer ${digit}`,
  action: { kind: 'digit', digit, tie: false },
})

/** In the order of the help. */
export const ACTIONS: readonly Named[] = [
  ...[1, 2, 3, 4, 5, 6, 7, 8].map(card),
  { id: 'tie', keys: ['=', 'x'], what: 'the same place as the last card', action: { kind: 'tie' } },
  { id: 'confirm', keys: ['Enter', ' '], what: 'confirm', action: { kind: 'confirm' } },
  {
    id: 'back',
    keys: ['Backspace', 'q'],
    what: 'take back the last press',
    action: { kind: 'back' },
  },
  {
    id: 'undo',
    keys: ['u', 'z'],
    what: 'undo the last confirmed answer',
    action: { kind: 'undo' },
  },
  { id: 'cannot', keys: ['0', '`'], what: 'cannot judge', action: { kind: 'cannot' } },
  { id: 'note', keys: ['n'], what: 'a note on this item', action: { kind: 'note' } },
  {
    id: 'mark',
    keys: ['w'],
    what: 'mark the words of a yes',
    action: { kind: 'mark' },
  },
  { id: 'break', keys: ['b'], what: 'a break', action: { kind: 'break' } },
  { id: 'full', keys: ['f'], what: 'the full picture', action: { kind: 'full' } },
  {
    id: 'model',
    keys: ['m'],
    what: 'the picture as the captioner got it',
    action: { kind: 'model' },
  },
  { id: 'size', keys: ['v'], what: 'fitted, 100, 200 or 400 %', action: { kind: 'size' } },
  { id: 'in', keys: ['+'], what: 'zoom in', action: { kind: 'view', zoom: 1.25 } },
  { id: 'out', keys: ['-'], what: 'zoom out', action: { kind: 'view', zoom: 0.8 } },
  { id: 'left', keys: ['ArrowLeft'], what: 'to the left', action: { kind: 'view', x: 10 } },
  { id: 'right', keys: ['ArrowRight'], what: 'to the right', action: { kind: 'view', x: -10 } },
  { id: 'up', keys: ['ArrowUp'], what: 'up', action: { kind: 'view', y: 10 } },
  { id: 'down', keys: ['ArrowDown'], what: 'down', action: { kind: 'view', y: -10 } },
  { id: 'help', keys: ['?'], what: 'these keys', action: { kind: 'help' } },
]

/** Keys of every action by its id. */
export type KeyMap = Readonly<Record<string, readonly string[]>>

export const DEFAULT_KEYS: KeyMap = Object.fromEntries(ACTIONS.map(({ id, keys }) => [id, keys]))

interface Pressed {
  readonly key: string
  readonly code: string
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
}

/** The page needs these itself, or they are no keys of their own. */
const TAKEN =
  /^(?:Tab|Escape|Shift|Control|Alt|AltGraph|Meta|CapsLock|Dead|Process|Unidentified|F\d+)$/

/** Shift changes what a digit key types, so the place of the key decides; letters count in either case. */
export function keyOf(event: Pressed): string | null {
  if (event.ctrlKey || event.metaKey || event.altKey || TAKEN.test(event.key)) return null
  const digit = /^(?:Digit|Numpad)([1-8])$/.exec(event.code)?.[1]
  return digit ?? (event.key.length === 1 ? event.key.toLowerCase() : event.key)
}

/** Words are being written there: no key of theirs is ours. */
export const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement

/** Shift and the key of a card: the same place as the last one. */
export function actionOf(event: Pressed, map: KeyMap = DEFAULT_KEYS): Action | null {
  const key = keyOf(event)
  const found = key === null ? undefined : ACTIONS.find(({ id }) => map[id]?.includes(key))
  if (found?.action.kind === 'digit') return { ...found.action, tie: event.shiftKey }
  return found?.action ?? null
}

/** One key for this action; whoever had it before goes without, but never without every key. */
export function withKey(map: KeyMap, id: string, key: string): KeyMap {
  const old = map[id] ?? []
  const entries = ACTIONS.map(({ id: other }): readonly [string, readonly string[]] => {
    if (other === id) return [other, [key]]
    const left = (map[other] ?? []).filter((one) => one !== key)
    return [other, left.length > 0 ? left : old.slice(0, 1)]
  })
  return Object.fromEntries(entries)
}

const NAMES: Readonly<Record<string, string>> = {
  ' ': 'Space',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
}

export const keyName = (key: string): string =>
  NAMES[key] ?? (key.length === 1 ? key.toUpperCase() : key)

/** The first key of an action, as its button shows it. */
export const shownKey = (map: KeyMap, id: string): string => keyName(map[id]?.[0] ?? '')
