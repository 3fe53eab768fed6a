/** The beginning of the file as it will be, asked again after a short pause in choosing. */
import { useEffect, useState } from 'react'
import type { Output, TaskEvent } from '../../shared/contract.ts'
import { client } from '../api.ts'
import { explain } from '../words.ts'
import type { Request } from './export-store.ts'

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
  const { what, shape = 'long', selection, baseline, references } = request
  const work = client.run(
    'publish.rows',
    { shape: what === 'table1' ? 'means' : shape, selection, baseline, references },
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
  const { what, format, selection, baseline, references, fragment } = request
  if (what === 'data' || DATA.has(format)) return firstRows(request, signal)
  const as = format === 'tex' || format === 'md' ? format : 'table'
  const document = await client.call(
    'publish.preview',
    { table: what, as, selection, baseline, references, fragment },
    { signal },
  )
  return { kind: 'document', document }
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
            if (!abort.signal.aborted) setMade({ of: key, preview })
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
