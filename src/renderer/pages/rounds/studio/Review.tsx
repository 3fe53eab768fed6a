/** What the text would be as the next version: length, distance, score, what is new and gone, and what the guideline minds. */
import { inOrder } from '../../../rounds/marked-copy.ts'
import { useRounds } from '../../../stores/rounds.ts'
import { useReview } from '../../../stores/rounds-review.ts'
import { useRewrite } from '../../../stores/rounds-rewrite.ts'
import { Hints } from './Hints.tsx'
import { MarkedCopy } from './MarkedCopy.tsx'
import { Numbers } from './Numbers.tsx'

export function Review() {
  const { reviewed, problem } = useReview()
  const imageId = useRewrite((state) => state.imageId)
  const round = useRewrite((state) => state.round)
  const text = useRewrite((state) => state.box.text)
  const rules = useRounds((state) => state.detail?.guideline.rules.length ?? 0)
  const here = reviewed?.imageId === imageId && reviewed.round === round ? reviewed : null
  const fresh = here?.text === text
  const lint = inOrder(here?.review.lint ?? [])
  return (
    <section className="review" aria-label="Against the round before" aria-busy={!fresh}>
      {problem !== null && <p className="fault">{problem}</p>}
      <Numbers review={here?.review ?? null} fresh={fresh} />
      {here && <MarkedCopy text={here.text} review={here.review} lint={lint} round={round} />}
      {here && rules > 0 && <Hints hits={lint} text={here.text} fresh={fresh} />}
    </section>
  )
}
