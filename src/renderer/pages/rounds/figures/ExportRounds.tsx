/** What the rounds leave behind, as files. */
import { Download } from 'lucide-react'
import { useRounds } from '../../../stores/rounds.ts'
import { exportRounds, type ExportWhat } from '../../../stores/rounds-figures.ts'

const FILES: readonly {
  readonly what: ExportWhat
  readonly title: string
  readonly about: string
}[] = [
  { what: 'altogether-json', title: 'Training data', about: 'JSON: alt, round2, round3 …' },
  { what: 'versions-jsonl', title: 'Every version', about: 'JSON lines' },
  { what: 'rounds-csv', title: 'Rounds side by side', about: 'CSV' },
  { what: 'rounds-md', title: 'Rounds side by side', about: 'Markdown' },
  { what: 'rounds-tex', title: 'Rounds side by side', about: 'LaTeX' },
  { what: 'table-csv', title: 'Table of figures', about: 'CSV' },
  { what: 'table-md', title: 'Table of figures', about: 'Markdown' },
  { what: 'table-tex', title: 'Table of figures', about: 'LaTeX' },
]

export function ExportRounds() {
  const openId = useRounds((state) => state.openId)
  if (openId === null) return null
  return (
    <section className="sheet report-part" aria-labelledby="export-rounds-title">
      <h3 id="export-rounds-title">Export</h3>
      <ul className="files" aria-label="Files">
        {FILES.map(({ what, title, about }) => (
          <li key={what}>
            <button type="button" onClick={() => void exportRounds(openId, what)}>
              <Download className="icon" aria-hidden="true" />
              <span className="grow">{title}</span>
              <span className="dim">{about}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
