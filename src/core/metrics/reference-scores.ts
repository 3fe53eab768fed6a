/** Captions against what people wrote of the same images: BLEU, METEOR, ROUGE-L, CIDEr-D and noun phrases, without Java. */
import { RealignError } from '../../shared/errors.ts'
import { TAGGER } from '../grounding/tagger.ts'
import { bleuSums, type Counted } from './bleu.ts'
import { captionWords } from './caption-words.ts'
import { CIDER_FACTOR, CIDER_SIGMA, ciderD } from './cider.ts'
import { METEOR_ALPHA, METEOR_BETA, METEOR_GAMMA, meteor, stemming } from './meteor.ts'
import { gramsOf, type DocumentFrequencies } from './ngrams.ts'
import { nounPhraseScores } from './noun-phrases.ts'
import { ROUGE_BETA, rougeL } from './rouge.ts'

export { documentFrequencies, frequenciesAreFew, type DocumentFrequencies } from './ngrams.ts'

/** One caption against what people wrote of the same image. */
export interface Judged {
  readonly candidate: string
  readonly references: readonly string[]
}

/** All x 100, as the paper's Table 1 prints them, except where said. */
export interface ReferenceScores {
  /** Corpus BLEU: clipped counts and lengths summed over all items, closest reference length. */
  readonly bleu1: number
  readonly bleu4: number
  /** Mean over items; exact words and stems only, the best reference. */
  readonly meteor: number
  /** Mean over items; F with beta 1.2, precision and recall each the highest over the references. */
  readonly rougeL: number
  /** Mean over items; 0 to 1000, since CIDEr-D itself runs from 0 to 10. */
  readonly cider: number
  /** Means over items of the share of the caption's noun phrases, of the reference's, and of the two's F1; best reference. */
  readonly npPrecision: number
  readonly npRecall: number
  readonly npF1: number
  /** Candidate words / closest reference words, over the corpus; not x 100. 0 when the references hold no word. */
  readonly lengthRatio: number
}

/** What was computed, for the foot of a table. */
export const METRICS_NOTE =
  'Against human captions. Words: lower case, split after the Penn Treebank, punctuation and emoji dropped ' +
  '(own code after coco-caption). BLEU: of the whole corpus, closest reference length. ' +
  `METEOR (exact, stem): Porter stems, no synonyms, alpha ${METEOR_ALPHA}, beta ${METEOR_BETA}, gamma ${METEOR_GAMMA}, aligned from the end as nltk does, best human caption, mean over images. ` +
  `ROUGE: ROUGE-L, F with beta ${ROUGE_BETA}, precision and recall each the highest over the human captions, mean over images. ` +
  `CIDEr: CIDEr-D, sigma ${CIDER_SIGMA}, factor ${CIDER_FACTOR}, document frequencies over the human captions, one image one document, mean over images. ` +
  `Noun phrases: found with ${TAGGER}, without determiners, a possessor on its own, lower case, last noun in one form for singular and plural; sets, equal phrases match; ` +
  'best human caption; precision of the caption, recall of the human caption, means over images; F1 is the mean of the images.'

const counted = (text: string): Counted => {
  const words = captionWords(text)
  return { words, grams: gramsOf(words) }
}

function mustHaveReferences(items: readonly Judged[]): void {
  if (items.length === 0)
    throw new RealignError('bad-input', 'There is no caption to compare with human captions.', {
      hint: 'Choose captions of images that have a human caption.',
    })
  const at = items.findIndex(({ references }) => references.length === 0)
  if (at >= 0)
    throw new RealignError('bad-input', `Caption ${at + 1} has no human caption to compare with.`, {
      hint: 'Leave out images without a human caption, or add one.',
    })
}

export function referenceScores(
  items: readonly Judged[],
  frequencies: DocumentFrequencies,
): ReferenceScores {
  mustHaveReferences(items)
  const bleu = bleuSums()
  const stem = stemming()
  let [meteors, rouge, cider, precision, recall, f1] = [0, 0, 0, 0, 0, 0]
  for (const item of items) {
    const candidate = counted(item.candidate)
    const references = item.references.map(counted)
    const theirWords = references.map(({ words }) => words)
    bleu.add(candidate, references)
    meteors += meteor(stem(candidate.words), theirWords.map(stem))
    rouge += rougeL(candidate.words, theirWords)
    cider += ciderD(
      candidate.grams,
      references.map(({ grams }) => grams),
      frequencies,
    )
    const phrases = nounPhraseScores(item.candidate, item.references)
    precision += phrases.precision
    recall += phrases.recall
    f1 += phrases.f1
  }
  const percent = (sum: number) => (sum / items.length) * 100
  const { scores, candidateWords, referenceWords } = bleu.total()
  return {
    bleu1: scores[0]! * 100,
    bleu4: scores[3]! * 100,
    meteor: percent(meteors),
    rougeL: percent(rouge),
    cider: percent(cider),
    npPrecision: percent(precision),
    npRecall: percent(recall),
    npF1: percent(f1),
    lengthRatio: referenceWords === 0 ? 0 : candidateWords / referenceWords,
  }
}
