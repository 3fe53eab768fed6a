/** From ids in a file back to cells of this workspace, and whether file and workspace still read the same. */
import type { Output, Parsed } from '../../shared/contract.ts'
import type { TracedCell } from '../../shared/contract/publish.ts'
import { isElsewhere } from '../../shared/elsewhere.ts'
import { RealignError, throwIfAborted } from '../../shared/errors.ts'
import type { Cell } from '../../shared/types.ts'
import type { Deps } from '../deps.ts'
import { shortId } from './notes.ts'
import { asSeen } from './shown-rows.ts'
import { altTextShown } from './table3.ts'

type Asked = Parsed<'publish.trace'>['cells'][number]

const WHOLE_ID = 36
const PAGE = 200

/** Footnotes carry eight characters of an id: one walk over all cells finds them all. */
function byShortId(deps: Deps, wanted: ReadonlySet<string>, signal: AbortSignal) {
  const found = new Map<string, Cell>()
  let after: string | null = null
  do {
    throwIfAborted(signal)
    const page: ReturnType<typeof deps.store.captions.search> = deps.store.captions.search({
      words: '',
      after,
      limit: PAGE,
    })
    for (const cell of page.rows) {
      const short = shortId(cell.id)
      if (!wanted.has(short)) continue
      if (found.has(short))
        throw new RealignError('bad-input', `Two cells begin with ${short}`, {
          hint: 'Trace the exported file itself: it carries whole ids in a comment.',
        })
      found.set(short, cell)
    }
    after = page.next
  } while (after !== null)
  return found
}

export function traceCells(
  deps: Deps,
  { cells }: Parsed<'publish.trace'>,
  signal: AbortSignal,
): Output<'publish.trace'> {
  const short = new Set(cells.filter(({ id }) => id.length < WHOLE_ID).map(({ id }) => shortId(id)))
  const shortFound = short.size === 0 ? new Map<string, Cell>() : byShortId(deps, short, signal)
  const encoder = new TextEncoder()
  const reads = (cell: Cell, { sha16, caption }: Asked): boolean =>
    (caption === undefined || caption === cell.caption) &&
    (sha16 === undefined || deps.sha256(encoder.encode(cell.caption)).startsWith(sha16))
  const shows = (cell: Cell, { shown }: Asked): boolean =>
    !shown ||
    (asSeen(shown.caption) === asSeen(cell.caption) &&
      asSeen(shown.altText) === asSeen(altTextShown(cell.altText)))
  const status = (cell: Cell | undefined, asked: Asked): TracedCell['status'] => {
    if (!cell) return 'not-here'
    if (!reads(cell, asked)) return 'differs'
    return shows(cell, asked) ? 'equal' : 'differs-in-document'
  }
  return {
    cells: cells.map((asked): TracedCell => {
      const cell =
        asked.id.length < WHOLE_ID
          ? shortFound.get(shortId(asked.id))
          : deps.store.captions.get(asked.id)
      const branch = cell?.provenance.branch
      return {
        id: asked.id,
        status: status(cell, asked),
        cellId: cell?.id ?? null,
        image: cell ? (deps.store.images.card(cell.imageId)?.name ?? null) : null,
        imageId: cell?.imageId ?? null,
        altKind: cell?.altKind ?? null,
        altText: cell?.altText ?? null,
        caption: cell?.caption ?? null,
        runId: cell?.runId ?? null,
        seed: cell && !isElsewhere(cell.captionerId) ? cell.seed : null,
        branch: branch ? { of: branch.of, token: branch.token, forced: branch.forced.text } : null,
      }
    }),
  }
}
