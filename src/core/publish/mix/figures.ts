/** What each strategy of mixing would give: how many texts of which source, their CLIP score, length and variety. */
import { MixStrategy } from '../../../shared/contract/publish.ts'
import { createBreather } from '../../../shared/breather.ts'
import type { Deps } from '../../deps.ts'
import { countedWords } from '../../metrics/caption-words.ts'
import { mixer, NEEDS, type Mix, type Pair, type Source } from '../../mix/strategies.ts'
import { sampleOrder } from '../../text-statistics/equal-sample.ts'
import { createLexicon, vocabularyOf, type Vocabulary } from '../../text-statistics/vocabulary.ts'
import { captionOf, poolOf, unscored, type MixAsked, type Pool } from './pool.ts'

/** Of the equal sample. */
export const SEED = 1

export interface MixRow {
  readonly strategy: MixStrategy
  /** Texts without a score that it needs; the rest is null then. */
  readonly unscored: number
  readonly figures: {
    readonly texts: number
    readonly images: number
    readonly of: Readonly<Record<Source, number>>
    readonly threshold: number | null
    /** Mean over texts that have a score: joined ones have none. */
    readonly clip: number | null
    readonly clipN: number
    readonly words: number | null
    /** Null of a row without texts. */
    readonly vocabulary: Vocabulary | null
  } | null
}

export interface Mixes {
  readonly rows: readonly MixRow[]
  readonly pool: Pool
  /** Texts of each row that words are counted over: as many as the smallest has. */
  readonly sample: number
}

/** The words of every image's texts, as numbers of one lexicon. */
interface Words {
  readonly alt: readonly Uint32Array[]
  readonly caption: readonly Uint32Array[]
}

const NONE = new Uint32Array()

function wordsOf({ at, from }: Pair, { alt, caption }: Words): Uint32Array {
  if (from === 'alt-text') return alt[at] ?? NONE
  if (from === 'caption') return caption[at] ?? NONE
  const [first, second] = [alt[at] ?? NONE, caption[at] ?? NONE]
  const both = new Uint32Array(first.length + second.length)
  both.set(first)
  both.set(second, first.length)
  return both
}

function clipOf({ at, from }: Pair, { candidates }: Pool): number | null {
  const one = candidates[at]
  if (from === 'joined') return null
  return (from === 'alt-text' ? one?.alt : one?.caption)?.clip ?? null
}

/** Of an image with two texts both count, told apart by their source. */
const sampled = ({ pairs }: Mix, { candidates }: Pool, size: number): readonly Pair[] =>
  sampleOrder(
    pairs.map(({ at, from }) => `${candidates[at]?.imageId ?? ''}${from === 'caption' ? 'c' : ''}`),
    SEED,
  )
    .slice(0, size)
    .map((place) => pairs[place]!)

const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, one) => sum + one, 0) / values.length

async function figuresOf(
  mix: Mix,
  pool: Pool,
  how: {
    readonly words: Words
    readonly size: number
    readonly types: number
    readonly breathe: () => Promise<void>
  },
): Promise<MixRow['figures']> {
  const { pairs, threshold } = mix
  const { words, size, types, breathe } = how
  const of: Record<Source, number> = { 'alt-text': 0, caption: 0, joined: 0 }
  const clips: number[] = []
  let length = 0
  for (const pair of pairs) {
    of[pair.from]++
    const clip = clipOf(pair, pool)
    if (clip !== null) clips.push(clip)
    length += wordsOf(pair, words).length
    await breathe()
  }
  const enough = size > 0 && pairs.length >= size
  const sample = enough ? sampled(mix, pool, size).map((pair) => wordsOf(pair, words)) : null
  await breathe()
  return {
    ...{ texts: pairs.length, images: new Set(pairs.map(({ at }) => at)).size, of, threshold },
    ...{ clip: mean(clips), clipN: clips.length },
    words: pairs.length === 0 ? null : length / pairs.length,
    vocabulary: sample && (await vocabularyOf(sample, types, breathe)),
  }
}

/** Null where the selection has no caption. */
export async function mixesFor(
  deps: Deps,
  asked: MixAsked,
  signal: AbortSignal,
): Promise<Mixes | null> {
  const pool = await poolOf(deps, asked, signal)
  if (!pool) return null
  const breathe = createBreather(signal, deps.clock.elapsedMs)
  const lexicon = createLexicon()
  const idsOf = (text: string | undefined): Uint32Array =>
    text === undefined ? NONE : lexicon.idsOf(countedWords(text))
  const words = { alt: [] as Uint32Array[], caption: [] as Uint32Array[] }
  for (const one of asked.images()) {
    words.alt.push(idsOf(pool.altTexts.get(one.image.id)))
    words.caption.push(idsOf(captionOf(one, pool.row)?.cell.caption))
    await breathe()
  }
  const mixBy = mixer(pool.candidates, asked.mix)
  const mixes: { strategy: MixStrategy; missing: number; mix: Mix | null }[] = []
  for (const strategy of MixStrategy.options) {
    await breathe()
    const missing = NEEDS[strategy].reduce((sum, side) => sum + unscored(pool, side), 0)
    const mix = missing > 0 ? null : mixBy(strategy)
    mixes.push({ strategy, missing, mix })
  }
  const sizes = mixes.flatMap(({ mix }) => (mix && mix.pairs.length > 0 ? [mix.pairs.length] : []))
  const size = sizes.length === 0 ? 0 : Math.min(...sizes)
  const rows: MixRow[] = []
  for (const { strategy, missing, mix } of mixes) {
    const how = { words, size, types: lexicon.size, breathe }
    const figures = mix && (await figuresOf(mix, pool, how))
    rows.push({ strategy, unscored: missing, figures })
  }
  return { rows, pool, sample: size }
}
