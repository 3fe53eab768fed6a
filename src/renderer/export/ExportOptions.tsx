/** The left side of the dialog: which captions, which table, which format, and what each format lets one choose. */
import { useEffect, useState } from 'react'
import type { AltKind } from '../../shared/types.ts'
import { client } from '../api.ts'
import { KIND_NAMES } from '../kinds.ts'
import { showError } from '../stores/toasts.ts'
import { Button } from '../ui/Button.tsx'
import { BaseRow, UnscoredAltTexts } from './BaseRow.tsx'
import {
  chooseWhat,
  FORMATS,
  isData,
  isMeasured,
  isOfRows,
  useExport,
  type Format,
  type Selection,
} from './export-store.ts'
import type { ScopeChoice } from './scopes.ts'
import { MixOptions } from './MixOptions.tsx'
import { RandomImages } from './RandomImages.tsx'
import { References } from './References.tsx'
import { WholeNumber } from './WholeNumber.tsx'
import { FORMAT_ABOUT, FORMAT_NAMES, WHAT } from './words.ts'

const KINDS = Object.keys(KIND_NAMES) as readonly AltKind[] // a record over every kind

function Scopes({ scopes }: { readonly scopes: readonly ScopeChoice[] }) {
  const chosen = useExport((state) => state.scope)
  return (
    <fieldset className="choices">
      <legend className="label">Captions of</legend>
      {scopes.map(({ scope, title, detail, blocked }) => (
        <label key={scope} className={blocked === null ? 'choice' : 'choice off'}>
          <input
            type="radio"
            name="scope"
            checked={scope === chosen}
            aria-disabled={blocked !== null}
            onChange={() => blocked === null && useExport.setState({ scope, name: null })}
          />
          <span className="grow">{title}</span>
          <span className="dim clip">{blocked ?? detail}</span>
        </label>
      ))}
    </fieldset>
  )
}

/** Reasons why this host cannot make a format; asked once. */
function useBlocked(): ReadonlyMap<Format, string> {
  const [blocked, setBlocked] = useState<ReadonlyMap<Format, string>>(new Map())
  useEffect(() => {
    client
      .call('publish.formats', {})
      .then(({ formats }) =>
        setBlocked(
          new Map(
            formats.flatMap((one) => (one.blocked === null ? [] : [[one.format, one.blocked]])),
          ),
        ),
      )
      .catch(showError)
  }, [])
  return blocked
}

function Formats() {
  const what = useExport((state) => state.what)
  const format = useExport((state) => state.format)
  const blocked = useBlocked()
  const reason = FORMATS[what].map((one) => blocked.get(one)).find(Boolean)
  return (
    <div className="export-part" role="group" aria-label="Format">
      <span className="label">Format</span>
      <div className="together">
        {FORMATS[what].map((one) => (
          <Button
            key={one}
            pressed={one === format}
            blocked={blocked.get(one) ?? null}
            onPress={() => useExport.setState({ format: one })}
          >
            {FORMAT_NAMES[one]}
          </Button>
        ))}
      </div>
      <p className="why">{FORMAT_ABOUT[format]}</p>
      {reason !== undefined && <p className="why">{reason}</p>}
    </div>
  )
}

function Tick({ label, of }: { readonly label: string; readonly of: 'fragment' | 'bom' }) {
  const checked = useExport((state) => state[of])
  return (
    <label className="tick">
      <input
        type="checkbox"
        checked={checked}
        onChange={(event) => useExport.setState({ [of]: event.target.checked })}
      />
      {label}
    </label>
  )
}

function Kinds() {
  const chosen = useExport((state) => state.altKinds)
  const toggle = (kind: AltKind) => {
    const now = chosen?.includes(kind)
      ? chosen.filter((one) => one !== kind)
      : [...(chosen ?? []), kind]
    useExport.setState({ altKinds: now.length === 0 ? null : now })
  }
  return (
    <details className="export-part">
      <summary className="label">
        Kinds of alt-text: {chosen === null ? 'all' : chosen.length}
      </summary>
      <div className="ticks">
        {KINDS.map((kind) => (
          <label key={kind} className="tick">
            <input
              type="checkbox"
              checked={chosen?.includes(kind) ?? false}
              onChange={() => toggle(kind)}
            />
            {KIND_NAMES[kind]}
          </label>
        ))}
      </div>
    </details>
  )
}

function Growth() {
  const growth = useExport((state) => state.growth)
  return (
    <label>
      <span>One row</span>
      <select
        className="text-input"
        value={String(growth)}
        onChange={({ target }) => useExport.setState({ growth: target.value === 'true' })}
      >
        <option value="false">a row of the table</option>
        <option value="true">a point of its growth curves</option>
      </select>
    </label>
  )
}

function Details() {
  const { what, format, shape, samples, baseline } = useExport()
  return (
    <div className="settings export-part">
      {what !== 'mix' && (
        <label>
          <span>Baseline</span>
          <select
            className="text-input"
            value={baseline}
            onChange={(event) => useExport.setState({ baseline: event.target.value as AltKind })}
          >
            {KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {KIND_NAMES[kind]}
              </option>
            ))}
          </select>
        </label>
      )}
      {isOfRows(what) && <BaseRow />}
      {what === 'mix' && <MixOptions />}
      {what === 'statistics' && <WholeNumber field="sampleImages" />}
      {what === 'statistics' && isData(format) && <Growth />}
      {what === 'data' && (
        <label>
          <span>One row</span>
          <select
            className="text-input"
            value={shape}
            onChange={(event) =>
              useExport.setState({ shape: event.target.value === 'wide' ? 'wide' : 'long' })
            }
          >
            <option value="long">a caption (long)</option>
            <option value="wide">an image (wide)</option>
          </select>
        </label>
      )}
      {what === 'data' && (
        <label>
          <span>Samples</span>
          <select
            className="text-input"
            value={samples}
            onChange={(event) =>
              useExport.setState({ samples: event.target.value === 'all' ? 'all' : 'first' })
            }
          >
            <option value="first">the newest of each</option>
            <option value="all">all, older too</option>
          </select>
        </label>
      )}
      {format === 'tex' && <Tick of="fragment" label="Only the table, for \input" />}
      {(format === 'csv' || format === 'raw.csv') && (
        <Tick of="bom" label="Byte order mark, for older spreadsheets" />
      )}
    </div>
  )
}

export function ExportOptions({
  scopes,
  selection,
  blocked,
}: {
  readonly scopes: readonly ScopeChoice[]
  readonly selection: Selection
  /** Why nothing can be exported. */
  readonly blocked: string | null
}) {
  const what = useExport((state) => state.what)
  const measured = useExport(isMeasured)
  const references = useExport((state) => state.references)
  return (
    <div className="export-options">
      <Scopes scopes={scopes} />
      <div className="export-part" role="group" aria-label="Form">
        <span className="label">As</span>
        <div className="segments">
          {WHAT.map((one) => (
            <Button
              key={one.what}
              look="quiet"
              pressed={one.what === what}
              onPress={() => chooseWhat(one.what)}
            >
              {one.title}
            </Button>
          ))}
        </div>
        <p className="why">{WHAT.find((one) => one.what === what)?.about}</p>
      </div>
      <Formats />
      <Details />
      {(what === 'table1' || what === 'mix') && <UnscoredAltTexts {...{ selection, blocked }} />}
      {measured && (
        <References
          chosen={references}
          onChoose={(chosen) => useExport.setState({ references: chosen })}
        />
      )}
      <Kinds />
      <RandomImages />
    </div>
  )
}
