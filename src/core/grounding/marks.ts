/** Marks of stored cells: proposed by the matcher, listed, decided by people. */
import type { Output, Parsed, TaskEvent } from '../../shared/contract.ts'
import { RealignError, throwIfAborted } from '../../shared/errors.ts'
import type { AltText, Cell } from '../../shared/types.ts'
import { cleanText } from '../clean-text.ts'
import { timestamp, type Deps } from '../deps.ts'
import type { Taxonomy } from '../probes/taxonomy.ts'
import { foldMarks } from './fold-marks.ts'
import { knownNames } from './known-names.ts'
import { MATCHER, proposeMarks } from './propose-marks.ts'
import type { References } from './references.ts'

type Known = Omit<References, 'taxonomy'>

/** The newest caption under the empty alt-text that the same captioner gave this image the same way. */
function emptyCaptionFor(cell: Cell, cells: readonly Cell[]): string | null {
  if (cell.altText === '') return null
  const { settings } = cell.provenance
  const empty = cells.filter(
    (one) => one.altText === '' && one.captionerId === cell.captionerId && one.id !== cell.id,
  )
  const same = empty.filter(
    (one) =>
      one.seed === cell.seed &&
      JSON.stringify(one.provenance.settings) === JSON.stringify(settings),
  )
  return (same.at(-1) ?? empty.at(-1))?.caption ?? null
}

/** The class: as imported, or as last said in an alt-text of that kind. */
export const classNameOf = (detail: {
  readonly className: string | null
  readonly altTexts: readonly AltText[]
}): string | null =>
  detail.className ?? detail.altTexts.findLast(({ kind }) => kind === 'class-name')?.text ?? null

const knownOf = ({ store }: Deps, cell: Cell, cells: readonly Cell[]): Known => {
  const detail = store.images.detail(cell.imageId)
  return {
    emptyCaption: emptyCaptionFor(cell, cells),
    truth: detail?.truth ?? null,
    className: detail ? classNameOf(detail) : null,
  }
}

interface ProposeJob {
  readonly cell: Cell
  readonly cells: readonly Cell[]
  readonly taxonomy: Taxonomy
  readonly again: boolean
}

/** Number of marks proposed, or null when this matcher knew as much before. */
function proposeFor(deps: Deps, { cell, cells, taxonomy, again }: ProposeJob): number | null {
  const known = knownOf(deps, cell, cells)
  const context = JSON.stringify([known, taxonomy.nodes.size])
  const contextSha256 = deps.sha256(new TextEncoder().encode(context))
  const { proposed } = deps.store.marks.of(cell.id)
  const same = proposed?.matcher === MATCHER && proposed.contextSha256 === contextSha256
  if (same && !again) return null
  const { caption, altText } = cell
  const proposals = proposeMarks({ caption, altText, references: { taxonomy, ...known } })
  if (!same) {
    const createdAt = timestamp(deps)
    const set = { cellId: cell.id, matcher: MATCHER, contextSha256, proposals, createdAt }
    deps.store.marks.addProposals(set)
  }
  return proposals.length
}

/** What was proposed before a cancel stays. */
export async function* proposeForCells(
  deps: Deps,
  { cellIds, imageIds = [], again }: Parsed<'marks.propose'>,
  signal: AbortSignal,
): AsyncGenerator<TaskEvent<'marks.propose'>, Output<'marks.propose'>> {
  const { captions } = deps.store
  const taxonomy = await knownNames(deps)
  const wanted = cellIds ?? imageIds.flatMap((id) => captions.ofImage(id).map((cell) => cell.id))
  const rows = new Map<string, readonly Cell[]>()
  const tally = { cells: 0, proposed: 0, marks: 0 }
  for (const [done, cellId] of wanted.entries()) {
    throwIfAborted(signal)
    const cell = captions.get(cellId)
    if (!cell) throw new RealignError('not-found', 'There is no such cell')
    const cells = rows.get(cell.imageId) ?? captions.ofImage(cell.imageId)
    if (!rows.has(cell.imageId)) rows.clear() // cells come image by image
    rows.set(cell.imageId, cells)
    const marks = proposeFor(deps, { cell, cells, taxonomy, again })
    tally.cells++
    if (marks !== null) {
      tally.proposed++
      tally.marks += marks
    }
    yield {
      kind: 'progress',
      done: done + 1,
      total: wanted.length,
      fraction: (done + 1) / wanted.length,
    }
  }
  return tally
}

export function listMarks(
  { store }: Deps,
  { cellIds }: Parsed<'marks.list'>,
): Output<'marks.list'> {
  const cells = cellIds.map((cellId) => {
    const cell = store.captions.get(cellId)
    if (!cell) throw new RealignError('not-found', 'There is no such cell')
    return foldMarks(cell, store.marks.of(cellId))
  })
  return { cells }
}

/** Fails with 'bad-input' for a span that is not inside its text or a class that belongs to the other text. */
export function decideMark(
  deps: Deps,
  { cellId, span, decision, by }: Parsed<'marks.decide'>,
): Output<'marks.decide'> {
  const { store } = deps
  const cell = store.captions.get(cellId)
  if (!cell) throw new RealignError('not-found', 'There is no such cell')
  const text = Array.from(span.place === 'caption' ? cell.caption : cell.altText)
  if (span.start >= span.end || span.end > text.length)
    throw new RealignError('bad-input', 'This span is not inside its text')
  const forAlt = decision === 'rejected'
  if (decision !== 'clear' && forAlt !== (span.place === 'alt-text'))
    throw new RealignError(
      'bad-input',
      forAlt ? 'Only words of the alt-text can be rejected' : `${decision} is for captions`,
      { hint: 'Mark rejected concepts in the alt-text, all others in the caption.' },
    )
  const decidedAt = timestamp(deps)
  const decidedBy = cleanText(by).text
  store.marks.addDecision({ cellId, span, decision, decidedBy, decidedAt })
  return foldMarks(cell, store.marks.of(cellId))
}
