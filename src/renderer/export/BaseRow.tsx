/** Which row of Table 1, or of Statistics, differences are to: what is usual, the alt-text itself, or any row that is there. */
import { nameOf } from '../captioners.ts'
import { KIND_NAMES } from '../kinds.ts'
import { useStatus } from '../stores/status.ts'
import { plural } from '../format.ts'
import { Button } from '../ui/Button.tsx'
import { useExport, type Base, type Selection } from './export-store.ts'
import { scoreAltTexts, useSaving } from './save-file.ts'

/** Options of a select are told apart by text. */
const valueOf = (base: Base | null): string => (base ? JSON.stringify(base) : '')

export function BaseRow() {
  const { what, base, rows, references } = useExport()
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
  const byReferences = what === 'table1' && references.length > 0
  const words = (one: Base | null): string => {
    if (one === null) return `usual (${byReferences ? 'the alt-text' : 'baseline'})`
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

/** Offers to score the alt-texts of the table that have no CLIP score yet; an export never computes by itself. */
export function UnscoredAltTexts({
  selection,
  blocked,
}: {
  readonly selection: Selection
  readonly blocked: string | null
}) {
  const unscored = useExport((state) => state.unscored)
  const saving = useSaving((state) => state.saving)
  if (unscored === 0) return null
  return (
    <div className="export-part">
      <p className="why">
        {plural(unscored, 'alt-text')} of this table without a CLIP score, by the scorer of the
        captions.
      </p>
      <Button
        blocked={saving ? 'wait for what is under way' : blocked}
        onPress={() => void scoreAltTexts(selection)}
      >
        Score alt-texts
      </Button>
    </div>
  )
}
