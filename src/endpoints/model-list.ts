/** The list of models that an endpoint offers: its names out of a reply, and a few of them in words. */
import { failed, type Asked } from './failures.ts'
import { field } from './field.ts'
import { hideInCaption, quoted } from './redact.ts'

const MOST_MODELS = 2_000
const SHOWN = 8
const LONGEST_NAME = 300

/** `data` is null at a server without models. */
export function modelIds(reply: unknown, { host, key }: Asked): readonly string[] {
  const data = field(reply, 'data')
  if (data === null) return []
  if (!Array.isArray(data))
    throw failed(
      `${host} answered with something that is no list of models`,
      'Check the address: most servers want it to end in /v1.',
    )
  const names = data
    .map((model) => field(model, 'id'))
    .filter((id) => typeof id === 'string')
    .filter((id) => id !== '' && id.length <= LONGEST_NAME && !/\p{C}/u.test(id))
    .filter((id) => hideInCaption(id, key) === id) // names are kept, as captions are
  return [...new Set(names)].slice(0, MOST_MODELS)
}

export function modelsOffered(names: readonly string[]): string {
  if (names.length === 0) return 'It offers no model at all: load one there first.'
  const shown = names.slice(0, SHOWN).join(', ')
  const more = names.length > SHOWN ? ` and ${names.length - SHOWN} more` : ''
  return `It offers ${quoted(shown, null)}${more}.`
}
