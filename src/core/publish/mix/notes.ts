/** The footnote of a table of mixes: how each strategy chooses, and what was left out. */
import type { MixOptions } from '../../../shared/contract/publish.ts'
import { plural } from '../../../shared/plural.ts'
import { NEEDS } from '../../mix/strategies.ts'
import { SEED, type Mixes } from './figures.ts'
import { unscored } from './pool.ts'

function missingNotes({ pool, rows }: Mixes): readonly string[] {
  const { candidates, scorer } = pool
  const [alts, captions] = [unscored(pool, 'alt'), unscored(pool, 'caption')]
  const without = {
    alt: candidates.filter(({ alt }) => !alt).length,
    caption: candidates.filter(({ caption }) => !caption).length,
  }
  return [
    ...(without.alt + without.caption > 0
      ? [
          `Of ${plural(candidates.length, 'image')}, ${without.alt} have no alt-text of their own and ${without.caption} no such caption: a strategy that would give them one gives them nothing; the share, and the rest of a top, give them what they have.`,
        ]
      : []),
    ...(rows.some(({ figures }) => !figures)
      ? [
          scorer
            ? `Strategies that choose by CLIP score stand without figures where ${alts} alt-texts or ${captions} captions have no score by ${scorer.scorerId}.`
            : 'No caption has a CLIP score: strategies that choose by it stand without figures.',
        ]
      : []),
  ]
}

export function mixNotes(mixes: Mixes, { top, seed }: MixOptions): readonly string[] {
  const { pool, sample } = mixes
  const { scorer } = pool
  const byScore = Object.values(NEEDS).filter(({ length }) => length > 0).length
  return [
    `Strategies of Nguyen et al. 2023 (section 5, Table 4: ${byScore} that choose by CLIP score) and the mixing ratio of Altogether (sections 5.3 and 5.4). The top ${top} % are of all ${plural(pool.candidates.length, 'image')}; "as good": with a CLIP score from that of the last one of the top on (CLIP from). Of equal scores, and for the ratio, images come by FNV-1a of "${seed} " and their sha256; the ratio is of images that have both texts. Joined: the alt-text, a space, the caption; they have no CLIP score of their own.`,
    `CLIP: mean of the texts that have a score${scorer ? `, by ${scorer.scorerId} (sha256 ${scorer.scorerSha256.slice(0, 12)})` : ''}. Words: as the Statistics table counts them.${sample === 0 ? '' : ` Types, trigrams and repeated texts are of an equal sample: ${plural(sample, 'text')} of each strategy, as many as the smallest has, by FNV-1a of "${SEED} " and the image's sha256.`}`,
    'What these texts are worth in training this table does not say: nothing was trained with them.',
    ...missingNotes(mixes),
  ]
}
