/** What the words are tinted by. */
import { setLensMode, useLensView, type LensMode } from '../../stores/lens.ts'

const NAMES: readonly (readonly [LensMode, string])[] = [
  ['alt', 'Alt-text lift'],
  ['image', 'Image lift'],
  ['probability', 'Probability'],
]

export function LensSwitch() {
  const mode = useLensView((state) => state.mode)
  return (
    <div className="seg" role="group" aria-label="Tint words by" title="I switches">
      {NAMES.map(([one, name]) => (
        <button
          key={one}
          type="button"
          aria-pressed={one === mode}
          onClick={() => setLensMode(one)}
        >
          {name}
        </button>
      ))}
    </div>
  )
}
