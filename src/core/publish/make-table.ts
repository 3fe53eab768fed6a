/** A document's table from its images, whichever table it is; for files and for the screen. */
import type { Output, Parsed } from '../../shared/contract.ts'
import type { AltKind } from '../../shared/types.ts'
import type { Deps } from '../deps.ts'
import { proposeForCells } from '../grounding/marks.ts'
import { bundleNames } from './bundle-names.ts'
import { mixesFor } from './mix/figures.ts'
import { unscored } from './mix/pool.ts'
import { mixTable } from './mix/table.ts'
import { storedMarks } from './marks-of.ts'
import { nothingSelected } from './nothing-selected.ts'
import type { SelectedImage } from './selection.ts'
import { statisticsFor } from './statistics/figures.ts'
import { statisticsTable } from './statistics/table.ts'
import type { TableDoc } from './table-doc.ts'
import { meansFor, type Means } from './table1-means.ts'
import { table1 } from './table1.ts'
import { table3 } from './table3.ts'

type Request = Pick<
  Parsed<'publish.document'>,
  'table' | 'baseline' | 'references' | 'base' | 'statistics' | 'mix'
>

export interface MadeTable extends Pick<Output<'publish.preview'>, 'rows' | 'unscoredAltTexts'> {
  readonly doc: TableDoc
}

/** One export is enough: cells that nobody looked at yet get the machine's proposals first. */
async function markAll(
  deps: Deps,
  images: readonly SelectedImage[],
  signal: AbortSignal,
): Promise<void> {
  const cellIds = images.flatMap(({ cells }) => cells.map(({ cell }) => cell.id))
  const work = proposeForCells(deps, { cellIds, again: false }, signal)
  while (!(await work.next()).done); // its progress is of no interest here: a document is small
}

interface Row {
  readonly captionerId: string | null
  readonly altKind: AltKind
}

/** Rows of a second bundle or scorer are no other choice. */
function distinctRows(rows: readonly Row[]): MadeTable['rows'] {
  const all = rows.flatMap(({ captionerId, altKind }) =>
    captionerId === null ? [] : [{ captionerId, altKind }],
  )
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()]
}

const unscoredIn = ({ altTexts }: Means): number =>
  altTexts?.shown && altTexts.scorable ? altTexts.texts.size - altTexts.scores.size : 0

/** Fails where a base row or a reference is not among the images' captions. */
export async function makeTable(
  deps: Deps,
  images: readonly SelectedImage[],
  input: Request,
  signal: AbortSignal,
): Promise<MadeTable> {
  const encoder = new TextEncoder()
  const names = await bundleNames(deps)
  const options = {
    ...{ baseline: input.baseline, appVersion: deps.appVersion, names },
    sha256: (text: string) => deps.sha256(encoder.encode(text)),
  }
  const asked = { ...input, names, images: () => images }
  if (input.table === 'table1') {
    const means = await meansFor(deps, asked, signal)
    return {
      doc: table1(images, options, means),
      rows: distinctRows(means.rows),
      unscoredAltTexts: unscoredIn(means),
    }
  }
  if (input.table === 'statistics') {
    const statistics = await statisticsFor(deps, asked, signal)
    const doc = statisticsTable(images, options, statistics)
    return { doc, rows: distinctRows(statistics.rows), unscoredAltTexts: 0 }
  }
  if (input.table === 'mix') {
    const mixes = await mixesFor(deps, asked, signal)
    if (!mixes) throw nothingSelected()
    const { rows } = mixes.pool
    const doc = mixTable(images, options, { mixes, mix: input.mix })
    return { doc, rows, unscoredAltTexts: mixes.pool.scorer ? unscored(mixes.pool, 'alt') : 0 }
  }
  await markAll(deps, images, signal)
  return { doc: table3(images, storedMarks(deps.store), options), rows: [], unscoredAltTexts: 0 }
}
