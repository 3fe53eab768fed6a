/** How a table of alt-texts or captions is read: its columns, its first rows, and what it would bring to how many images. */
import type { TableRowView } from '../../../shared/contract/tables.ts'
import { elsewhereId, MAX_WRITER_CHARS } from '../../../shared/elsewhere.ts'
import { TABLE_ROLES, type TableRole } from '../../../shared/tables.ts'
import { KindChip } from '../../components/KindGlyph.tsx'
import { formatCount, plural } from '../../format.ts'
import {
  applyTable,
  chooseColumn,
  closeTable,
  nameWriter,
  useTable,
  type Looked,
} from '../../stores/table.ts'
import { Button } from '../../ui/Button.tsx'
import { Sheet } from '../../ui/Sheet.tsx'

const ROLE_NAMES: Readonly<Record<TableRole, string>> = {
  image: 'Image',
  altText: 'Alt-text',
  className: 'Class name',
  group: 'Group',
  caption: 'Caption',
  captioner: 'Captioner',
}

/** Value of the option for no column; a column of that name would be `0:…`. */
const NONE = ''

function Column({ role, looked }: { readonly role: TableRole; readonly looked: Looked | null }) {
  const columns = looked?.columns ?? []
  const chosen = looked?.mapping[role] ?? null
  const given = role === 'altText' && looked !== null && looked.mapping.caption !== null
  const name = given ? 'Alt-text given' : ROLE_NAMES[role]
  return (
    <label>
      <span className="label">{name}</span>
      <select
        className="text-input"
        aria-label={name}
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

/** What its captioner was given, who that was, and what came of it. */
function Captioned({
  given,
  caption,
  writer,
}: {
  readonly given: NonNullable<TableRowView['given']>
  readonly caption: string
  /** '' while nobody is named. */
  readonly writer: string
}) {
  return (
    <>
      <div className="contents">
        <dt>
          <KindChip kind={given.altKind} />
        </dt>
        <dd className="alt" dir="auto">
          {given.altText === '' ? (
            <span className="dim">“”</span>
          ) : (
            <>
              “<bdi>{given.altText}</bdi>”
            </>
          )}
        </dd>
      </div>
      <div className="contents">
        <dt className="mid wrap" dir="auto">
          {writer === '' ? 'by nobody yet' : writer}
        </dt>
        <dd dir="auto">{caption}</dd>
      </div>
    </>
  )
}

function Row({ row, captionsBy }: { readonly row: TableRowView; readonly captionsBy: string }) {
  const { line, image, altText, className, group, given, caption, writer, state, reason } = row
  return (
    <div>
      <h3>
        <span className="clip" dir="auto">
          {image === '' ? 'no name' : image}
        </span>
        <span className="state num">line {line}</span>
      </h3>
      {state === 'there' && <p className="mid">a caption of this workspace: nothing to add</p>}
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
        {given !== null && caption !== null && (
          <Captioned {...{ given, caption }} writer={writer ?? captionsBy.trim()} />
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

/** True where captions are chosen and no column says who wrote them. */
const asksWho = (looked: Looked | null): boolean =>
  looked !== null && looked.mapping.caption !== null && looked.mapping.captioner === null

function blockedBy(looked: Looked | null, reading: boolean, captionsBy: string): string | null {
  if (!looked || reading) return 'The table is being read'
  const { image, captioner: _captioner, ...words } = looked.mapping
  if (image === null) return 'Choose the column that names the image'
  if (Object.values(words).every((name) => name === null))
    return 'Choose the column that holds the alt-text, the class name, the group or a caption'
  if (asksWho(looked) && elsewhereId(captionsBy) === null)
    return 'Say who wrote the captions: choose the column of the captioner, or type a name'
  if (looked.images === 0)
    return looked.captions > 0
      ? 'All of it is in the workspace already'
      : 'No row has words for an image of the workspace'
  return null
}

/** One name for all captions, where no column has them. */
function CaptionsBy({ value }: { readonly value: string }) {
  return (
    <label className="captions-by">
      <span className="label">Captions by</span>
      <input
        className="text-input"
        aria-label="Captions by"
        placeholder="Who wrote them, e.g. GPT-4o"
        maxLength={MAX_WRITER_CHARS}
        value={value}
        onChange={({ target }) => nameWriter(target.value)}
      />
    </label>
  )
}

/** `Give 12 images their alt-texts`, `Add 12 captions`. */
function wordsOfButton(looked: Looked | null): string {
  if (!looked) return 'Give images their alt-texts'
  const { images, mapping, captions } = looked
  if (mapping.caption !== null) return `Add ${plural(captions, 'caption')}`
  const what =
    mapping.altText !== null ? 'alt-text' : mapping.className !== null ? 'class name' : 'group'
  return `Give ${plural(images, 'image')} ${images === 1 ? 'its' : 'their'} ${what}${images === 1 ? '' : 's'}`
}

export function TableDialog() {
  const { table, looked, reading, captionsBy } = useTable()
  if (!table) return null
  const captions = looked !== null && looked.mapping.caption !== null
  return (
    <Sheet
      title={captions ? 'Captions from a table' : 'Alt-texts from a table'}
      wide
      onClose={closeTable}
    >
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
      {asksWho(looked) && <CaptionsBy value={captionsBy} />}
      {looked && looked.first.length > 0 && (
        <div className="planned first-rows" tabIndex={0} role="group" aria-label="First rows">
          {looked.first.map((row, index) => (
            <Row key={index} {...{ row, captionsBy }} />
          ))}
        </div>
      )}
      <div className="form-end">
        <span className="grow dim">
          {captions
            ? 'They stand beside our own, as made elsewhere; their alt-texts are those they were given.'
            : 'What an image had before stays in the workspace.'}
        </span>
        <Button onPress={closeTable}>Cancel</Button>
        <Button
          look="primary"
          blocked={blockedBy(looked, reading, captionsBy)}
          onPress={() => void applyTable()}
        >
          {wordsOfButton(looked)}
        </Button>
      </div>
    </Sheet>
  )
}
