/** Captions against what people wrote of the same images: BLEU, METEOR, ROUGE-L, CIDEr-D and noun phrases, without Java. */
import { RealignError } from '../../shared/errors.ts'
import { TAGGER } from '../grounding/tagger.ts'
import { bleuCounts, bleuOf, type BleuCounts, type Counted } from './bleu.ts'
import { captionWords } from './caption-words.ts'
import { CIDER_FACTOR, CIDER_SIGMA, ciderD } from './cider.ts'
import {
  METEOR_ALPHA,
  METEOR_BETA,
  METEOR_GAMMA,
  meteor,
  stemming,
  type Stemmed,
} from './meteor.ts'
import { gramsOf, type DocumentFrequencies } from './ngrams.ts'
import { nounPhrases, nounPhraseScores } from './noun-phrases.ts'
import { ROUGE_BETA, rougeL } from './rouge.ts'

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
  'Against human captions. Words: as coco-caption splits them (own code): lower case, Penn Treebank, punctuation and emoji dropped, brackets kept. ' +
  'BLEU: of the whole corpus, closest reference length. ' +
  `METEOR (exact, stem): Porter stems, no synonyms, alpha ${METEOR_ALPHA}, beta ${METEOR_BETA}, gamma ${METEOR_GAMMA}, aligned from the end as nltk does, best human caption, mean over images. ` +
  `ROUGE: ROUGE-L, F with beta ${ROUGE_BETA}, precision and recall each the highest over the human captions, mean over images. ` +
  `CIDEr: CIDEr-D, sigma ${CIDER_SIGMA}, factor ${CIDER_FACTOR}, document frequencies over the human captions, one image one document, mean over images. ` +
  `Noun phrases: found with ${TAGGER}, without determiners, a possessor on its own, lower case, last noun in one form for singular and plural; sets, equal phrases match; ` +
  'best human caption; precision of the caption, recall of the human caption, means over images; F1 is the mean of the images.'

/** One caption's share in the scores of a corpus; 0 to 1, CIDEr to 10. */
export interface ItemScores extends BleuCounts {
  readonly meteor: number
  readonly rougeL: number
  readonly cider: number
  readonly npPrecision: number
  readonly npRecall: number
  readonly npF1: number
}

/** A text as all metrics read it. */
interface Prepared extends Counted {
  readonly stems: Stemmed
  readonly phrases: ReadonlySet<string>
}

/**
 * Judges caption after caption. References of one image are prepared once for captions that come one after another.
 * Fails with 'bad-input' for a caption without references.
 */
export function createJudge(frequencies: DocumentFrequencies): (item: Judged) => ItemScores {
  const stem = stemming()
  const prepare = (text: string): Prepared => {
    const words = captionWords(text)
    return { words, grams: gramsOf(words), stems: stem(words), phrases: nounPhrases(text) }
  }
  let last: { readonly of: readonly string[]; readonly prepared: readonly Prepared[] } | undefined
  const prepared = (references: readonly string[]): readonly Prepared[] => {
    if (last?.of !== references) last = { of: references, prepared: references.map(prepare) }
    return last.prepared
  }
  return ({ candidate, references }) => {
    if (references.length === 0)
      throw new RealignError('bad-input', 'A caption has no human caption to compare with', {
        hint: 'Leave out images without a human caption, or add one.',
      })
    const ours = prepare(candidate)
    const theirs = prepared(references)
    const phrases = nounPhraseScores(
      ours.phrases,
      theirs.map((one) => one.phrases),
    )
    return {
      ...bleuCounts(ours, theirs),
      meteor: meteor(
        ours.stems,
        theirs.map(({ stems }) => stems),
      ),
      rougeL: rougeL(
        ours.words,
        theirs.map(({ words }) => words),
      ),
      cider: ciderD(
        ours.grams,
        theirs.map(({ grams }) => grams),
        frequencies,
      ),
      ...{ npPrecision: phrases.precision, npRecall: phrases.recall, npF1: phrases.f1 },
    }
  }
}

/** Fails with 'bad-input' where there is nothing to sum. */
export function corpusScores(items: readonly ItemScores[]): ReferenceScores {
  if (items.length === 0)
    throw new RealignError('bad-input', 'There is no caption to compare with human captions', {
      hint: 'Choose captions of images that have a human caption.',
    })
  const mean = (of: (item: ItemScores) => number) =>
    (items.reduce((sum, item) => sum + of(item), 0) / items.length) * 100
  const { scores, candidateWords, referenceWords } = bleuOf(items)
  return {
    bleu1: scores[0]! * 100,
    bleu4: scores[3]! * 100,
    meteor: mean((item) => item.meteor),
    rougeL: mean((item) => item.rougeL),
    cider: mean((item) => item.cider),
    npPrecision: mean((item) => item.npPrecision),
    npRecall: mean((item) => item.npRecall),
    npF1: mean((item) => item.npF1),
    lengthRatio: referenceWords === 0 ? 0 : candidateWords / referenceWords,
  }
}

/** All at once. Fails with 'bad-input' for no item, or one without references. */
export const referenceScores = (
  items: readonly Judged[],
  frequencies: DocumentFrequencies,
): ReferenceScores => corpusScores(items.map(createJudge(frequencies)))
