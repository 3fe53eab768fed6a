/** How a table of alt-texts is read: its columns, its first rows, and how many images it would give words to. */
import type { TableRowView } from '../../../shared/contract/tables.ts'
import { TABLE_ROLES, type TableRole } from '../../../shared/tables.ts'
import { KindChip } from '../../components/KindGlyph.tsx'
import { formatCount, plural } from '../../format.ts'
import { applyTable, chooseColumn, closeTable, useTable, type Looked } from '../../stores/table.ts'
import { Button } from '../../ui/Button.tsx'
import { Sheet } from '../../ui/Sheet.tsx'

const ROLE_NAMES: Readonly<Record<TableRole, string>> = {
  image: 'Image',
  altText: 'Alt-text',
  className: 'Class name',
  group: 'Group',
}

/** Value of the option for no column; a column of that name would be `0:…`. */
const NONE = ''

function Column({ role, looked }: { readonly role: TableRole; readonly looked: Looked | null }) {
  const columns = looked?.columns ?? []
  const chosen = looked?.mapping[role] ?? null
  return (
    <label>
      <span className="label">{ROLE_NAMES[role]}</span>
      <select
        className="text-input"
        aria-label={ROLE_NAMES[role]}
        disabled={looked === null}
        value={chosen === null ? NONE : String(columns.indexOf(chosen))}
        onChange={({ target }) =>
          chooseColumn(role, target.value === NONE ? null : (columns[Number(target.value)] ?? null))
        }
      >
        <option value={NONE}>{role === 'image' ? 'Choose a column' : 'None'}</option>
        {columns.map((name, index) => (
          <option key={index} value={String(index)}>
            {name.slice(0, 100)}
          </option>
        ))}
      </select>
    </label>
  )
}

function Row({ row }: { readonly row: TableRowView }) {
  const { line, image, altText, className, group, state, reason } = row
  return (
    <div>
      <h3>
        <span className="clip" dir="auto">
          {image === '' ? 'no name' : image}
        </span>
        <span className="state num">line {line}</span>
      </h3>
      {state === 'blank' && <p className="dim">without words</p>}
      {(state === 'missing' || state === 'unused') && <p className="mid">not used: {reason}</p>}
      <dl>
        {altText !== null && (
          <div className="contents">
            <dt>
              <KindChip kind="own" />
            </dt>
            <dd className="alt" dir="auto">
              “<bdi>{altText}</bdi>”
            </dd>
          </div>
        )}
        {className !== null && (
          <div className="contents">
            <dt>
              <KindChip kind="class-name" />
            </dt>
            <dd className="alt" dir="auto">
              “<bdi>{className}</bdi>”
            </dd>
          </div>
        )}
        {group !== null && (
          <div className="contents">
            <dt className="mid">group</dt>
            <dd dir="auto">{group}</dd>
          </div>
        )}
      </dl>
    </div>
  )
}

const countsOf = ({ rows, blank, unused }: Looked): string =>
  [
    plural(rows, 'row'),
    ...(blank > 0 ? [`${formatCount(blank)} without words`] : []),
    ...(unused > 0 ? [`${formatCount(unused)} not used`] : []),
  ].join(', ')

function blockedBy(looked: Looked | null, reading: boolean): string | null {
  if (!looked || reading) return 'The table is being read'
  const { image, ...words } = looked.mapping
  if (image === null) return 'Choose the column that names the image'
  if (Object.values(words).every((name) => name === null))
    return 'Choose the column that holds the alt-text, the class name or the group'
  return looked.images === 0 ? 'No row has words for an image of the workspace' : null
}

/** `Give 12 images their alt-texts`. */
function wordsOfButton(looked: Looked | null): string {
  if (!looked) return 'Give images their alt-texts'
  const { images, mapping } = looked
  const what =
    mapping.altText !== null ? 'alt-text' : mapping.className !== null ? 'class name' : 'group'
  return `Give ${plural(images, 'image')} ${images === 1 ? 'its' : 'their'} ${what}${images === 1 ? '' : 's'}`
}

export function TableDialog() {
  const { table, looked, reading } = useTable()
  if (!table) return null
  return (
    <Sheet title="Alt-texts from a table" wide onClose={closeTable}>
      <div className="pack-file">
        <span className="grow wrap" dir="auto">
          <b>{table.name}</b>
        </span>
        <span className="dim num" role="status">
          {looked ? countsOf(looked) : 'Reading the table'}
        </span>
      </div>
      <fieldset className="table-columns" aria-label="Columns">
        {TABLE_ROLES.map((role) => (
          <Column key={role} role={role} looked={looked} />
        ))}
      </fieldset>
      {looked && looked.first.length > 0 && (
        <div className="planned first-rows" tabIndex={0} role="group" aria-label="First rows">
          {looked.first.map((row, index) => (
            <Row key={index} row={row} />
          ))}
        </div>
      )}
      <div className="form-end">
        <span className="grow dim">What an image had before stays in the workspace.</span>
        <Button onPress={closeTable}>Cancel</Button>
        <Button
          look="primary"
          blocked={blockedBy(looked, reading)}
          onPress={() => void applyTable()}
        >
          {wordsOfButton(looked)}
        </Button>
      </div>
    </Sheet>
  )
}
