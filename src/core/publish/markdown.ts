/** A table as GitHub-flavoured Markdown: marks as inline HTML that keeps its shape where styles are dropped. */
import { tableNumber } from '../../shared/numbers.ts'
import { escapeMarkdown } from './escape-markdown.ts'
import {
  CONFIRMED_LEGEND,
  LEGEND,
  type DocCell,
  type DocGroup,
  type Piece,
  type TableDoc,
  type TableMarkKind,
} from './table-doc.ts'
import { traceText } from './trace-text.ts'

export interface MarkdownOptions {
  /** File of each image's picture; images that are not named get none. */
  readonly pictures: ReadonlyMap<string, string>
}

const OPEN: Readonly<Record<TableMarkKind, readonly [open: string, close: string]>> = {
  carried: ['<ins style="color:#1450b4">', '</ins>'],
  erroneous: ['<em style="color:#b8103c;text-decoration:underline wavy">', '</em>'],
  rejected: ['<del style="color:#6b4a00">', '</del>'],
}

const wrap = (kind: TableMarkKind, inner: string): string => OPEN[kind].join(inner)

const dressed = ({ text, marks }: Piece): string =>
  marks.reduce(
    (inner, { kind, state }) => wrap(kind, state === 'confirmed' ? `<b>${inner}</b>` : inner),
    escapeMarkdown(text),
  )

const cellText = (cell: DocCell): string =>
  cell.kind === 'number'
    ? escapeMarkdown(tableNumber(cell))
    : cell.pieces.map(dressed).join('').trim()

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`

function pictureCell({ picture }: DocGroup, { pictures }: MarkdownOptions): string {
  if (picture === null) return ''
  const file = pictures.get(picture.imageId)
  const name = escapeMarkdown(picture.name)
  return file === undefined ? name : `![](${file}) ${name}`
}

export function markdownOf(doc: TableDoc, options: MarkdownOptions): string {
  const withPictures = doc.groups.some(({ picture }) => picture !== null)
  const first = withPictures ? ['Image'] : []
  const legend = doc.legend.map((kind) => `${wrap(kind, kind)}${escapeMarkdown(LEGEND[kind])}`)
  return [
    `**${escapeMarkdown(doc.title)}**`,
    '',
    line([...first, ...doc.columns.map(({ label }) => escapeMarkdown(label))]),
    line([
      ...first.map(() => ':--'),
      ...doc.columns.map(({ kind }) => (kind === 'number' ? '--:' : ':--')),
    ]),
    ...doc.groups.flatMap((group) =>
      group.rows.map((cells, index) =>
        line([
          ...(withPictures ? [index === 0 ? pictureCell(group, options) : ''] : []),
          ...cells.map(cellText),
        ]),
      ),
    ),
    '',
    ...(legend.length > 0 ? [`${legend.join('; ')}. ${CONFIRMED_LEGEND}`, ''] : []),
    ...doc.notes.flatMap((note) => [escapeMarkdown(note), '']),
    `<!-- ${traceText(doc.trace)} -->`,
    '',
  ].join('\n')
}
