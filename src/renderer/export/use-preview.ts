/** The beginning of the file as it will be, asked again after a short pause in choosing. */
import { useEffect, useState } from 'react'
import type { Output, TaskEvent } from '../../shared/contract.ts'
import type { AltKind } from '../../shared/types.ts'
import { client } from '../api.ts'
import { KIND_NAMES } from '../kinds.ts'
import { explain } from '../words.ts'
import { useExport, type Request, type TableRow } from './export-store.ts'

type RowsEvent = TaskEvent<'publish.rows'>
type Columns = Extract<RowsEvent, { kind: 'columns' }>['columns']
type Rows = Extract<RowsEvent, { kind: 'rows' }>['rows']

export type Preview =
  | { readonly kind: 'document'; readonly document: Output<'publish.preview'> }
  | {
      readonly kind: 'rows'
      readonly columns: Columns
      readonly rows: Rows
      readonly more: boolean
    }
  | { readonly kind: 'nothing'; readonly words: string }

const PAUSE_MS = 120
const MOST_ROWS = 25

async function firstRows(request: Request, signal: AbortSignal): Promise<Preview> {
  const { what, shape = 'long', selection, baseline, references, base } = request
  const work = client.run(
    'publish.rows',
    { shape: what === 'table1' ? 'means' : shape, selection, baseline, references, base },
    { signal },
  )
  let columns: Columns = []
  for await (const event of work) {
    if (event.kind === 'columns') ({ columns } = event)
    else
      return {
        ...{ kind: 'rows', columns },
        rows: event.rows.slice(0, MOST_ROWS),
        more: event.rows.length > MOST_ROWS,
      }
  }
  return { kind: 'rows', columns, rows: [], more: false }
}

const DATA: ReadonlySet<string> = new Set(['csv', 'raw.csv', 'xlsx', 'jsonl', 'parquet'])

async function look(request: Request, signal: AbortSignal): Promise<Preview> {
  const { what, format, selection, baseline, references, base, fragment } = request
  if (what === 'data' || DATA.has(format)) return firstRows(request, signal)
  const as = format === 'tex' || format === 'md' ? format : 'table'
  const document = await client.call(
    'publish.preview',
    { table: what, as, selection, baseline, references, base, fragment },
    { signal },
  )
  return { kind: 'document', document }
}

const isKind = (value: Rows[number][number]): value is AltKind =>
  typeof value === 'string' && Object.hasOwn(KIND_NAMES, value)

/** The rows of a Table 1 that was previewed, as document or data; null of anything else. */
function tableRows({ what }: Request, preview: Preview): readonly TableRow[] | null {
  if (what !== 'table1' || preview.kind === 'nothing') return null
  if (preview.kind === 'document') return preview.document.rows
  const [kind, model] = ['alt_kind', 'model'].map((name) =>
    preview.columns.findIndex((one) => one.name === name),
  ) as [number, number]
  return preview.rows.flatMap((row) => {
    const [altKind, captionerId] = [row[kind] ?? null, row[model]]
    return isKind(altKind) && typeof captionerId === 'string' ? [{ altKind, captionerId }] : []
  })
}

export interface Previewed {
  readonly preview: Preview | null
  /** False while the preview is still of an older choice. */
  readonly fresh: boolean
}

/** The old preview stays until the next is there. */
export function usePreview(request: Request, blocked: string | null): Previewed {
  const [made, setMade] = useState<{ readonly of: string; readonly preview: Preview } | null>(null)
  const key = JSON.stringify([request, blocked])
  useEffect(() => {
    const [asked, reason] = JSON.parse(key) as [Request, string | null] // written three lines above
    const abort = new AbortController()
    const timer = setTimeout(
      () =>
        (reason === null
          ? look(asked, abort.signal)
          : Promise.resolve<Preview>({ kind: 'nothing', words: `Nothing to export: ${reason}.` })
        )
          .then((preview) => {
            if (abort.signal.aborted) return
            setMade({ of: key, preview })
            const rows = tableRows(asked, preview)
            if (rows) useExport.setState({ rows })
          })
          .catch((error: unknown) => {
            if (abort.signal.aborted) return
            const { message, hint } = explain(error)
            const words = `${message.replace(/\.$/, '')}. ${hint}`
            setMade({ of: key, preview: { kind: 'nothing', words } })
          }),
      PAUSE_MS,
    )
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [key])
  return { preview: made?.preview ?? null, fresh: made?.of === key }
}
