/** A captioner behind an address, new or changed: where it answers, what it is asked, its key. */
import { TriangleAlert } from 'lucide-react'
import { useId, useState, type ReactNode } from 'react'
import { ALT_PLACE, endpointId } from '../../../shared/endpoint-names.ts'
import type { BundleSummary } from '../../../shared/types.ts'
import {
  AT_ONCE,
  definitionOf,
  endpointFaults,
  formOf,
  NEW_ENDPOINT,
  originOf,
  PRESETS,
  SECONDS,
  SIDES,
  tellsAlt,
  type EndpointField,
  type EndpointForm,
} from '../../endpoint/form.ts'
import { saveEndpoint, useEndpointSheet } from '../../stores/endpoints.ts'
import { showSheet } from '../../stores/screen.ts'
import { useStatus } from '../../stores/status.ts'
import { Button } from '../../ui/Button.tsx'
import { Fault } from '../../ui/Fault.tsx'
import { Sheet } from '../../ui/Sheet.tsx'
import { keyWords, MOST_KEY_CHARS } from './EndpointKey.tsx'

const close = () => showSheet(null)

interface FieldProps {
  readonly label: string
  /** Said from the start, or of what was typed. */
  readonly hint?: ReactNode
  readonly fault: string | undefined
  readonly children: (about: {
    readonly 'aria-describedby': string
    readonly 'aria-invalid': boolean
  }) => ReactNode
}

function Field({ label, hint, fault, children }: FieldProps) {
  const about = useId()
  return (
    <div>
      <label>
        <span className="label">{label}</span>
        {children({ 'aria-describedby': about, 'aria-invalid': fault !== undefined })}
      </label>
      <div id={about} className="about" role="status">
        {fault === undefined ? (
          hint !== undefined && <p className="why wrap">{hint}</p>
        ) : (
          <Fault words={fault} />
        )}
      </div>
    </div>
  )
}

interface NumberFieldProps extends Pick<FieldProps, 'label' | 'fault'> {
  readonly value: number
  readonly range: { readonly least: number; readonly most: number }
  readonly onChange: (value: number) => void
}

function NumberField({ label, fault, value, range, onChange }: NumberFieldProps) {
  return (
    <Field {...{ label, fault }}>
      {(about) => (
        <input
          type="number"
          className="text-input num"
          min={range.least}
          max={range.most}
          value={Number.isNaN(value) ? '' : value}
          onChange={({ target }) => onChange(target.valueAsNumber)}
          {...about}
        />
      )}
    </Field>
  )
}

/** A fault stands at its field once something was typed there; until then only the button knows it. */
function useForm(edited: BundleSummary | null) {
  const [form, setForm] = useState<EndpointForm>(() =>
    edited?.endpoint ? formOf(edited.endpoint.definition) : NEW_ENDPOINT,
  )
  const [touched, setTouched] = useState<readonly EndpointField[]>([])
  const bundles = useStatus((state) => state.bundles)
  const taken = bundles.map(({ id }) => id).filter((id) => id !== edited?.id)
  const faults = endpointFaults(form, taken)
  const change = (part: Partial<EndpointForm>): void => {
    setForm((now) => ({ ...now, ...part }))
    setTouched((now) => [...new Set([...now, ...(Object.keys(part) as EndpointField[])])]) // keys of the form
  }
  const faultAt = (field: EndpointField) => (touched.includes(field) ? faults[field] : undefined)
  return { form, change, faultAt, first: Object.values(faults)[0] ?? null }
}

function promptHint(prompt: string): ReactNode {
  if (!tellsAlt(prompt))
    return (
      <b>
        It does not tell the alt-text: there is no {ALT_PLACE} in it, so every alt-text gets the
        same question.
      </b>
    )
  return `${ALT_PLACE} stands for the alt-text, as often as it is in it.`
}

function keyHint(edited: BundleSummary | null, origin: string | null): string {
  const endpoint = edited?.endpoint
  if (!endpoint || endpoint.key.state === 'none')
    return 'Only where the server wants one. It is kept by this machine, sent to this address alone, and never shown again.'
  const moved = origin !== null && origin !== endpoint.origin
  return moved
    ? `The one there is goes to ${endpoint.origin} alone: another address needs its own.`
    : `Now: ${keyWords(endpoint.key)}. Left empty, it stays.`
}

function nameHint(edited: BundleSummary | null, name: string): ReactNode {
  const id = endpointId(name)
  if (!edited || id === null || id === edited.id) return undefined
  return `Captions made so far stay under the old name.`
}

