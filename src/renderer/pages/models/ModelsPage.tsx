/** Captioners and scorers as cards: what each is, where it runs, whether its files are sound. */
import { useEffect } from 'react'
import { plural } from '../../format.ts'
import { refreshModels, useStatus } from '../../stores/status.ts'
import { BundleCard } from './BundleCard.tsx'

export function ModelsPage() {
  const bundles = useStatus((state) => state.bundles)
  useEffect(() => void refreshModels(), [])
  return (
    <main className="models" tabIndex={-1}>
      <div className="page-head">
        <div className="grow">
          <h1>Models</h1>
          <div className="sub">{plural(bundles.length, 'bundle')} on this machine</div>
        </div>
      </div>
      {bundles.length === 0 && (
        <div className="empty">
          <p>
            No model was found. Put a bundle folder where the workbench looks for models and start
            it again.
          </p>
        </div>
      )}
      <div className="cards">
        {bundles.map((bundle) => (
          <BundleCard key={bundle.id} bundle={bundle} />
        ))}
      </div>
    </main>
  )
}
