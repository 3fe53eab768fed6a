/** One bundle: what it is, where it runs, its hash, and whether its self-test passed. */
import { Check, TriangleAlert } from 'lucide-react'
import type { BundleSummary } from '../../../shared/types.ts'
import { deviceName, formatBytes } from '../../format.ts'
import { smallNumber } from '../../grounding/numbers.ts'
import { checkModel, useStatus } from '../../stores/status.ts'
import { Button } from '../../ui/Button.tsx'
import { Progress } from '../../ui/Progress.tsx'
import { ScorerButtons } from './ScorerButtons.tsx'

const RULES: Readonly<Record<string, string>> = {
  squash: 'the whole image, squashed',
  'centre-crop': 'the centre cut out',
}

function State({ bundle }: { readonly bundle: BundleSummary }) {
  if (bundle.state === 'refused')
    return (
      <p className="warn strong">
        <TriangleAlert className="icon" aria-hidden="true" />
        Refused. {bundle.problem}
      </p>
    )
  if (bundle.state === 'found')
    return (
      <p className="mid">Found, not loaded yet. Check reads every file and runs its self-test.</p>
    )
  const diff = bundle.device?.goldenDiff
  return (
    <p className="sound">
      <Check className="icon" aria-hidden="true" />
      <span>
        Self-test passed
        {diff !== null && diff !== undefined && (
          <span className="num dim">, largest logit difference {smallNumber(diff, 1)}</span>
        )}
      </span>
    </p>
  )
}

function Facts({ bundle }: { readonly bundle: BundleSummary }) {
  return (
    <dl className="prov">
      <dt>Runs on</dt>
      <dd>
        {bundle.device ? (
          <>
            {deviceName(bundle.device.device)}
            <span className="dim">: {bundle.device.reason}</span>
          </>
        ) : (
          <span className="dim">chosen when it is loaded</span>
        )}
      </dd>
      <dt>Variants</dt>
      <dd>{bundle.variants.join(', ')}</dd>
      <dt>Size</dt>
      <dd className="num">{formatBytes(bundle.sizeBytes)}</dd>
      <dt>Reads</dt>
      <dd className="num">
        {bundle.imageSize} × {bundle.imageSize}, {RULES[bundle.resize] ?? bundle.resize}
        {bundle.altSlot !== null && `; up to ${bundle.altSlot} alt tokens`}
      </dd>
      <dt>Licence</dt>
      <dd>{bundle.licence}</dd>
      <dt>SHA-256</dt>
      <dd className="mono wrap">{bundle.bundleSha256}</dd>
    </dl>
  )
}

export function BundleCard({ bundle }: { readonly bundle: BundleSummary }) {
  const checking = useStatus((state) => state.checking.includes(bundle.id))
  const status = useStatus((state) => state.status)
  const uses = [
    ...(status?.defaultCaptioner === bundle.id ? ['captioner in use'] : []),
    ...(status?.defaultScorer === bundle.id ? ['scorer in use'] : []),
  ]
  return (
    <article className="sheet bundle" aria-label={bundle.name}>
      <div className="bundle-head">
        <div className="grow">
          <h2>{bundle.name}</h2>
          <div className="label">
            {[bundle.roles.join(' and '), `version ${bundle.version}`, ...uses].join(' · ')}
          </div>
        </div>
        <ScorerButtons bundle={bundle} />
        {checking ? (
          <div className="progress" role="status">
            Checking
            <Progress label={`Checking ${bundle.name}`} fraction={null} />
          </div>
        ) : (
          <Button onPress={() => void checkModel(bundle.id)}>Check</Button>
        )}
      </div>
      <State bundle={bundle} />
      <Facts bundle={bundle} />
      {bundle.note !== '' && <p className="bundle-note">{bundle.note}</p>}
    </article>
  )
}
