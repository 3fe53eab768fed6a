/** Words, edit distance and, when asked for, how well the text fits the picture, against the round before. */
import type { TextReview } from '../../../../shared/annotation.ts'
import { formatCount, formatDifference, formatScore, plural } from '../../../format.ts'
import { nameOf } from '../../../captioners.ts'
import { useRounds } from '../../../stores/rounds.ts'
import { cancelReview, scoreText, useReview } from '../../../stores/rounds-review.ts'
import { useStatus } from '../../../stores/status.ts'
import { Button } from '../../../ui/Button.tsx'

function Score({ clip, fresh }: { readonly clip: TextReview['clip']; readonly fresh: boolean }) {
  const scorer = useRounds((state) => state.detail?.scorerId ?? null)
  const scoring = useReview((state) => state.scoring)
  const bundles = useStatus((state) => state.bundles)
  return (
    <div className="figure-cell">
      <dt>CLIP</dt>
      <dd>
        {clip && fresh ? (
          <span title={`${nameOf(bundles, clip.scorerId)}, cosine × 100`}>
            <b className="num">{formatScore(clip.now)}</b>
            {clip.previous !== null && (
              <span className="dim num">
                {' '}
                before {formatScore(clip.previous)}, {formatDifference(clip.now - clip.previous)}
              </span>
            )}
          </span>
        ) : scoring ? (
          <Button look="quiet" onPress={cancelReview}>
            Scoring… Cancel
          </Button>
        ) : (
          <Button
            look="quiet"
            keys="Alt S"
            blocked={scorer === null ? 'No scorer is installed; Models says how to add one' : null}
            onPress={scoreText}
          >
            Score
          </Button>
        )}
      </dd>
    </div>
  )
}

export function Numbers({
  review,
  fresh,
}: {
  readonly review: TextReview | null
  readonly fresh: boolean
}) {
  return (
    <dl className="figure-cells">
      <div className="figure-cell">
        <dt>Words</dt>
        <dd>
          <b className="num">{review ? formatCount(review.words) : '–'}</b>
          {review && <span className="dim num"> before {formatCount(review.previousWords)}</span>}
        </dd>
      </div>
      <div className="figure-cell">
        <dt>Edit distance</dt>
        <dd>
          <b className="num">{review ? plural(review.editedChars, 'character') : '–'}</b>
          {review && <span className="dim num">, {plural(review.editedWords, 'word')}</span>}
        </dd>
      </div>
      <Score clip={review?.clip ?? null} fresh={fresh} />
    </dl>
  )
}
