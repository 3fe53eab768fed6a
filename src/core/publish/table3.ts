/** The paper's Table 3 from a selection: images, their alt-texts, and what the captioner made of each. */
import type { AltKind } from '../../shared/types.ts'
import { isElsewhere } from '../../shared/elsewhere.ts'
import { deltasOf } from './baseline.ts'
import { kindLabel, nameIn, type BundleNames } from './bundle-names.ts'
import type { MarksOf } from './marks-of.ts'
import { notesOf } from './notes.ts'
import { piecesOf } from './pieces.ts'
import type { SelectedCell, SelectedImage } from './selection.ts'
import { TABLE_MARKS, textCell, type DocCell, type DocColumn, type TableDoc } from './table-doc.ts'

export interface TableOptions {
  readonly baseline: AltKind
  readonly appVersion: string
  /** Hex sha256 of a text in UTF-8. */
  readonly sha256: (text: string) => string
  readonly names: BundleNames
}

const columns = (altText: number, captioner: number, caption: number): readonly DocColumn[] => [
  { label: 'Kind', kind: 'text', share: 0.12 }, // "class name" on one line of a page
  { label: 'Alt-text', kind: 'text', share: altText },
  ...(captioner > 0 ? [{ label: 'Captioner', kind: 'text', share: captioner } as const] : []),
  { label: 'Caption', kind: 'text', share: caption },
  { label: 'CLIP', kind: 'number', share: 0.13 },
]

function columnsFor(captioners: ReadonlySet<string>): readonly DocColumn[] {
  if (captioners.size <= 1) return columns(0.25, 0, 0.5)
  // "(elsewhere)" on one line of a page.
  return [...captioners].some(isElsewhere) ? columns(0.19, 0.17, 0.39) : columns(0.21, 0.12, 0.42)
}

export const traceOf = (
  images: readonly SelectedImage[],
  sha256: TableOptions['sha256'],
): TableDoc['trace'] =>
  images.flatMap(({ cells }) =>
    cells.map(({ cell }) => ({ cellId: cell.id, sha16: sha256(cell.caption).slice(0, 16) })),
  )

/** The empty alt-text is shown as "", as in the paper. */
export const altTextShown = (altText: string): string => (altText === '' ? '""' : altText)

const altCell = ({ cell }: SelectedCell, marks: ReturnType<MarksOf>): DocCell =>
  cell.altText === ''
    ? textCell(altTextShown(''))
    : { kind: 'text', pieces: piecesOf(cell.altText, marks.altText) }

export function table3(
  images: readonly SelectedImage[],
  marksOf: MarksOf,
  options: TableOptions,
): TableDoc {
  const captioners = new Set(images.flatMap((one) => one.cells.map(({ cell }) => cell.captionerId)))
  const several = captioners.size > 1
  const row = (one: SelectedCell, delta: number | null): readonly DocCell[] => {
    const { cell, altKind } = one
    const marks = marksOf(cell)
    return [
      textCell(cell.provenance.branch ? `${kindLabel(altKind)}, branch` : kindLabel(altKind)),
      altCell(one, marks),
      ...(several ? [textCell(nameIn(options.names, cell.captionerId))] : []),
      { kind: 'text', pieces: piecesOf(cell.caption, marks.caption) },
      { kind: 'number', value: cell.score?.clip ?? null, digits: 1, delta },
    ]
  }
  const groups = images.map(({ image, cells }) => {
    const deltas = deltasOf(cells, options.baseline)
    return {
      picture: { imageId: image.id, name: image.name },
      rows: cells.map((one, index) => row(one, deltas[index] ?? null)),
    }
  })
  const used = new Set(
    groups
      .flatMap(({ rows }) => rows.flat())
      .flatMap((cell) => (cell.kind === 'text' ? cell.pieces : []))
      .flatMap(({ marks }) => marks.map(({ kind }) => kind)),
  )
  return {
    title: 'Captions of the same images under several alt-texts',
    columns: columnsFor(captioners),
    groups,
    legend: TABLE_MARKS.filter((kind) => used.has(kind)),
    notes: notesOf({ images, ...options }),
    trace: traceOf(images, options.sha256),
  }
}
