/** How the next caption is made, folded into one line: captioner, sampling, pixels, seed. */
import { Settings2 } from 'lucide-react'
import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components'
import { isEndpoint } from '../../../shared/endpoint-names.ts'
import { CaptionerField } from '../../components/CaptionerSelect.tsx'
import { plural } from '../../format.ts'
import { describeAsked } from '../../sheet/sheet-model.ts'
import { fillPresentColumn, useMissing } from '../../stores/fill-column.ts'
import { changeSettings, chosenCaptioner, useSettings } from '../../stores/settings.ts'
import { useStatus } from '../../stores/status.ts'
import { Button as Plain } from '../../ui/Button.tsx'
import { titleOf, whichOf } from '../../captioners.ts'

interface NumberLineProps {
  readonly label: string
  readonly value: number
  readonly range: readonly [low: number, high: number, step: number]
  readonly onChange: (value: number) => void
  readonly blocked?: string | null
}

function NumberLine({ label, value, range, onChange, blocked = null }: NumberLineProps) {
  const [low, high, step] = range
  return (
    <label title={blocked ?? undefined}>
      <span>{label}</span>
      <input
        type="number"
        className="text-input num"
        {...{ value, step, min: low, max: high }}
        disabled={blocked !== null}
        onChange={(event) => {
          const next = event.target.valueAsNumber
          if (next >= low && next <= high) onChange(next)
        }}
      />
    </label>
  )
}

/** Rows under other settings only are captioned with these in one go. */
function FillColumn() {
  const missing = useMissing()
  if (missing === 0) return null
  return (
    <Plain keys="Shift S" onPress={fillPresentColumn}>
      Caption {plural(missing, 'row')} with these
    </Plain>
  )
}

/** What only a bundle can be told: an endpoint has no variants and is sent the whole picture. */
function BundleFields({ variants }: { readonly variants: readonly string[] }) {
  const settings = useSettings((state) => state.settings)
  return (
    <>
      <label>
        <span>Variant</span>
        <select
          className="text-input"
          value={settings.variant}
          onChange={(event) => changeSettings({ variant: event.target.value })}
        >
          {variants.map((variant) => (
            <option key={variant}>{variant}</option>
          ))}
        </select>
      </label>
      <label>
        <span>Pixels</span>
        <select
          className="text-input"
          value={settings.resize}
          onChange={(event) =>
            changeSettings({ resize: event.target.value as typeof settings.resize })
          }
        >
          <option value="bundle">as it was trained</option>
          <option value="squash">squash the whole image</option>
          <option value="centre-crop">cut out the centre</option>
        </select>
      </label>
    </>
  )
}

function Fields() {
  const { settings, seed } = useSettings()
  const chosenId = chosenCaptioner()
  const chosen = useStatus(({ bundles }) => bundles.find(({ id }) => id === chosenId))
  const behind = chosenId !== null && isEndpoint(chosenId)
  const greedy = settings.greedy ? 'Greedy decoding draws nothing' : null
  return (
    <div className="settings">
      <CaptionerField />
      {!behind && <BundleFields variants={chosen?.variants ?? [settings.variant]} />}
      <label>
        <span>Greedy</span>
        <input
          type="checkbox"
          checked={settings.greedy}
          onChange={(event) => changeSettings({ greedy: event.target.checked })}
        />
      </label>
      <NumberLine
        label="Temperature"
        value={settings.temperature}
        range={[0.01, 5, 0.05]}
        blocked={greedy}
        onChange={(temperature) => changeSettings({ temperature })}
      />
      <NumberLine
        label="Top-p"
        value={settings.topP}
        range={[0.01, 1, 0.05]}
        blocked={greedy}
        onChange={(topP) => changeSettings({ topP })}
      />
      {!behind && (
        <NumberLine
          label="Top-k"
          value={settings.topK}
          range={[1, 50, 1]}
          blocked={greedy}
          onChange={(topK) => changeSettings({ topK })}
        />
      )}
      <NumberLine
        label="Seed"
        value={seed}
        range={[0, 0xffffffff, 1]}
        blocked={greedy}
        onChange={(next) => useSettings.setState({ seed: next })}
      />
      {behind && (
        <p className="why">
          These are sent with the question; whether the server heeds them, the seed above all, is
          its own affair. Variant, pixels and top-k are none of an endpoint.
        </p>
      )}
      <p className="why">Other settings than a column has start a column of their own.</p>
      <FillColumn />
    </div>
  )
}

export function SettingsButton() {
  const { settings, seed } = useSettings()
  const chosen = chosenCaptioner()
  // Only where there is a choice: elsewhere the status line's word is enough.
  const named = useStatus(({ bundles }) =>
    chosen === null || whichOf(bundles, chosen) === null ? null : titleOf(bundles, chosen),
  )
  const behind = chosen !== null && isEndpoint(chosen)
  return (
    <DialogTrigger>
      <Button className="offer right num">
        <Settings2 className="icon" aria-hidden="true" />
        {named !== null && `${named}, `}
        {describeAsked({ captionerId: chosen ?? '', settings })}
        {!settings.greedy && `, seed ${seed}`}
        {!behind && settings.resize !== 'bundle' && `, ${settings.resize}`}
      </Button>
      <Popover className="popover" placement="top end">
        <Dialog className="over-in" aria-label="How the next caption is made">
          <Fields />
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}
