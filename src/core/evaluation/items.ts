/** Turns a picture's truth into the alt-texts it is tried with. */
import { mulberry32 } from '../studies/statistics/mulberry32.ts'
import { containsName, words } from './names.ts'
import { noisyAlt, pick, type NoisyAlt, type Random } from './noise.ts'
import type { Lexicon, PictureTruth } from './truth.ts'

export interface EvaluationItem {
  readonly truth: PictureTruth
  /** Its common name, to be carried. */
  readonly own: string
  /** A name of its family that training never saw, or null where the lexicon has none. */
  readonly unseen: string | null
  /** A name from a far family, or null. */
  readonly wrong: string | null
  /** A common word for what is not there, or null. */
  readonly everyday: string | null
  readonly noisy: NoisyAlt
  /** Captions of nine other pictures; the scorer must like the own one best. */
  readonly otherCaptions: readonly string[]
}

const OTHERS = 9

/** One item a picture; every choice comes from `seed`, so that an evaluation can be repeated. */
export function buildItems(
  truths: readonly PictureTruth[],
  lexicon: Lexicon,
  seed: number,
): readonly EvaluationItem[] {
  const random = mulberry32(seed)
  // Words of their own chance: the other alt-texts stay those of the versions before them.
  const everyday = mulberry32(seed + 1)
  return truths.map((truth) => {
    const own = truth.names[0] ?? truth.family
    return {
      truth,
      own,
      unseen: pick(unseenNames(truth, lexicon), random) ?? null,
      wrong: farName(truth, lexicon, random),
      everyday: pick(everydayWords(truth, lexicon), everyday) ?? null,
      noisy: noisyAlt(own, random),
      otherCaptions: others(truth, truths, random),
    }
  })
}

function unseenNames(truth: PictureTruth, lexicon: Lexicon): readonly string[] {
  const names = lexicon[truth.family]?.unseen ?? []
  return names.filter((name) => !truth.names.some((own) => containsName(name, own)))
}

const everydayWords = (truth: PictureTruth, lexicon: Lexicon): readonly string[] =>
  (lexicon[truth.family]?.everyday ?? []).filter(foreignTo(truth))

/** Tells names that no word of the truth could bring into a caption. */
function foreignTo(truth: PictureTruth): (name: string) => boolean {
  const own = new Set([...truth.names, ...truth.familyWords].flatMap((known) => words(known)))
  return (name) => !words(name).some((word) => own.has(word)) && !containsName(truth.caption, name)
}

/** A name of a family that is neither this one nor near it, and that no word of the truth could bring. */
function farName(truth: PictureTruth, lexicon: Lexicon, random: Random): string | null {
  const near = new Set([truth.family, ...(lexicon[truth.family]?.near ?? [])])
  const far = Object.keys(lexicon).filter((family) => !near.has(family))
  const isForeign = foreignTo(truth)
  for (let attempt = 0; attempt < 40; attempt++) {
    const family = pick(far, random)
    const { seen = [], unseen = [] } = lexicon[family ?? ''] ?? {}
    const name = pick([...seen, ...unseen], random)
    if (name !== undefined && isForeign(name)) return name
  }
  return null
}

/** Up to nine captions of other pictures, none of them the same words as the own one. */
function others(
  truth: PictureTruth,
  truths: readonly PictureTruth[],
  random: Random,
): readonly string[] {
  const chosen = new Set<string>()
  for (let attempt = 0; attempt < 200 && chosen.size < OTHERS; attempt++) {
    const other = pick(truths, random)
    if (other && other.id !== truth.id && other.caption !== truth.caption) chosen.add(other.caption)
  }
  return chosen.size === OTHERS ? [...chosen] : []
}
