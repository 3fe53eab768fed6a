/** A mix as data: a row a text of one strategy, or a row a strategy. */
import type { MixOptions, MixStrategy } from '../../../shared/contract/publish.ts'
import { isElsewhere } from '../../../shared/elsewhere.ts'
import { RealignError } from '../../../shared/errors.ts'
import { mixer, NEEDS, type Source } from '../../mix/strategies.ts'
import { integer, number, text, type DataColumn, type DataRow } from '../data-columns.ts'
import type { SelectedImage } from '../selection.ts'
import type { Mixes } from './figures.ts'
import { captionOf, unscored, type Pool } from './pool.ts'

/** Which strategy, with what; null is what it does not look at. */
const SETTING_COLUMNS = [text('strategy'), number('top_percent'), number('caption_share')]

const usesTop = (strategy: MixStrategy): boolean => NEEDS[strategy].length > 0

const settingsOf = (strategy: MixStrategy, { top, share }: MixOptions): DataRow => [
  strategy,
  usesTop(strategy) ? top : null,
  strategy === 'share' ? share : null,
]

export const TEXT_COLUMNS: readonly DataColumn[] = [
  ...[text('image'), text('image_sha256'), text('text'), text('source'), number('clip_score')],
  ...[text('alt_text'), number('alt_clip_score'), text('caption'), number('caption_clip_score')],
  ...[text('alt_kind'), text('model'), text('model_sha256'), text('cell_id')],
  ...[text('clip_model'), text('clip_model_sha256')],
  ...SETTING_COLUMNS,
  ...[number('clip_threshold'), integer('mix_seed')],
]

/** @throws RealignError bad-input where a score is missing that the strategy chooses by */
function assertScored(pool: Pool, strategy: MixStrategy): void {
  const [alts, captions] = (['alt', 'caption'] as const).map((side) =>
    NEEDS[strategy].includes(side) ? unscored(pool, side) : 0,
  ) as [number, number]
  if (alts + captions === 0) return
  const missing = [
    ...(alts > 0 ? [`${alts} alt-texts`] : []),
    ...(captions > 0 ? [`${captions} captions`] : []),
  ].join(' and ')
  throw new RealignError(
    'bad-input',
    `${missing} have no CLIP score, which the strategy ${strategy} chooses by`,
    {
      hint:
        alts > 0 && pool.scorer
          ? 'Score the alt-texts: Score alt-texts in Export, or --score-alt-texts.'
          : 'Score the captions: Score all in Models, or realign models score.',
    },
  )
}

export function* textRows(
  pool: Pool,
  images: Iterable<SelectedImage>,
  mix: MixOptions,
): Generator<DataRow> {
  const { strategy, seed } = mix
  assertScored(pool, strategy)
  const { pairs, threshold } = mixer(pool.candidates, mix)(strategy)
  let next = 0
  let at = 0
  for (const one of images) {
    for (; pairs[next]?.at === at; next++) {
      const { from } = pairs[next]!
      yield textRow(one, from, { pool, at, mix: [...settingsOf(strategy, mix), threshold, seed] })
    }
    at++
  }
}

const TEXT_OF = (alt: string | null, caption: string | null): Readonly<Record<Source, string>> => ({
  'alt-text': alt ?? '',
  caption: caption ?? '',
  joined: [alt, caption].filter((one) => one !== null).join(' '),
})

function textRow(
  one: SelectedImage,
  from: Source,
  { pool, at, mix }: { readonly pool: Pool; readonly at: number; readonly mix: DataRow },
): DataRow {
  const { image } = one
  const alt = pool.altTexts.get(image.id) ?? null
  const cell = captionOf(one, pool.row)?.cell
  const caption = cell?.caption ?? null
  const known = pool.candidates[at]
  const [altClip, captionClip] = [known?.alt?.clip ?? null, known?.caption?.clip ?? null]
  const clip = { 'alt-text': altClip, caption: captionClip, joined: null }[from]
  return [
    ...[image.name, image.id, TEXT_OF(alt, caption)[from], from, clip],
    ...[alt, altClip, caption, captionClip],
    ...(cell
      ? [
          ...[pool.row.altKind, cell.captionerId],
          isElsewhere(cell.captionerId) ? null : cell.provenance.bundleSha256,
        ]
      : [null, null, null]),
    cell?.id ?? null,
    ...[pool.scorer?.scorerId ?? null, pool.scorer?.scorerSha256 ?? null],
    ...mix,
  ]
}

export const MIX_COLUMNS: readonly DataColumn[] = [
  ...SETTING_COLUMNS,
  ...[text('alt_kind'), text('model')],
  ...[integer('texts'), integer('images'), integer('alt_texts'), integer('captions')],
  ...[integer('joined'), number('clip_threshold'), number('clip_score'), integer('clip_score_n')],
  number('n_words'),
  /** Of the equal sample; null of a row without texts. */
  ...[integer('sample_texts'), integer('sample_words'), integer('types'), number('mattr')],
  ...[integer('trigrams'), integer('repeated')],
]

export const mixRows = ({ rows, pool }: Mixes, mix: MixOptions): readonly DataRow[] =>
  rows.map(({ strategy, figures }) => {
    const head = [...settingsOf(strategy, mix), pool.row.altKind, pool.row.captionerId]
    if (!figures) return [...head, ...MIX_COLUMNS.slice(head.length).map(() => null)]
    const { texts, images, of, threshold, clip, clipN, words, vocabulary: found } = figures
    return [
      ...head,
      ...[texts, images, of['alt-text'], of.caption, of.joined, threshold, clip, clipN, words],
      ...(found
        ? [found.captions, found.words, found.types, found.mattr, found.trigrams, found.repeated]
        : [null, null, null, null, null, null]),
    ]
  })
