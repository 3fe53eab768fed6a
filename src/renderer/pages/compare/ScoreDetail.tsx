/** What the score is made of: both measures, how much of the caption was read, each sentence. */
import type { Score } from '../../../shared/types.ts'
import { formatScore, shortHash } from '../../format.ts'
import { useStatus } from '../../stores/status.ts'
import { nameOf } from '../../captioners.ts'

export function ScoreDetail({
  score,
  caption,
}: {
  readonly score: Score
  readonly caption: string
}) {
  const bundles = useStatus((state) => state.bundles)
  const scorer = bundles.find(({ id }) => id === score.scorerId)
  const covered = score.truncated
    ? `${score.coveredChars} of ${caption.length} characters`
    : 'the whole caption'
  return (
    <section className="part" aria-label="Score">
      <dl className="prov">
        <dt>Scorer</dt>
        <dd>{nameOf(bundles, score.scorerId)}</dd>
        <dt>Weights</dt>
        <dd className="mono" title={score.scorerSha256}>
          sha256 {shortHash(score.scorerSha256)}
        </dd>
        {scorer && (
          <>
            <dt>Pixels</dt>
            <dd>
              {scorer.resize} to {scorer.imageSize}, whatever the captioner was shown
            </dd>
          </>
        )}
        <dt>CLIP score</dt>
        <dd className="num">{formatScore(score.clip)} (cosine × 100)</dd>
        <dt>CLIP-S</dt>
        <dd className="num">{score.clipS.toFixed(3)} (2.5 × max(cos, 0))</dd>
        <dt>Read</dt>
        <dd className="num">
          {score.tokens} tokens, {covered}
        </dd>
        {score.truncated && (
          <>
            <dt>Over length</dt>
            <dd>{score.policy}</dd>
          </>
        )}
      </dl>
      {score.sharesEncoder && (
        <p className="warn">
          The scorer sees through the captioner’s own image encoder, so agreement is partly built
          in.
        </p>
      )}
      {score.perSentence.length > 1 && (
        <details className="fold">
          <summary>Each of {score.perSentence.length} sentences alone</summary>
          <ol className="sentences">
            {score.perSentence.map((sentence, index) => (
              <li key={index}>
                <span className="num">{formatScore(sentence.clip)}</span>
                <span className="serif">{sentence.text}</span>
              </li>
            ))}
          </ol>
        </details>
      )}
    </section>
  )
}
