/** The form of an endpoint: what is typed, what is wrong with it and where, and the definition it becomes. */
import {
  ALT_PLACE,
  DEFAULT_PROMPT,
  DEFAULT_PROMPT_WITHOUT,
  endpointId,
} from '../../shared/endpoint-names.ts'
import type { EndpointDefinition } from '../../shared/endpoint.ts'

export interface EndpointForm {
  readonly name: string
  readonly url: string
  readonly model: string
  readonly prompt: string
  readonly promptWithout: string
  /** NaN while the field is empty. */
  readonly maxSide: number
  readonly parallel: number
  readonly seconds: number
  /** JSON of further fields of the request; '' for none. */
  readonly body: string
  readonly note: string
}

export type EndpointField = keyof EndpointForm

export const NEW_ENDPOINT: EndpointForm = {
  name: '',
  url: '',
  model: '',
  prompt: DEFAULT_PROMPT,
  promptWithout: DEFAULT_PROMPT_WITHOUT,
  maxSide: 1024,
  parallel: 3,
  seconds: 120,
  body: '',
  note: '',
}

/** Where common servers answer when nobody has told them otherwise. */
export const PRESETS: readonly { readonly name: string; readonly url: string }[] = [
  { name: 'Ollama', url: 'http://127.0.0.1:11434/v1' },
  { name: 'llama.cpp', url: 'http://127.0.0.1:8080/v1' },
  { name: 'vLLM', url: 'http://127.0.0.1:8000/v1' },
  { name: 'LM Studio', url: 'http://127.0.0.1:1234/v1' },
  { name: 'OpenAI', url: 'https://api.openai.com/v1' },
]

export const SIDES = { least: 32, most: 4096 } as const
export const AT_ONCE = { least: 1, most: 16 } as const
export const SECONDS = { least: 5, most: 3600 } as const
const LONGEST_FIELD_NAME = 100

export const formOf = ({ body, ...rest }: EndpointDefinition): EndpointForm => ({
  ...rest,
  body: Object.keys(body).length === 0 ? '' : JSON.stringify(body, null, 2),
})

const parsed = (url: string): URL | null => URL.parse(url.trim())

/** What the consent is given for; null while the address is none. */
export function originOf(url: string): string | null {
  const address = parsed(url)
  return address && /^https?:$/.test(address.protocol) ? address.origin : null
}

export const tellsAlt = (prompt: string): boolean => prompt.includes(ALT_PLACE)

/** On this machine nobody reads along. */
const isHere = ({ hostname }: URL): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)

function urlFault(url: string): string | null {
  if (url.trim() === '') return 'Where does it answer? Choose one above or type its address.'
  const address = parsed(url)
  if (!address || originOf(url) === null)
    return 'This is no address: it begins with https:// or, on this machine, http://'
  if (address.username !== '' || address.password !== '')
    return 'Leave name and password out: a key has a field of its own.'
  if (address.protocol === 'http:' && !isHere(address))
    return 'http would send pictures and the key in the open: use https.'
  if (/\/(chat\/completions|responses|completions)\/?$/.test(address.pathname))
    return 'The address ends before /chat/completions, mostly in /v1.'
  return null
}

type Fields = EndpointDefinition['body']

function readBody(text: string): { readonly fields: Fields } | { readonly fault: string } {
  if (text.trim() === '') return { fields: {} }
  try {
    const read: unknown = JSON.parse(text)
    if (typeof read !== 'object' || read === null || Array.isArray(read))
      return { fault: 'Fields stand in braces: {"max_tokens": 300}' }
    const wrong = Object.keys(read).find(
      (name) => name === '' || name.length > LONGEST_FIELD_NAME || name === '__proto__',
    )
    if (wrong !== undefined) return { fault: `“${wrong.slice(0, 40)}” cannot be a field.` }
    return { fields: read as Fields } // what JSON.parse makes is JSON
  } catch (error) {
    return { fault: `This is not JSON: ${error instanceof Error ? error.message : String(error)}` }
  }
}

interface Range {
  readonly least: number
  readonly most: number
}

const numberFault = (value: number, { least, most }: Range): string | null =>
  Number.isInteger(value) && value >= least && value <= most
    ? null
    : `A whole number from ${least} to ${most}.`

function nameFault(name: string, taken: readonly string[]): string | null {
  if (name.trim() === '') return 'Give it a name: columns are headed by it.'
  const id = endpointId(name)
  if (id === null) return 'A name needs a letter or a digit.'
  return taken.includes(id) ? 'An endpoint of this name is there already.' : null
}

/** In words, by the field they stand at. `taken`: ids of the other endpoints. */
export function endpointFaults(
  form: EndpointForm,
  taken: readonly string[],
): Readonly<Partial<Record<EndpointField, string>>> {
  const body = readBody(form.body)
  const found: Readonly<Partial<Record<EndpointField, string | null>>> = {
    name: nameFault(form.name, taken),
    url: urlFault(form.url),
    model: form.model.trim() === '' ? 'Which model, as the server calls it?' : null,
    prompt: form.prompt.trim() === '' ? 'Without a prompt nothing is asked.' : null,
    promptWithout: form.promptWithout.trim() === '' ? 'Without a prompt nothing is asked.' : null,
    maxSide: numberFault(form.maxSide, SIDES),
    parallel: numberFault(form.parallel, AT_ONCE),
    seconds: numberFault(form.seconds, SECONDS),
    body: 'fault' in body ? body.fault : null,
  }
  return Object.fromEntries(Object.entries(found).filter(([, words]) => words !== null))
}

/** Of a form without faults. */
export function definitionOf(form: EndpointForm): EndpointDefinition {
  const body = readBody(form.body)
  return {
    ...form,
    ...{ name: form.name.trim(), url: form.url.trim(), model: form.model.trim() },
    body: 'fields' in body ? body.fields : {},
  }
}
