/** Everything that is needed to make the caption again, byte for byte; of one made elsewhere, where it was read; of an endpoint's, what was asked. */
import { isElsewhere, writerOf } from '../../../shared/elsewhere.ts'
import type { Cell } from '../../../shared/types.ts'
import { deviceName, formatSeconds, formatWhen, shortHash } from '../../format.ts'
import { describeSettings } from '../../sheet/sheet-model.ts'
import { nats } from '../../grounding/numbers.ts'
import { useStatus } from '../../stores/status.ts'
import { AskedList } from './AskedList.tsx'
import { CopyButton, Verdict } from './provenance-parts.tsx'
import { tokenWords } from './token-words.ts'
import { nameOf } from '../../captioners.ts'

/** Who wrote it and in which file that is said; there is nothing here to make it again with. */
function ReadElsewhere({ cell }: { readonly cell: Cell }) {
  const { elsewhere, notes } = cell.provenance
  return (
    <section className="part" aria-label="Provenance">
      <dl className="prov">
        <dt>Written by</dt>
        <dd>
          <bdi>{writerOf(cell.captionerId)}</bdi>, elsewhere
        </dd>
        {elsewhere && (
          <>
            <dt>Read from</dt>
            <dd>
              <bdi>{elsewhere.file}</bdi>, line {elsewhere.line}
            </dd>
            <dt>File</dt>
            <dd className="mono" title={elsewhere.fileSha256}>
              sha256 {shortHash(elsewhere.fileSha256)}
            </dd>
          </>
        )}
        <dt>Added</dt>
        <dd className="num">{formatWhen(cell.createdAt)}</dd>
        {notes.length > 0 && (
          <>
            <dt>Note</dt>
            <dd>{notes.join('; ')}</dd>
          </>
        )}
      </dl>
      <p className="why">
        Realign did not write this caption: its tokens, its seed and how it was drawn are not known,
        and it cannot be replayed.
      </p>
      <CopyButton cell={cell} />
    </section>
  )
}

export function ProvenanceList({ cell }: { readonly cell: Cell }) {
  const { endpoint } = cell.provenance
  if (isElsewhere(cell.captionerId)) return <ReadElsewhere cell={cell} />
  return endpoint ? <AskedList {...{ cell }} answer={endpoint} /> : <MadeHere cell={cell} />
}

function MadeHere({ cell }: { readonly cell: Cell }) {
  const bundles = useStatus((state) => state.bundles)
  const { provenance } = cell
  const ms = provenance.encodeMs + provenance.prefillMs + provenance.decodeMs
  const slot = bundles.find(({ id }) => id === provenance.captionerId)?.altSlot
  return (
    <section className="part" aria-label="Provenance">
      <dl className="prov">
        <dt>Captioner</dt>
        <dd>{nameOf(bundles, provenance.captionerId)}</dd>
        <dt>Weights</dt>
        <dd className="mono" title={provenance.bundleSha256}>
          sha256 {shortHash(provenance.bundleSha256)}
        </dd>
        <dt>Device</dt>
        <dd title={provenance.deviceReason}>
          {deviceName(provenance.device)}, {provenance.variant}
        </dd>
        <dt>Pixels</dt>
        <dd>{provenance.preprocessing}</dd>
        <dt>Alt slot</dt>
        <dd className="num">
          {provenance.altTokens}
          {slot ? ` of ${slot}` : ''} tokens{provenance.altCut && ', the end was cut'}
        </dd>
        <dt>Sampling</dt>
        <dd className="num">{describeSettings(provenance.settings)}</dd>
        {provenance.branch && (
          <>
            <dt>Branch</dt>
            <dd>
              of cell {shortHash(provenance.branch.of)}, its first {provenance.branch.token} tokens,
              then “{tokenWords(provenance.branch.forced.text)}” in place of “
              {tokenWords(provenance.branch.instead.text)}”
            </dd>
          </>
        )}
        <dt>Seed</dt>
        <dd className="num">{provenance.seed}</dd>
        <dt>Tokens</dt>
        <dd className="num">
          {cell.tokenCount}, log p {cell.logProb === null ? '–' : nats(cell.logProb)}, ended by{' '}
          {provenance.finish === 'eos' ? 'itself' : 'length'}
        </dd>
        <dt>Made</dt>
        <dd className="num">
          {formatWhen(cell.createdAt)}, in {formatSeconds(ms / 1000)}
        </dd>
        <dt>Runtime</dt>
        <dd>{provenance.runtime}</dd>
        <dt>Replay</dt>
        <Verdict cell={cell} />
      </dl>
      <CopyButton cell={cell} />
    </section>
  )
}
