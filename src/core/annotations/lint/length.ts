/** Captions that are too short to say anything, or too long to be read. Words as the metrics count them, without brackets. */
import { countedWords } from '../../metrics/caption-words.ts'
import type { Check } from './find.ts'
import { paragraphsOf } from './sentences.ts'

export const FEWEST_WORDS = 5
export const MOST_WORDS = 300
export const MOST_WORDS_OF_PARAGRAPH = 150

export const length: Check = function* ({ text }) {
  const words = countedWords(text).length
  if (words < FEWEST_WORDS)
    yield {
      at: null,
      message: `It has ${words} ${words === 1 ? 'word' : 'words'}; a caption needs ${FEWEST_WORDS} at least to say what a picture shows.`,
    }
  if (words > MOST_WORDS)
    yield {
      at: null,
      message: `It has ${words} words; the guideline asks for a concise caption, ${MOST_WORDS} at most.`,
    }
  for (const { from, to, text: paragraph } of paragraphsOf(text)) {
    const long = countedWords(paragraph).length
    if (long > MOST_WORDS_OF_PARAGRAPH)
      yield {
        at: { from, to },
        message: `This paragraph has ${long} words; the guideline asks to split one of more than ${MOST_WORDS_OF_PARAGRAPH}.`,
      }
  }
}
