/** The next guess of a rater: the same whether a server asks it or a task file. */
import type { GuessQuestion } from './contract/studies.ts'
import type { Guess, Trial } from './study-types.ts'

/** null when every question has its guess. `cardsOf`: the cards of an item as this rater saw them. */
export function openGuess(
  questions: readonly GuessQuestion[],
  isMade: (trialId: string) => boolean,
  cardsOf: (trialId: string) => Trial['cards'],
): Guess | null {
  const open = questions.filter(({ trialId }) => !isMade(trialId))
  const [now] = open
  if (!now) return null
  const { trialId, like } = now
  const text = cardsOf(like.trialId).find(({ slot }) => slot === like.slot)?.text ?? ''
  return { trialId, like: { ...like, text }, cards: cardsOf(trialId), left: open.length }
}
