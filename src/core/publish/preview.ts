/** The beginning of a document for a screen: the same table as in the file, of the first images only. */
import type { Output, Parsed } from '../../shared/contract.ts'
import type { Deps } from '../deps.ts'
import { bundleNames } from './bundle-names.ts'
import { latexOf } from './latex.ts'
import { markdownOf } from './markdown.ts'
import { storedMarks } from './marks-of.ts'
import { picturePaths } from './pictures.ts'
import { markAll, MOST_CELLS_IN_A_DOCUMENT, nothingSelected } from './publish.ts'
import { selectImages, type SelectedImage } from './selection.ts'
import { meansFor, type Means } from './table1-means.ts'
import { table1 } from './table1.ts'
import { table3 } from './table3.ts'

interface Begun {
  /** Table 1 is made of all of them, Table 3 of the first few. */
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
    if (table === 'table1' || images.length < most) images.push(one)
  }
  if (all.cells === 0) throw nothingSelected()
  return { images, all }
}

/** Rows of a second bundle or scorer are no other choice. */
function distinctRows({ rows }: Means): Output<'publish.preview'>['rows'] {
  const all = rows.flatMap(({ captionerId, altKind }) =>
    captionerId === null ? [] : [{ captionerId, altKind }],
  )
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()]
}

const unscoredIn = ({ altTexts }: Means): number =>
  altTexts?.shown && altTexts.scorable ? altTexts.texts.size - altTexts.scores.size : 0

/** Fails with 'not-found' when nothing fits the selection, and where a base row or a reference does not. */
export async function previewDocument(
  deps: Deps,
  input: Parsed<'publish.preview'>,
  signal: AbortSignal,
): Promise<Output<'publish.preview'>> {
  const { images, all } = begin(deps, input)
  const encoder = new TextEncoder()
  const sha256 = (text: string) => deps.sha256(encoder.encode(text))
  const { appVersion } = deps
  const names = await bundleNames(deps)
  const options = { baseline: input.baseline, appVersion, sha256, names }
  if (input.table === 'table3') await markAll(deps, images, signal)
  const means =
    input.table === 'table1'
      ? await meansFor(deps, { ...input, names, images: () => images }, signal)
      : null
  const doc = means
    ? table1(images, options, means)
    : table3(images, storedMarks(deps.store), options)
  const found = {
    shownImages: images.length,
    ...all,
    rows: means ? distinctRows(means) : [],
    unscoredAltTexts: means ? unscoredIn(means) : 0,
  }
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
