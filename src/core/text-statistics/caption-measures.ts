/** What one caption is, beside the alt-text it was made from: its words, sentences, what it keeps of the alt-text. */
import { sentencesOf } from '../annotations/lint/sentences.ts'
import { countedWords } from '../metrics/caption-words.ts'
import { copiedOf, type Copied } from './copied.ts'
import { entitiesKept, entitiesOf, type Entity, type EntityCounts } from './entities.ts'

export interface CaptionMeasures {
  /** As the reference metrics count them, without brackets. */
  readonly words: readonly string[]
  readonly sentences: number
  /** Of the alt-text; null where there is none. */
  readonly entities: EntityCounts | null
  /** Null where no alt-text was given, or one too short to tell. */
  readonly copied: Copied | null
}

export interface GivenTexts {
  /** What its captioner was given; '' for none. */
  readonly given: string
  /** The image's own alt-text: whose entities are looked for in captions that were given none. */
  readonly own: string
}

const SAYS = /[\p{L}\p{N}]/u

export const countSentences = (text: string): number =>
  sentencesOf(text).filter((one) => SAYS.test(one.text)).length

interface ReadAlt {
  readonly words: readonly string[]
  readonly entities: readonly Entity[]
}

/** Alt-texts that are remembered: captions of one image, and many under one class name, share theirs. */
const REMEMBERED = 1000

/** Reads caption after caption. */
export function captionReader(): (caption: string, texts: GivenTexts) => CaptionMeasures {
  const known = new Map<string, ReadAlt>()
  const readAlt = (text: string): ReadAlt => {
    const before = known.get(text)
    if (before) return before
    if (known.size >= REMEMBERED) known.clear()
    const read = { words: countedWords(text), entities: entitiesOf(text) }
    known.set(text, read)
    return read
  }
  return (caption, { given, own }) => {
    const words = countedWords(caption)
    const compared = given.trim() === '' ? own : given
    return {
      words,
      sentences: countSentences(caption),
      entities: compared.trim() === '' ? null : entitiesKept(readAlt(compared).entities, caption),
      copied: given.trim() === '' ? null : copiedOf(words, readAlt(given).words),
    }
  }
}
