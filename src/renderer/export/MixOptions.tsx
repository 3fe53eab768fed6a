/** What a mix of alt-texts and captions is made of: whose captions, how much of the top, which share, which strategy's texts. */
import type { MixStrategy } from '../../shared/contract/publish.ts'
import { nameOf } from '../captioners.ts'
import { KIND_NAMES } from '../kinds.ts'
import { useStatus } from '../stores/status.ts'
import { isData, useExport, type TableRow } from './export-store.ts'
import { STRATEGIES } from './words.ts'

/** Per cent: those of Nguyen et al., Table 4, and the mixing ratios of Altogether. */
const TOPS = [10, 20, 30, 50, 75, 90]
const SHARES = [5, 15, 25, 50, 75, 95, 100]

const ALL = Object.keys(STRATEGIES) as readonly MixStrategy[] // a record over every strategy

/** Options of a select are told apart by text. */
const valueOf = ({ captionerId, altKind }: TableRow): string =>
  JSON.stringify([captionerId, altKind])

function CaptionsBy() {
  const { rows, mixCaptions } = useExport()
  const bundles = useStatus((state) => state.bundles)
  const there = mixCaptions && rows.every((one) => valueOf(one) !== valueOf(mixCaptions))
  const all = [...rows, ...(there ? [mixCaptions] : [])] // of another selection: the preview says so
  return (
    <label>
      <span>Captions by</span>
      <select
        className="text-input"
        value={mixCaptions ? valueOf(mixCaptions) : ''}
        onChange={({ target }) =>
          useExport.setState({
            mixCaptions: all.find((one) => valueOf(one) === target.value) ?? null,
          })
        }
      >
        <option value="">those most images have</option>
        {all.map((one) => (
          <option key={valueOf(one)} value={valueOf(one)}>
            {nameOf(bundles, one.captionerId)}, {KIND_NAMES[one.altKind]}
          </option>
        ))}
      </select>
    </label>
  )
}

function PerCent({
  label,
  of,
  choices,
}: {
  readonly label: string
  readonly of: 'mixTop' | 'mixShare'
  readonly choices: readonly number[]
}) {
  const value = useExport((state) => state[of])
  return (
    <label>
      <span>{label}</span>
      <select
        className="text-input"
        value={value}
        onChange={({ target }) => useExport.setState({ [of]: Number(target.value) })}
      >
        {choices.map((one) => (
          <option key={one} value={one}>
            {one} %
          </option>
        ))}
      </select>
    </label>
  )
}

/** Of data: strategies side by side, or the texts of one. */
function Texts() {
  const chosen = useExport((state) => state.mixStrategy)
  return (
    <label>
      <span>One row</span>
      <select
        className="text-input"
        value={chosen ?? ''}
        onChange={({ target }) =>
          useExport.setState({ mixStrategy: ALL.find((one) => one === target.value) ?? null })
        }
      >
        <option value="">a strategy</option>
        {ALL.map((one) => (
          <option key={one} value={one}>
            a text: {STRATEGIES[one]}
          </option>
        ))}
      </select>
    </label>
  )
}

export function MixOptions() {
  const format = useExport((state) => state.format)
  return (
    <>
      <CaptionsBy />
      <PerCent label="Top" of="mixTop" choices={TOPS} />
      <PerCent label="Caption share" of="mixShare" choices={SHARES} />
      {isData(format) && <Texts />}
    </>
  )
}
