/** Images to look at: where raters disagreed, and where the score and people did. A press opens the captions. */
import type { Disagreement, StudyReport } from '../../../../shared/study-report.ts'
import { pictureUrl } from '../../../api.ts'
import { Picture } from '../../../components/Picture.tsx'
import { openImage } from '../../../stores/comparison.ts'
import { showScreen } from '../../../stores/screen.ts'

const MOST = 24

function open(imageId: string): void {
  showScreen('compare')
  void openImage(imageId)
}

function List(props: { readonly title: string; readonly rows: readonly Disagreement[] }) {
  const { title, rows } = props
  const sorted = [...rows].sort((a, b) => b.weight - a.weight).slice(0, MOST)
  return (
    <div className="report-block">
      <h4>
        {title} <span className="dim num">{rows.length}</span>
      </h4>
      {rows.length === 0 && <p className="mid">None.</p>}
      <ul className="disagreements">
        {sorted.map((one, index) => (
          <li key={index}>
            <button type="button" onClick={() => open(one.imageId)}>
              <span className="small-plate">
                <Picture src={pictureUrl(one.imageId, 'thumbnail')} alt="" />
              </span>
              <span>
                <b>{one.criterion}</b>
                <span className="mid wrap" dir="auto">
                  {one.what}
                </span>
                <span className="sr">Open in Compare</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}

export function Disagreements({ report }: { readonly report: StudyReport }) {
  return (
    <section className="sheet report-part" aria-labelledby="disagreements-title">
      <h3 id="disagreements-title">Where to look</h3>
      <List title="Raters disagreed" rows={report.disagreements} />
      <List title="Score and people disagree" rows={report.scoreDisagreements} />
    </section>
  )
}
