/** The table as its page shows it: the same cells, marks and notes, drawn here as text so that nothing in it can run. */
import type { PreviewCell, TablePreview as Table } from '../../shared/contract/publish.ts'
import { tableNumber } from '../../shared/numbers.ts'
import { pictureUrl } from '../api.ts'
import { Picture } from '../components/Picture.tsx'

/** Goes on from the name of the mark, as in the file. */
const LEGEND = {
  carried: ' from the alt-text',
  erroneous: ', not grounded in the image',
  rejected: ', in the alt-text and refused by the caption',
} as const

type Piece = Extract<PreviewCell, { kind: 'text' }>['pieces'][number]

function Dressed({ piece }: { readonly piece: Piece }) {
  return piece.marks.reduce<React.ReactNode>(
    (inner, { kind, state }) => (
      <span className={`m ${kind}${state === 'confirmed' ? ' sure' : ''}`}>{inner}</span>
    ),
    piece.text,
  )
}

function Cell({ cell, column }: { readonly cell: PreviewCell; readonly column: string }) {
  if (cell.kind === 'number') return <td className="number">{tableNumber(cell)}</td>
  return (
    <td dir="auto" className={column === 'number' ? column : undefined}>
      {cell.pieces.map((piece, index) => (
        <Dressed key={index} piece={piece} />
      ))}
    </td>
  )
}

/** More of them stand closer, as in LaTeX. */
const MANY_COLUMNS = 12

export function TablePreview({ table }: { readonly table: Table }) {
  const pictures = table.groups.some(({ picture }) => picture !== null)
  const room = pictures ? 0.84 : 1
  return (
    <div className={table.columns.length > MANY_COLUMNS ? 'paper many' : 'paper'}>
      <table>
        <caption>{table.title}</caption>
        <colgroup>
          {pictures && <col style={{ width: '16%' }} />}
          {table.columns.map(({ label, share }) => (
            <col key={label} style={{ width: `${share * room * 100}%` }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {pictures && <th scope="col">Image</th>}
            {table.columns.map(({ label, kind }) => (
              <th key={label} scope="col" className={kind}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        {table.groups.map(({ picture, rows }, group) => (
          <tbody key={group}>
            {rows.map((cells, row) => (
              <tr key={row}>
                {row === 0 && picture && (
                  <th scope="rowgroup" rowSpan={rows.length} dir="auto">
                    <Picture src={pictureUrl(picture.imageId, 'thumbnail')} alt="" fit="contain" />
                    <small>{picture.name}</small>
                  </th>
                )}
                {cells.map((cell, index) => (
                  <Cell key={index} cell={cell} column={table.columns[index]?.kind ?? 'text'} />
                ))}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
      <footer>
        {table.legend.length > 0 && (
          <p>
            {table.legend.map((kind) => (
              <span key={kind}>
                <span className={`m ${kind}`}>{kind}</span>
                {LEGEND[kind]};{' '}
              </span>
            ))}
            bold marks were confirmed by a person, the others are proposals.
          </p>
        )}
        {table.notes.map((note, index) => (
          <p key={index}>{note}</p>
        ))}
      </footer>
    </div>
  )
}
