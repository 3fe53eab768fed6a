/** So many of the images, drawn by a seed: what a table shows was not picked by whoever shows it. */
import { useExport } from './export-store.ts'

const MOST = 100_000
const MOST_SEED = 0xffffffff

interface WholeProps {
  readonly label: string
  /** null: all. */
  readonly value: number | null
  readonly range: readonly [from: number, to: number]
  readonly onChange: (value: number | null) => void
}

function Whole({ label, value, range, onChange }: WholeProps) {
  const [from, to] = range
  return (
    <label>
      <span>{label}</span>
      <input
        type="number"
        className="text-input num"
        {...{ min: from, max: to, step: 1, placeholder: 'all', value: value ?? '' }}
        onChange={({ target }) => {
          const typed = target.valueAsNumber
          if (Number.isNaN(typed)) onChange(null)
          else if (Number.isInteger(typed) && typed >= from && typed <= to) onChange(typed)
        }}
      />
    </label>
  )
}

export function RandomImages() {
  const { randomImages, randomSeed, scope } = useExport()
  if (scope === 'image') return null
  return (
    <details className="export-part">
      <summary className="label">
        Drawn at random: {randomImages === null ? 'no, all images' : `${randomImages} images`}
      </summary>
      <div className="settings">
        <Whole
          {...{ label: 'Images', value: randomImages, range: [1, MOST] }}
          onChange={(value) => useExport.setState({ randomImages: value })}
        />
        <Whole
          {...{ label: 'Seed', value: randomSeed, range: [0, MOST_SEED] }}
          onChange={(value) => useExport.setState({ randomSeed: value ?? 0 })}
        />
      </div>
      <p className="why">
        Nobody chooses them, and the footnote says so. The same seed draws the same images, here and
        elsewhere.
      </p>
    </details>
  )
}
