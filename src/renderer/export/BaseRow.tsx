/** Which row of Table 1 differences are to: what is usual, the alt-text itself, or any row that is there. */
import { nameOf } from '../captioners.ts'
import { KIND_NAMES } from '../kinds.ts'
import { useStatus } from '../stores/status.ts'
import { useExport, type Base } from './export-store.ts'

/** Options of a select are told apart by text. */
const valueOf = (base: Base | null): string => (base ? JSON.stringify(base) : '')

export function BaseRow() {
  const { base, rows, references } = useExport()
  const bundles = useStatus((state) => state.bundles)
  const there = rows.map(({ captionerId, altKind }): Base => ({
    kind: 'row',
    captionerId,
    altKind,
  }))
  const chosenIsThere = base?.kind !== 'row' || there.some((one) => valueOf(one) === valueOf(base))
  const all: readonly (Base | null)[] = [
    null,
    { kind: 'baseline' },
    { kind: 'alt-text' },
    ...there,
    ...(chosenIsThere ? [] : [base]), // of another selection: the preview says so
  ]
  const words = (one: Base | null): string => {
    if (one === null)
      return `usual: ${references.length > 0 ? 'the alt-text, if there is any' : 'the baseline'}`
    if (one.kind === 'baseline') return 'the captioner’s own baseline'
    if (one.kind === 'alt-text') return 'the alt-text itself'
    return `${nameOf(bundles, one.captionerId)}, ${one.altKind ? KIND_NAMES[one.altKind] : ''}`
  }
  return (
    <label>
      <span>Differences to</span>
      <select
        className="text-input"
        value={valueOf(base)}
        onChange={({ target }) =>
          useExport.setState({ base: all.find((one) => valueOf(one) === target.value) ?? null })
        }
      >
        {all.map((one) => (
          <option key={valueOf(one)} value={valueOf(one)}>
            {words(one)}
          </option>
        ))}
      </select>
    </label>
  )
}
