/** Score, references, marks and people held against one another: correlations above, and what the list below is of. */
import { useEffect } from 'react'
import {
  AGREEMENT_NOTE,
  DISAGREEMENT_NOTE,
  MEASURE_WORDS,
} from '../../../shared/triangulation-words.ts'
import { formatCount, plural } from '../../format.ts'
import { useDataset } from '../../stores/dataset.ts'
import { useStatus } from '../../stores/status.ts'
import {
  cancelTriangulation,
  triangulate,
  useTriangulation,
  type Triangulated,
} from '../../stores/triangulation.ts'
import { Button } from '../../ui/Button.tsx'
import { Progress } from '../../ui/Progress.tsx'
import { AgreementMatrix, agreementInWords, isSquare } from './AgreementMatrix.tsx'
import { TriangulationChoices } from './TriangulationChoices.tsx'

const PHASES = {
  captions: 'Reading captions',
  references: 'Measuring by the references',
  judgements: 'Reading judgements',
  intervals: 'Drawing intervals',
} as const

/** The pair that is looked at, in words. */
function Pair({ result }: { readonly result: Triangulated }) {
  const { by, agreements, disagreeing } = result
  const [a, b] = by
  const found = agreements.find((one) => by.includes(one.a) && by.includes(one.b))
  const [first, second] = [MEASURE_WORDS[a].short, MEASURE_WORDS[b].short]
  if (!found) return null
  return (
    <p className="num">
      <b>
        {first} and {second}
      </b>
      : {agreementInWords(found)}. {plural(disagreeing.up, 'caption')} that {first} puts higher than{' '}
      {second}, {formatCount(disagreeing.down)} lower.
    </p>
  )
}

/** What is left out of the numbers, and why. */
function LeftOut({ result }: { readonly result: Triangulated }) {
  const { blind, unmarked, otherScorers, scorerId, measures } = result
  const judged = measures.some(({ measure }) => measure === 'people')
  const notes = [
    ...(blind.length > 0
      ? [`Still blind and not looked at: ${blind.join(', ')}; a report in Sessions unblinds it.`]
      : judged
        ? []
        : ['No study with judgements of these captions.']),
    ...(unmarked > 0 ? [`${plural(unmarked, 'caption')} without marks.`] : []),
    ...(otherScorers > 0
      ? [`${plural(otherScorers, 'CLIP score')} of other scorers than ${scorerId} left out.`]
      : []),
  ]
  return notes.length === 0 ? null : <p className="dim">{notes.join(' ')}</p>
}

/** Asked again whenever another run is looked at. */
function useAsked(): void {
  const runId = useDataset((state) => state.query.runId)
  const loaded = useDataset((state) => state.list !== null)
  useEffect(() => {
    if (loaded) void triangulate()
  }, [runId, loaded])
  useEffect(() => cancelTriangulation, [])
}

/** What was written since is told, not followed: with references an answer can take a minute. */
function Again() {
  const read = useTriangulation((state) => state.revision)
  const busy = useTriangulation((state) => state.progress !== null)
  const revision = useStatus((state) => state.status?.workspace.revision)
  if (busy || read === undefined || read === revision) return null
  return <Button onPress={() => void triangulate()}>Something was written since: read again</Button>
}

function Busy() {
  const progress = useTriangulation((state) => state.progress)
  if (!progress) return null
  const phase = PHASES[progress.phase]
  return (
    <span className="progress" role="status">
      {phase}
      <Progress label={phase} fraction={progress.fraction} />
      <Button look="quiet" keys="Esc" onPress={cancelTriangulation}>
        Cancel
      </Button>
    </span>
  )
}

export function TriangulationPanel() {
  useAsked()
  const result = useTriangulation((state) => state.result)
  const busy = useTriangulation((state) => state.progress !== null)
  return (
    <section className="profile tri sheet" aria-label="Triangulation" aria-busy={busy}>
      <div className="profile-head">
        <h2>Triangulation</h2>
        <span className="dim grow">
          {AGREEMENT_NOTE} {result && isSquare(result) ? 'Above the diagonal' : 'Below each'}: pairs
          / images.
        </span>
        <Busy />
        <Again />
      </div>
      {result && (
        <div className="tri-body">
          {result.measures.length > 1 && <AgreementMatrix result={result} />}
          <div className="tri-side">
            {result.measures.length > 1 && (
              <>
                <TriangulationChoices result={result} />
                <Pair result={result} />
              </>
            )}
            <p className="dim">{DISAGREEMENT_NOTE}</p>
            <LeftOut result={result} />
          </div>
        </div>
      )}
    </section>
  )
}
