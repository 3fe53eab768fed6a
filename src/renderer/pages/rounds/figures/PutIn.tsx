/** Texts of a round become captions of the project, beside those of captioners: compared, rated, exported like them. */
import { useState } from 'react'
import { client } from '../../../api.ts'
import { plural } from '../../../format.ts'
import { openImage, select, useComparison } from '../../../stores/comparison.ts'
import { useRounds } from '../../../stores/rounds.ts'
import { putIntoProject, useFigures, type PutIn as Put } from '../../../stores/rounds-figures.ts'
import { showScreen } from '../../../stores/screen.ts'
import { showError } from '../../../stores/toasts.ts'
import { nameOf } from '../../../captioners.ts'
import { useStatus } from '../../../stores/status.ts'
import { Button } from '../../../ui/Button.tsx'
import { Working } from './Working.tsx'

/** The first image that has the round. */
async function seeInCompare(annotationId: string, captionerId: string): Promise<void> {
  try {
    const { places } = await client.call('annotations.places', {
      ...{ annotationId, annotator: null, show: 'all', limit: 500 },
    })
    for (const { imageId } of places) {
      const { cells } = await client.call('cells.list', { imageId })
      const cell = cells.find((one) => one.captionerId === captionerId)
      if (!cell) continue
      showScreen('compare')
      if (useComparison.getState().imageId === imageId) useComparison.setState({ cells })
      else await openImage(imageId)
      return select(cell.id)
    }
  } catch (error) {
    showError(error)
  }
}

function Result({ put, annotationId }: { readonly put: Put; readonly annotationId: string }) {
  const bundles = useStatus((state) => state.bundles)
  const { added, there, captionerId, round } = put
  return (
    <div className="put-in" role="status">
      <span className="grow">
        Round {round}: {plural(added, 'caption')} added
        {there > 0 && `, ${plural(there, 'caption')} there already`}. They stand in Compare and
        Dataset under “{nameOf(bundles, captionerId)}”.
      </span>
      <Button onPress={() => void seeInCompare(annotationId, captionerId)}>See in Compare</Button>
    </div>
  )
}

export function PutIn() {
  const detail = useRounds((state) => state.detail)
  const { working, put } = useFigures()
  const figures = useFigures((state) => state.figures)
  const written = (figures?.rounds ?? []).filter(({ round, images }) => round > 1 && images > 0)
  const [chosen, setChosen] = useState<number | null>(null)
  if (!detail) return null
  const round = chosen ?? written.at(-1)?.round ?? 2
  const blocked =
    written.length === 0 ? 'Nothing was written yet' : working ? 'Other work is running' : null
  return (
    <section className="sheet report-part" aria-labelledby="put-in-title">
      <div className="report-head">
        <div className="grow">
          <h3 id="put-in-title">Into the project</h3>
          <p className="mid">
            The newest text of each image becomes a caption, made by people. What is there already
            is left.
          </p>
        </div>
        {written.length > 1 && (
          <select
            className="text-input put-round"
            aria-label="Round to put into the project"
            value={round}
            onChange={(event) => setChosen(Number(event.target.value))}
          >
            {written.map((one) => (
              <option key={one.round} value={one.round}>
                Round {one.round}
              </option>
            ))}
          </select>
        )}
        <Button blocked={blocked} onPress={() => void putIntoProject(detail.id, round)}>
          Put round {round} into the project
        </Button>
      </div>
      <Working what="put" />
      {put && <Result put={put} annotationId={detail.id} />}
    </section>
  )
}
