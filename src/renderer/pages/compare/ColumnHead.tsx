/** Head of a caption column: captioner, settings where they tell columns apart, the pin. */
import { Pin } from 'lucide-react'
import { isElsewhere } from '../../../shared/elsewhere.ts'
import type { Baseline } from '../../sheet/baseline.ts'
import { describeColumn, type Column, type SheetModel } from '../../sheet/sheet-model.ts'
import { useComparison } from '../../stores/comparison.ts'
import { useStatus } from '../../stores/status.ts'
import { titleOf } from '../../captioners.ts'

/** Of a name; the whole is the title. The head stays in view while its captions scroll. */
const MOST_LETTERS = 72

export interface ColumnHeadProps {
  readonly sheet: SheetModel
  readonly column: Column
  readonly baseline: Baseline | null
  readonly note: string
}

export function ColumnHead({ sheet, column, baseline, note }: ColumnHeadProps) {
  const bundles = useStatus((state) => state.bundles)
  const several = sheet.columns.length > 1
  const whole = titleOf(bundles, column.captionerId)
  const name = titleOf(bundles, column.captionerId, MOST_LETTERS)
  const pinned = baseline?.kind === 'column' && baseline.key === column.key
  if (!several)
    return (
      <span role="columnheader" className="label spread">
        <span>{isElsewhere(column.captionerId) ? 'Caption' : 'Generated caption'}</span>
        <span title={whole}>
          {name}
          {note && `, ${note}`}
        </span>
      </span>
    )
  return (
    <span role="columnheader" className="label spread">
      <span className="wrap" title={[whole, describeColumn(column)].filter(Boolean).join(', ')}>
        {[name, describeColumn(column, sheet.columns)].filter(Boolean).join(', ')}
      </span>
      <button
        type="button"
        className="pin"
        aria-pressed={pinned}
        aria-label={pinned ? 'Unpin this column' : 'Pin this column as baseline'}
        title={pinned ? 'Unpin this column' : 'Pin this column as baseline'}
        onClick={() =>
          useComparison.setState({ baseline: pinned ? null : { kind: 'column', key: column.key } })
        }
      >
        <Pin className="icon" aria-hidden="true" />
      </button>
    </span>
  )
}
