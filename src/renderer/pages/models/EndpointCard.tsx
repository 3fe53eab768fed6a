/** One captioner behind an address: where it is, what it is sent, whether it may be asked, what its test has shown. */
import { Check, TriangleAlert } from 'lucide-react'
import { tellsAlt } from '../../endpoint/form.ts'
import { endpointSlug } from '../../../shared/endpoint-names.ts'
import type { EndpointSummary, EndpointTest } from '../../../shared/endpoint.ts'
import type { BundleSummary } from '../../../shared/types.ts'
import { useChosenCaptioner } from '../../components/CaptionerSelect.tsx'
import { formatWhen, plural } from '../../format.ts'
import { allowEndpoint, askToAllow, openEndpointSheet } from '../../stores/endpoints.ts'
import { checkModel, useStatus } from '../../stores/status.ts'
import { Button } from '../../ui/Button.tsx'
import { Progress } from '../../ui/Progress.tsx'
import { EndpointKey } from './EndpointKey.tsx'
import { endpointBlock } from '../../captioners.ts'

export const sentWords = ({ maxSide }: Pick<EndpointSummary['definition'], 'maxSide'>): string =>
  `PNG, longer side at most ${maxSide}`

interface CardProps {
  readonly bundle: BundleSummary
  readonly endpoint: EndpointSummary
}

/** Off until a person has read what leaves and said yes; off again at once. */
function Leave({ bundle, endpoint: { allowed, origin } }: CardProps) {
  return (
    <label className="leave">
      <input
        type="checkbox"
        role="switch"
        checked={allowed}
        onChange={() => (allowed ? void allowEndpoint(bundle.id, false) : askToAllow(bundle.id))}
      />
      <span>
        This workspace may send pictures and alt-texts to{' '}
        <span className="mono wrap">{origin}</span>
      </span>
    </label>
  )
}

/** What did not arrive, in words; '' where all did. */
function missedBy({ readsImage, readsAlt }: EndpointTest): string {
  const missed = [...(readsImage ? [] : ['picture']), ...(readsAlt === false ? ['alt-text'] : [])]
  return missed.length === 0 ? '' : `the ${missed.join(' and the ')} did not arrive`
}

function State({ bundle, endpoint }: CardProps) {
  const { test } = endpoint
  if (bundle.state === 'refused')
    return (
      <p className="warn strong">
        <TriangleAlert className="icon" aria-hidden="true" />
        <span className="wrap">Refused. {bundle.problem}</span>
      </p>
    )
  if (!test)
    return (
      <p className="mid">
        Not tested yet. Test sends a drawn picture with an alt-text and sees whether the answer
        knows of both.
      </p>
    )
  const missed = missedBy(test)
  if (missed !== '')
    return (
      <p className="warn strong">
        <TriangleAlert className="icon" aria-hidden="true" />
        <span>Test not passed: {missed}</span>
      </p>
    )
  return (
    <p className="sound">
      <Check className="icon" aria-hidden="true" />
      <span>Test passed</span>
    </p>
  )
}

const arrived = (reads: boolean): string => (reads ? 'yes, it arrived' : 'no, it did not arrive')

function Tested({ at, readsImage, readsAlt, reply }: EndpointTest) {
  return (
    <>
      <dt>Picture</dt>
      <dd>{arrived(readsImage)}</dd>
      <dt>Alt-text</dt>
      <dd>{readsAlt === null ? 'not told: the prompt has no {alt}' : arrived(readsAlt)}</dd>
      <dt>Its reply</dt>
      <dd className="serif reply" dir="auto">
        {reply === '' ? <span className="dim">It said nothing.</span> : <>“{reply}”</>}
      </dd>
      <dt>Tested</dt>
      <dd className="num">{formatWhen(at)}</dd>
    </>
  )
}

function Facts({ endpoint: { definition, test, local } }: Pick<CardProps, 'endpoint'>) {
  const { url, model, parallel, seconds, body } = definition
  return (
    <dl className="prov">
      <dt>Model</dt>
      <dd className="mono">{model}</dd>
      <dt>Address</dt>
      <dd>
        <span className="mono">{url}</span>
        {local && <span className="dim">, on this machine</span>}
      </dd>
      <dt>Sent</dt>
      <dd className="num">
        {sentWords(definition)}; {plural(parallel, 'question')} at once, {seconds} s for a caption
        at most
      </dd>
      {Object.keys(body).length > 0 && (
        <>
          <dt>Fields</dt>
          <dd className="mono">{JSON.stringify(body)}</dd>
        </>
      )}
      {test && <Tested {...test} />}
    </dl>
  )
}

function Prompts({ prompt, promptWithout }: EndpointSummary['definition']) {
  return (
    <details className="fold">
      <summary>Prompts{!tellsAlt(prompt) && ', which do not tell the alt-text'}</summary>
      <h3 className="label">Under an alt-text</h3>
      <p className="prompt" dir="auto">
        {prompt}
      </p>
      <h3 className="label">Without alt-text</h3>
      <p className="prompt" dir="auto">
        {promptWithout}
      </p>
    </details>
  )
}

function TestButton({ bundle }: Pick<CardProps, 'bundle'>) {
  const checking = useStatus((state) => state.checking.includes(bundle.id))
  const bundles = useStatus((state) => state.bundles)
  if (checking)
    return (
      <div className="progress" role="status">
        Testing
        <Progress label={`Testing ${bundle.name}`} fraction={null} />
      </div>
    )
  return (
    <Button
      blocked={
        bundle.state === 'refused' ? 'Its file cannot be used' : endpointBlock(bundles, bundle.id)
      }
      onPress={() => void checkModel(bundle.id)}
    >
      Test
    </Button>
  )
}

/** Where its file cannot be read there is nothing of it but its name and why. */
export function EndpointCard({ bundle }: { readonly bundle: BundleSummary }) {
  const chosen = useChosenCaptioner() === bundle.id
  const { endpoint } = bundle
  const name = endpoint ? bundle.name : endpointSlug(bundle.id)
  return (
    <article className="sheet bundle" aria-label={name}>
      <div className="bundle-head">
        <div className="grow">
          <h2 className="wrap" dir="auto">
            {name}
          </h2>
          <div className="label">
            {['captioner', 'endpoint', ...(chosen ? ['chosen in Compare'] : [])].join(' · ')}
          </div>
        </div>
        <TestButton bundle={bundle} />
      </div>
      {endpoint ? (
        <>
          <Leave {...{ bundle, endpoint }} />
          <State {...{ bundle, endpoint }} />
          <Facts endpoint={endpoint} />
          <Prompts {...endpoint.definition} />
          <EndpointKey {...{ bundle, endpoint }} />
          {endpoint.definition.note !== '' && (
            <p className="bundle-note" dir="auto">
              {endpoint.definition.note}
            </p>
          )}
        </>
      ) : (
        <p className="warn strong">
          <TriangleAlert className="icon" aria-hidden="true" />
          <span className="wrap">
            Refused. {bundle.problem}. Mend the file and look again, or remove it.
          </span>
        </p>
      )}
      <div className="together">
        {endpoint && <Button onPress={() => openEndpointSheet('endpoint', bundle.id)}>Edit</Button>}
        <Button onPress={() => openEndpointSheet('remove-endpoint', bundle.id)}>Remove</Button>
      </div>
    </article>
  )
}
