/** The beginning of a document for a screen: the same table as in the file, of the first images only. */
import type { Output, Parsed } from '../../shared/contract.ts'
import type { Deps } from '../deps.ts'
import { latexOf } from './latex.ts'
import { makeTable } from './make-table.ts'
import { markdownOf } from './markdown.ts'
import { picturePaths } from './pictures.ts'
import { nothingSelected } from './nothing-selected.ts'
import { MOST_CELLS_IN_A_DOCUMENT } from './publish.ts'
import { selectImages, type SelectedImage } from './selection.ts'

interface Begun {
  /** Table 1 and Statistics are made of all of them, Table 3 of the first few. */
  readonly images: readonly SelectedImage[]
  readonly all: { images: number; cells: number; more: boolean }
}

function begin(deps: Deps, { table, selection, images: most }: Parsed<'publish.preview'>): Begun {
  const images: SelectedImage[] = []
  const all = { images: 0, cells: 0, more: false }
  for (const one of selectImages(deps.store, selection)) {
    if (all.cells + one.cells.length > MOST_CELLS_IN_A_DOCUMENT) {
      all.more = true
      break
    }
    all.images++
    all.cells += one.cells.length
    if (table !== 'table3' || images.length < most) images.push(one)
  }
  if (all.cells === 0) throw nothingSelected()
  return { images, all }
}

/** Fails with 'not-found' when nothing fits the selection, and where a base row or a reference does not. */
export async function previewDocument(
  deps: Deps,
  input: Parsed<'publish.preview'>,
  signal: AbortSignal,
): Promise<Output<'publish.preview'>> {
  const { images, all } = begin(deps, input)
  const { doc, rows, unscoredAltTexts } = await makeTable(deps, images, input, signal)
  const found = { shownImages: images.length, ...all, rows, unscoredAltTexts }
  if (input.as === 'table') {
    const { trace: _trace, ...table } = doc
    return { table, text: null, ...found }
  }
  const ids = input.table === 'table3' ? images.map(({ image }) => image.id) : []
  const pictures = picturePaths(ids, 'table-images')
  const text =
    input.as === 'tex'
      ? latexOf(doc, { fragment: input.fragment, pictures })
      : markdownOf(doc, { pictures })
  return { table: null, text, ...found }
}
