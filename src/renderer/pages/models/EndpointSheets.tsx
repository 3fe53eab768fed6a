/** What is asked before pictures may be sent to an address, and before an endpoint is removed. */
import { removeEndpoint, allowEndpoint, useEndpointSheet } from '../../stores/endpoints.ts'
import { showSheet } from '../../stores/screen.ts'
import { useStatus } from '../../stores/status.ts'
import { Sheet } from '../../ui/Sheet.tsx'
import { SheetChoice } from '../../ui/SheetChoice.tsx'
import { sentWords } from './EndpointCard.tsx'
import { hostIn, nameOf } from '../../captioners.ts'

const close = () => showSheet(null)

function useAskedAbout() {
  const id = useEndpointSheet((state) => state.id)
  const bundles = useStatus((state) => state.bundles)
  return bundles.find((bundle) => bundle.id === id) ?? null
}

export function AllowEndpoint() {
  const bundle = useAskedAbout()
  const endpoint = bundle?.endpoint
  if (!bundle || !endpoint) return null
  const { origin, local, definition } = endpoint
  return (
    <Sheet
      title={local ? 'Send pictures to another program' : `Send pictures to ${hostIn(origin)}`}
      onClose={close}
    >
      <p>
        Every question to <bdi>{bundle.name}</bdi> sends the picture ({sentWords(definition)},
        without metadata), the alt-text and the prompt{' '}
        {local && 'to another program on this machine, '}
        {!local && 'to '}
        <span className="mono wrap">{origin}</span>. File names, marks, scores and all else stay
        here.
      </p>
      <p className="mid">
        {local
          ? 'What that program does with them, and whether it passes them on, cannot be seen from here.'
          : 'They leave this machine. What is kept of them there, and for how long, is for whoever runs that address to say.'}
      </p>
      <p className="mid">
        This holds for this workspace, for every endpoint at this address, until it is switched off.
      </p>
      <SheetChoice
        no="Keep it off"
        yes="Allow"
        onClose={close}
        onYes={() => void allowEndpoint(bundle.id, true)}
      />
    </Sheet>
  )
}

export function RemoveEndpoint() {
  const bundle = useAskedAbout()
  if (!bundle) return null
  return (
    <Sheet title="Remove this endpoint" onClose={close}>
      <p className="wrap">
        The definition of <bdi>{nameOf([bundle], bundle.id)}</bdi> and its key are deleted. Its
        captions stay; they cannot be asked for again.
      </p>
      <SheetChoice yes="Remove" onClose={close} onYes={() => void removeEndpoint(bundle.id)} />
    </Sheet>
  )
}
