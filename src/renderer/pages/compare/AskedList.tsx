/** Provenance of a caption that an endpoint wrote: what was asked of whom, with which picture, and what came back. */
import type { EndpointAnswer } from '../../../shared/endpoint.ts'
import type { Cell } from '../../../shared/types.ts'
import { formatBytes, formatCount, formatSeconds, formatWhen, shortHash } from '../../format.ts'
import { useStatus } from '../../stores/status.ts'
import { CopyButton, Verdict } from './provenance-parts.tsx'
import { hostIn, nameOf } from '../../captioners.ts'

function Hash({ of }: { readonly of: string }) {
  return (
    <span className="mono" title={of}>
      sha256 {shortHash(of)}
    </span>
  )
}

function Who({ cell, answer }: { readonly cell: Cell; readonly answer: EndpointAnswer }) {
  const bundles = useStatus((state) => state.bundles)
  const { url, model, answeredBy, fingerprint, askedAt } = answer
  return (
    <>
      <dt>Endpoint</dt>
      <dd>
        <bdi>{nameOf(bundles, cell.captionerId)}</bdi> at {hostIn(url)}
      </dd>
      <dt>Address</dt>
      <dd className="mono">{url}</dd>
      <dt>Asked for</dt>
      <dd className="mono">{model}</dd>
      <dt>Answered by</dt>
      <dd className={answeredBy === null ? 'dim' : 'mono'}>{answeredBy ?? 'it does not say'}</dd>
      {fingerprint !== null && (
        <>
          <dt>Fingerprint</dt>
          <dd className="mono">{fingerprint}</dd>
        </>
      )}
      <dt>Asked</dt>
      <dd className="num">{formatWhen(askedAt)}</dd>
    </>
  )
}

/** `temperature 0.2, top_p 0.7, seed 7`. */
const parametersIn = (parameters: EndpointAnswer['parameters']): string =>
  Object.entries(parameters)
    .map(([name, value]) => `${name} ${JSON.stringify(value)}`)
    .join(', ')

function Sent({ picture, parameters }: EndpointAnswer) {
  return (
    <>
      <dt>Picture</dt>
      <dd className="num">
        {picture.width} × {picture.height}, {formatBytes(picture.bytes)},{' '}
        <Hash of={picture.sha256} />
      </dd>
      <dt>Sent with it</dt>
      <dd className="num">
        {parametersIn(parameters)}
        {parameters['seed'] === undefined && <span className="dim">; no seed</span>}
      </dd>
    </>
  )
}

function timesOf({ encodeMs, prefillMs, decodeMs }: Cell['provenance']): string {
  const [picture, first, rest] = [encodeMs, prefillMs, decodeMs].map((ms) =>
    ms < 1000 ? `${Math.round(ms)} ms` : formatSeconds(ms / 1000),
  )
  return `picture made in ${picture}, first words after ${first}, the rest in ${rest}`
}

function Came({ cell, answer }: { readonly cell: Cell; readonly answer: EndpointAnswer }) {
  const { provenance } = cell
  return (
    <>
      <dt>Tokens used</dt>
      <dd className={answer.usage ? 'num' : 'dim'}>
        {answer.usage
          ? `${formatCount(answer.usage.prompt)} read, ${formatCount(answer.usage.completion)} written, as it counts`
          : 'it does not say'}
      </dd>
      <dt>Ended by</dt>
      <dd>{provenance.finish === 'eos' ? 'itself' : 'length'}</dd>
      <dt>Time</dt>
      <dd className="num">{timesOf(provenance)}</dd>
      {provenance.notes.length > 0 && (
        <>
          <dt>Note</dt>
          <dd>{provenance.notes.join('; ')}</dd>
        </>
      )}
      <dt>Asked again</dt>
      <Verdict cell={cell} />
    </>
  )
}

function Fold({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <details className="fold">
      <summary>{title}</summary>
      <p className="prompt" dir="auto">
        {text}
      </p>
    </details>
  )
}

export function AskedList({
  cell,
  answer,
}: {
  readonly cell: Cell
  readonly answer: EndpointAnswer
}) {
  return (
    <section className="part" aria-label="Provenance">
      <dl className="prov">
        <Who {...{ cell, answer }} />
        <Sent {...answer} />
        <Came {...{ cell, answer }} />
      </dl>
      <Fold title="Prompt, as it was sent" text={answer.prompt} />
      {answer.raw !== null && (
        <Fold title="Reply, of which the caption is a part" text={answer.raw} />
      )}
      <CopyButton cell={cell} />
    </section>
  )
}
