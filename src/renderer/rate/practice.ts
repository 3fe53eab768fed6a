/** Three drawn items to try the keys on: every rater gets the same, none is of a study, nothing of them is kept. */
import type { Answer, RateState, Trial } from '../../shared/study-types.ts'

interface PracticeCard {
  readonly text: string
  /** 'right' says what is there; 'vague' is true and says little; 'wrong' says something that is not there. */
  readonly kind: 'right' | 'vague' | 'wrong'
  /** What is wrong about it. */
  readonly fault?: string
}

interface PracticeItem {
  /** Shapes of an SVG of 300 x 200. */
  readonly drawing: string
  readonly altText: string
  readonly cards: readonly PracticeCard[]
}

const ITEMS: readonly PracticeItem[] = [
  {
    drawing:
      '<circle cx="90" cy="100" r="55" fill="#c03a2b"/><rect x="170" y="50" width="100" height="100" fill="#2456a6"/>',
    altText: 'red circle',
    cards: [
      { text: 'A red circle to the left of a blue square.', kind: 'right' },
      {
        text: 'A red circle to the left of a green triangle.',
        kind: 'wrong',
        fault: 'there is no green triangle',
      },
      { text: 'A circle and a square.', kind: 'vague' },
    ],
  },
  {
    drawing:
      '<path d="M20 150H280" stroke="#333" stroke-width="6"/><circle cx="70" cy="90" r="24" fill="#e0b020"/><circle cx="150" cy="70" r="24" fill="#e0b020"/><circle cx="230" cy="90" r="24" fill="#e0b020"/>',
    altText: 'dots over a line',
    cards: [
      { text: 'Some dots.', kind: 'vague' },
      {
        text: 'Four yellow dots above a dark line.',
        kind: 'wrong',
        fault: 'there are three dots and not four',
      },
      { text: 'Three yellow dots above a dark line.', kind: 'right' },
    ],
  },
  {
    drawing:
      '<path d="M150 15 280 185H20Z" fill="#8a8f94"/><circle cx="150" cy="130" r="32" fill="#d9772b"/>',
    altText: 'an orange ball',
    cards: [
      {
        text: 'A grey triangle inside an orange circle.',
        kind: 'wrong',
        fault: 'the circle is inside the triangle',
      },
      { text: 'An orange circle inside a grey triangle.', kind: 'right' },
      { text: 'A grey shape with something in it.', kind: 'vague' },
    ],
  },
]

export const PRACTICE_ITEMS = ITEMS.length

const itemAt = (at: number): PracticeItem => ITEMS[at] as PracticeItem

export const practiceSvg = (at: number): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 200" width="900" height="600"><rect width="300" height="200" fill="#fff"/>${itemAt(at).drawing}</svg>`

/** A pair has two cards: the right one and the wrong one. */
const cardsOf = (at: number, pair: boolean): readonly PracticeCard[] =>
  itemAt(at).cards.filter(({ kind }) => !pair || kind !== 'vague')

/** The state of a rater who practises: the study's own questions in turn, and nothing to undo. */
export function practiceState(state: RateState, at: number): RateState & { readonly trial: Trial } {
  const criterion = state.criteria[at % state.criteria.length]
  const pair = criterion?.format === 'pair'
  return {
    ...state,
    done: at,
    total: ITEMS.length,
    trial: {
      trialId: `practice-${at}`,
      altText: criterion?.altText === 'shown' ? itemAt(at).altText : null,
      cards: cardsOf(at, pair).map(({ text }, slot) => ({ slot: slot + 1, text })),
      answered: [],
      criterion: criterion?.id ?? '',
      canReveal: false,
      note: '',
      modelView: false,
    },
    nextTrialId: null,
    undo: null,
  }
}

/** Slots that the answer puts first, from 1; null where it puts none there. */
function firsts(answer: Answer): readonly number[] | null {
  switch (answer.format) {
    case 'ranking':
      return answer.order[0] ?? null
    case 'best':
      return answer.slots
    case 'best-worst':
      return [answer.best]
    case 'pair':
      return answer.value === 0 ? [1, 2] : [answer.value < 0 ? 1 : 2]
    case 'rubric': {
      const most = Math.max(...answer.values)
      return answer.values.flatMap((value, slot) => (value === most ? [slot + 1] : []))
    }
    case 'flags':
    case 'cannot-judge':
      return null
  }
}

/** What there is to learn from this answer, in a sentence or two. */
export function practiceFeedback(at: number, answer: Answer): string {
  const cards = cardsOf(at, answer.format === 'pair')
  const slotOf = (kind: PracticeCard['kind']) => cards.findIndex((one) => one.kind === kind) + 1
  const wrong = cards[slotOf('wrong') - 1]
  const truth = `Card ${slotOf('right')} says what is there. Card ${slotOf('wrong')} does not: ${wrong?.fault ?? ''}.`
  const first = firsts(answer)
  if (first === null) return truth
  if (first.includes(slotOf('wrong')))
    return `${truth} A caption that says what is not there should not come first.`
  if (first.includes(slotOf('vague')))
    return `${truth} Card ${slotOf('vague')} is true as well; card ${slotOf('right')} is as true and says more.`
  return `Yes. ${truth}`
}
