/** So many of the images, drawn by a seed: what a table shows was not picked by whoever shows it. */
import { plural } from '../format.ts'
import { useExport } from './export-store.ts'
import { wholeFault } from './whole-numbers.ts'
import { WholeNumber } from './WholeNumber.tsx'

export function RandomImages() {
  const { randomImages, scope } = useExport()
  if (scope === 'image') return null
  const drawn =
    randomImages === null
      ? 'no, all images'
      : wholeFault('randomImages', randomImages) === null
        ? plural(randomImages, 'image')
        : 'no whole number'
  return (
    <details className="export-part">
      <summary className="label">Drawn at random: {drawn}</summary>
      <div className="settings">
        <WholeNumber field="randomImages" />
        <WholeNumber field="randomSeed" />
      </div>
      <p className="why">
        Nobody chooses them, and the footnote says so. The same seed draws the same images, here and
        elsewhere.
      </p>
    </details>
  )
}
