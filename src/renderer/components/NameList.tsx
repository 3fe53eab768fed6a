/** Names in fields beside each other, each to be changed or removed, and a button for one more. */
import { Plus, X } from 'lucide-react'
import { Button } from '../ui/Button.tsx'

export interface NameListProps {
  readonly names: readonly string[]
  /** What the field of a name is called, by its number from 1. */
  readonly fieldLabel: (number: number) => string
  /** Who is meant where a name is empty: "rater", "annotator". */
  readonly who: string
  readonly onChange: (names: readonly string[]) => void
  readonly onAdd: () => void
  /** Why there can be no more; null where there can. */
  readonly full?: string | null
}

export function NameList({ names, fieldLabel, who, onChange, onAdd, full = null }: NameListProps) {
  return (
    <ul className="rater-names">
      {names.map((name, index) => (
        <li key={index}>
          <input
            className="text-input"
            aria-label={fieldLabel(index + 1)}
            value={name}
            maxLength={100}
            onChange={(event) =>
              onChange(names.map((one, at) => (at === index ? event.target.value : one)))
            }
          />
          <button
            type="button"
            className="btn quiet"
            aria-label={`Remove ${name || `${who} ${index + 1}`}`}
            onClick={() => onChange(names.filter((_, at) => at !== index))}
          >
            <X className="icon" aria-hidden="true" />
          </button>
        </li>
      ))}
      <li>
        <Button icon={<Plus className="icon" aria-hidden="true" />} blocked={full} onPress={onAdd}>
          Add
        </Button>
      </li>
    </ul>
  )
}
