/** The beginning of the file as it will be, asked again after a short pause in choosing. */
import { useEffect, useState } from 'react'
import type { Input, Output, TaskEvent } from '../../shared/contract.ts'
import type { AltKind } from '../../shared/types.ts'
import { client } from '../api.ts'
import { KIND_NAMES } from '../kinds.ts'
import { explain } from '../words.ts'
import { isData, isOfRows, useExport, type Request, type TableRow } from './export-store.ts'

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

function shapeOf({ what, format, shape = 'long' }: Request): Input<'publish.rows'>['shape'] {
  if (format === 'svg') return 'growth' // what is drawn
  if (what === 'table1') return 'means'
  if (what === 'mix') return shape === 'texts' ? 'texts' : 'mix'
  return what === 'statistics' && shape !== 'growth' ? 'statistics' : shape
}

async function firstRows(request: Request, signal: AbortSignal): Promise<Preview> {
  const { selection, baseline, references, base, statistics, mix } = request
  const asked = { shape: shapeOf(request), selection, baseline, references, base, statistics, mix }
  const work = client.run('publish.rows', asked, { signal })
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

async function look(request: Request, signal: AbortSignal): Promise<Preview> {
  const { what, format, selection, baseline, references, base, statistics, mix, fragment } = request
  if (what === 'data' || isData(format) || format === 'svg') return firstRows(request, signal)
  const as = format === 'tex' || format === 'md' ? format : 'table'
  const document = await client.call(
    'publish.preview',
    { table: what, as, selection, baseline, references, base, statistics, mix, fragment },
    { signal },
  )
  return { kind: 'document', document }
}

const isKind = (value: Rows[number][number]): value is AltKind =>
  typeof value === 'string' && Object.hasOwn(KIND_NAMES, value)

type Found = Pick<ReturnType<typeof useExport.getState>, 'rows' | 'unscored'>

/** What data of such a table says: rows of captioners, and how many alt-texts have no score. */
function foundInRows(
  what: Request['what'],
  { columns, rows }: Extract<Preview, { kind: 'rows' }>,
): Found {
  const names = ['alt_kind', 'model', 'captions', 'clip_score_n']
  const at = names.map((name) => columns.findIndex((one) => one.name === name))
  const found: TableRow[] = []
  let unscored = 0
  for (const row of rows) {
    const [altKind = null, captionerId, captions, scored] = at.map((place) => row[place])
    if (isKind(altKind) && typeof captionerId === 'string') found.push({ altKind, captionerId })
    if (what === 'table1' && captionerId === null) unscored = Number(captions) - Number(scored)
  }
  return { rows: found, unscored }
}

/** Of a table of rows that was previewed, as document or data; null of anything else. */
function foundIn({ what }: Request, preview: Preview): Found | null {
  if (!isOfRows(what) && what !== 'mix') return null
  // Data of a mix does not say which other rows there are.
  if (preview.kind === 'nothing' || (what === 'mix' && preview.kind === 'rows')) return null
  if (preview.kind === 'rows') return foundInRows(what, preview)
  const { rows, unscoredAltTexts } = preview.document
  return { rows, unscored: unscoredAltTexts }
}

export interface Previewed {
  readonly preview: Preview | null
  /** False while the preview is still of an older choice. */
  readonly fresh: boolean
}

/** The old preview stays until the next is there. */
export function usePreview(request: Request, blocked: string | null): Previewed {
  const [made, setMade] = useState<{ readonly of: string; readonly preview: Preview } | null>(null)
  const scorings = useExport((state) => state.scorings)
  const key = JSON.stringify([request, blocked, scorings])
  useEffect(() => {
    const [asked, reason] = JSON.parse(key) as [Request, string | null, number] // written three lines above
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
            const found = foundIn(asked, preview)
            if (found) useExport.setState(found)
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
