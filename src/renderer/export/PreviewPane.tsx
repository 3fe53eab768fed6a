/** The right side of the dialog: what the file will hold, of the first images or rows. */
import { formatCount, plural } from '../format.ts'
import type { Request } from './export-store.ts'
import { foldTrace } from './fold-trace.ts'
import { TablePreview } from './TablePreview.tsx'
import { usePreview, type Preview } from './use-preview.ts'

function counts(preview: Preview | null): string {
  if (preview === null) return 'making it'
  if (preview.kind === 'nothing') return 'nothing to show'
  if (preview.kind === 'rows')
    return preview.more
      ? `the first ${preview.rows.length} rows`
      : plural(preview.rows.length, 'row')
  const { shownImages, images, cells, more } = preview.document
  const all = `${more ? 'more than ' : ''}${plural(cells, 'caption')} of ${plural(images, 'image')}`
  return shownImages < images ? `the first ${formatCount(shownImages)} images; ${all}` : all
}

type Rows = Extract<Preview, { kind: 'rows' }>

function DataPreview({ columns, rows }: Rows) {
  return (
    <table className="data">
      <thead>
        <tr>
          {columns.map(({ name }) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr key={index}>
            {row.map((value, at) => (
              <td
                key={at}
                className={typeof value === 'number' ? 'number' : undefined}
                title={typeof value === 'string' ? value : undefined}
              >
                {value === null ? <span className="dim">null</span> : String(value)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Shown({ preview }: { readonly preview: Preview }) {
  if (preview.kind === 'nothing') return <p className="dim pad">{preview.words}</p>
  if (preview.kind === 'rows') return <DataPreview {...preview} />
  const { table, text } = preview.document
  if (table) return <TablePreview table={table} />
  return <pre className="source">{foldTrace(text ?? '')}</pre>
}

export function PreviewPane({
  request,
  blocked,
}: {
  readonly request: Request
  readonly blocked: string | null
}) {
  const { preview, fresh } = usePreview(request, blocked)
  return (
    <section className="preview" aria-label="Preview" aria-busy={!fresh}>
      <div className="preview-head">
        <h2>Preview</h2>
        <span className="dim num" role="status">
          {counts(preview)}
        </span>
      </div>
      <div className="preview-body" tabIndex={0} role="group" aria-label="Beginning of the file">
        {preview && <Shown preview={preview} />}
      </div>
    </section>
  )
}
