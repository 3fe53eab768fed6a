/** Captioners and scorers as cards: what each is, where it runs, whether its files are sound. */
import { Plus, RefreshCw } from 'lucide-react'
import { useEffect } from 'react'
import { isEndpoint } from '../../../shared/endpoint-names.ts'
import type { BundleSummary } from '../../../shared/types.ts'
import { copyText } from '../../actions.ts'
import { plural } from '../../format.ts'
import { addEndpoint } from '../../stores/endpoints.ts'
import { refreshModels, useStatus } from '../../stores/status.ts'
import { Button } from '../../ui/Button.tsx'
import { AddFolder } from './AddFolder.tsx'
import { BundleCard } from './BundleCard.tsx'
import { EndpointCard } from './EndpointCard.tsx'

/** Where a person's own bundles go: the last folder is theirs, those before it came with the product. */
function OwnBundles() {
  const folders = useStatus((state) => state.modelFolders)
  const own = folders.at(-1)
  if (own === undefined) return null
  return (
    <>
      <p>
        Bundles lie in this folder; one that is copied there by hand is found by Look again. Nothing
        is read from it before its files match the manifest.
      </p>
      <div className="folder">
        <code>{own}</code>
        <Button onPress={() => void copyText(own, 'Folder')}>Copy</Button>
      </div>
      {folders.length > 1 && (
        <p className="dim">
          Also read: <span className="mono wrap">{folders.slice(0, -1).join(', ')}</span>
        </p>
      )}
    </>
  )
}

function AddOne() {
  return (
    <section className="own-bundles" aria-labelledby="own-bundles">
      <h2 id="own-bundles">Add a captioner or scorer</h2>
      <h3>An endpoint</h3>
      <p>
        A captioner behind an address that speaks OpenAI’s chat completions: a server on this
        machine (Ollama, vLLM, llama.cpp, LM Studio) or elsewhere. No picture is sent before this
        workspace allows it. It writes captions; token probabilities, and what is read from them, it
        cannot tell.
      </p>
      <div>
        <Button keys="⇧N" icon={<Plus className="icon" aria-hidden="true" />} onPress={addEndpoint}>
          Add an endpoint
        </Button>
      </div>
      <AddFolder />
      <OwnBundles />
    </section>
  )
}

const countsOf = (bundles: readonly BundleSummary[]): string => {
  const endpoints = bundles.filter(({ id }) => isEndpoint(id)).length
  const here = `${plural(bundles.length - endpoints, 'bundle')} on this machine`
  return endpoints === 0 ? here : `${here}, ${plural(endpoints, 'endpoint')}`
}

export function ModelsPage() {
  const bundles = useStatus((state) => state.bundles)
  useEffect(() => void refreshModels(), [])
  return (
    <main className="models" tabIndex={-1}>
      <div className="page-head">
        <div className="grow">
          <h1>Models</h1>
          <div className="sub" role="status">
            {countsOf(bundles)}
          </div>
        </div>
        <Button
          icon={<RefreshCw className="icon" aria-hidden="true" />}
          onPress={() => void refreshModels()}
        >
          Look again
        </Button>
      </div>
      {bundles.length === 0 && (
        <div className="empty">
          <p>No model was found, so nothing can be captioned yet.</p>
        </div>
      )}
      <div className="cards">
        {bundles.map((bundle) =>
          isEndpoint(bundle.id) ? (
            <EndpointCard key={bundle.id} bundle={bundle} />
          ) : (
            <BundleCard key={bundle.id} bundle={bundle} />
          ),
        )}
      </div>
      <AddOne />
    </main>
  )
}