export function EndpointDialog() {
  const id = useEndpointSheet((state) => state.id)
  const [edited] = useState(
    () => useStatus.getState().bundles.find((bundle) => bundle.id === id) ?? null,
  )
  const { form, change, faultAt, first } = useForm(edited)
  const [key, setKey] = useState('')
  const [saving, setSaving] = useState(false)
  const [failed, setFailed] = useState<string | null>(null)
  const origin = originOf(form.url)
  const blocked = saving ? 'It is being saved' : first
  const save = async (): Promise<void> => {
    if (blocked !== null) return
    setSaving(true)
    const words = await saveEndpoint({
      definition: definitionOf(form),
      replaces: edited?.id ?? null,
      key: key.trim(),
    })
    setFailed(words)
    setSaving(false)
    if (words === null) close()
  }
  const text = (field: 'name' | 'url' | 'model', most: number, placeholder: string) => ({
    className: field === 'name' ? 'text-input' : 'text-input mono',
    ...{ maxLength: most, placeholder, spellCheck: false, value: form[field] },
    onChange: ({ target }: React.ChangeEvent<HTMLInputElement>) =>
      change({ [field]: target.value }),
  })
  const number = (field: 'maxSide' | 'parallel' | 'seconds') => ({
    ...{ value: form[field], fault: faultAt(field) },
    onChange: (value: number) => change({ [field]: value }),
  })
  return (
    <Sheet title={edited ? 'Change this endpoint' : 'Add an endpoint'} wide onClose={close}>
      <form
        className="form endpoint-form"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <p className="mid">
          A captioner that a server answers for, by the chat completions of OpenAI: theirs, or vLLM,
          Ollama, llama.cpp or LM Studio on this machine.
        </p>
        <Field label="Name" hint={nameHint(edited, form.name)} fault={faultAt('name')}>
          {(about) => <input autoFocus {...text('name', 80, 'GPT-4o')} {...about} />}
        </Field>
        <div className="presets" role="group" aria-label="Usual addresses">
          <span className="label">Address of</span>
          {PRESETS.map(({ name, url }) => (
            <button
              key={name}
              type="button"
              className="offer"
              title={url}
              onClick={() => change({ url })}
            >
              {name}
            </button>
          ))}
        </div>
        <Field
          label="Address"
          hint={
            origin === null
              ? 'As far as the part that all operations share, mostly /v1.'
              : `Nothing is sent to ${origin} before this workspace allows it.`
          }
          fault={faultAt('url')}
        >
          {(about) => <input {...text('url', 2000, 'https://api.openai.com/v1')} {...about} />}
        </Field>
        <Field label="Model, as the server calls it" fault={faultAt('model')}>
          {(about) => <input {...text('model', 200, 'gpt-4o')} {...about} />}
        </Field>
        <Field
          label="Prompt under an alt-text"
          hint={promptHint(form.prompt)}
          fault={faultAt('prompt')}
        >
          {(about) => (
            <textarea
              className="text-input"
              rows={7}
              maxLength={8000}
              value={form.prompt}
              onChange={({ target }) => change({ prompt: target.value })}
              {...about}
            />
          )}
        </Field>
        <Field label="Prompt without alt-text" fault={faultAt('promptWithout')}>
          {(about) => (
            <textarea
              className="text-input"
              rows={4}
              maxLength={8000}
              value={form.promptWithout}
              onChange={({ target }) => change({ promptWithout: target.value })}
              {...about}
            />
          )}
        </Field>
        <div className="numbers">
          <NumberField label="Longer side, pixels" {...number('maxSide')} range={SIDES} />
          <NumberField label="Questions at once" {...number('parallel')} range={AT_ONCE} />
          <NumberField label="Seconds a caption may take" {...number('seconds')} range={SECONDS} />
        </div>
        <Field
          label="Further fields of the request, as JSON"
          hint={
            <>
              Put over those that are sent anyway; null leaves one out:{' '}
              <span className="mono">{'{"seed": null, "max_tokens": 300}'}</span>
            </>
          }
          fault={faultAt('body')}
        >
          {(about) => (
            <textarea
              className="text-input mono"
              rows={2}
              spellCheck={false}
              value={form.body}
              onChange={({ target }) => change({ body: target.value })}
              {...about}
            />
          )}
        </Field>
        <Field label="Key" hint={keyHint(edited, origin)} fault={undefined}>
          {(about) => (
            <input
              type="password"
              className="text-input"
              autoComplete="off"
              spellCheck={false}
              maxLength={MOST_KEY_CHARS}
              value={key}
              onChange={({ target }) => setKey(target.value)}
              {...about}
            />
          )}
        </Field>
        <Field label="Note" fault={undefined}>
          {(about) => (
            <input
              className="text-input"
              maxLength={2000}
              value={form.note}
              onChange={({ target }) => change({ note: target.value })}
              {...about}
            />
          )}
        </Field>
        {/* Enter in a field saves. */}
        <input type="submit" hidden />
        <div className="form-end">
          {failed === null ? (
            <span className="grow why">{blocked}</span>
          ) : (
            <p className="fault wrap grow" role="alert">
              <TriangleAlert className="icon" aria-hidden="true" />
              <span>{failed}</span>
            </p>
          )}
          <Button onPress={close}>Cancel</Button>
          <Button look="primary" blocked={blocked} onPress={() => void save()}>
            Save
          </Button>
        </div>
      </form>
    </Sheet>
  )
}
