/** Which captioner makes the next captions: bundles of this machine, then endpoints with their hosts. */
import { chosenCaptioner, useSettings } from '../stores/settings.ts'
import { showScreen } from '../stores/screen.ts'
import { useStatus } from '../stores/status.ts'
import { isEndpoint } from '../../shared/endpoint-names.ts'
import { endpointBlock, isCaptioner, titleOf } from '../captioners.ts'

/** The chosen one; follows the choice and what the host says of it. */
export function useChosenCaptioner(): string | null {
  useSettings((state) => state.captionerId)
  useStatus((state) => state.status?.defaultCaptioner)
  useStatus((state) => state.bundles)
  return chosenCaptioner()
}

function CaptionerSelect() {
  const bundles = useStatus((state) => state.bundles)
  const chosen = useChosenCaptioner()
  const captioners = bundles.filter(isCaptioner)
  const endpoints = captioners.filter(({ id }) => isEndpoint(id))
  const option = ({ id }: { readonly id: string }) => (
    <option key={id} value={id}>
      {titleOf(bundles, id)}
      {endpointBlock(bundles, id) !== null && ' (not allowed yet)'}
    </option>
  )
  return (
    <select
      className="text-input"
      value={captioners.some(({ id }) => id === chosen) ? (chosen ?? '') : ''}
      onChange={(event) => useSettings.setState({ captionerId: event.target.value })}
    >
      {captioners.length === 0 && <option value="">none</option>}
      {captioners.filter(({ id }) => !isEndpoint(id)).map(option)}
      {endpoints.length > 0 && <optgroup label="Endpoints">{endpoints.map(option)}</optgroup>}
    </select>
  )
}

/** Why the chosen captioner cannot be asked, with the way to where that is changed; nothing where it can. */
function CaptionerBlock() {
  const bundles = useStatus((state) => state.bundles)
  const blocked = endpointBlock(bundles, useChosenCaptioner())
  if (blocked === null) return null
  return (
    <p className="why captioner-block">
      <span className="wrap">{blocked}.</span>{' '}
      <button type="button" className="link" onClick={() => showScreen('models')}>
        Go to Models
      </button>
    </p>
  )
}

/** Two lines of a list of settings: the choice, and what stands in its way. */
export function CaptionerField() {
  return (
    <>
      <label>
        <span>Captioner</span>
        <CaptionerSelect />
      </label>
      <CaptionerBlock />
    </>
  )
}
