/** `realign endpoints …`: captioners behind an address, and whether this workspace may send pictures to them. */
import { keyVariable } from '../../endpoints/keys.ts'
import { readText } from '../../files/read-text.ts'
import { endpointId, isEndpoint } from '../../shared/endpoint-names.ts'
import { EndpointDefinition } from '../../shared/endpoint.ts'
import { RealignError } from '../../shared/errors.ts'
import type { BundleSummary } from '../../shared/types.ts'
import { note, print, printJson, safe } from '../output.ts'
import type { Session } from '../session.ts'

export interface EndpointFlags {
  readonly json?: boolean | undefined
}

export interface AddFlags extends EndpointFlags {
  readonly url: string
  readonly model: string
  readonly promptFile?: string | undefined
  readonly promptWithoutFile?: string | undefined
  readonly maxSide?: number | undefined
  readonly parallel?: number | undefined
  readonly seconds?: number | undefined
  readonly body?: string | undefined
  readonly note?: string | undefined
  readonly replace?: boolean | undefined
}

type Endpoint = BundleSummary & { readonly endpoint: NonNullable<BundleSummary['endpoint']> }

const keyWords = ({ id, endpoint: { key } }: Endpoint): string =>
  key.state === 'set'
    ? `key set${key.ending === null ? '' : `, ends in …${key.ending}`}`
    : `no key (${keyVariable(id)} in the environment would be one)`

function testWords({ endpoint: { test } }: Endpoint): string {
  if (!test) return 'not tested'
  const alt = test.readsAlt === null ? 'not told' : test.readsAlt ? 'arrives' : 'does not arrive'
  return `picture ${test.readsImage ? 'arrives' : 'does not arrive'}, alt-text ${alt}: ${safe(test.reply)}`
}

export function printEndpoint(one: BundleSummary): void {
  const { id, name, endpoint, problem } = one
  if (!endpoint) return print(`${safe(id)}\n  refused: ${safe(problem ?? '')}`)
  const known: Endpoint = { ...one, endpoint }
  const { definition, allowed, origin } = endpoint
  print(`${safe(id)}  ${safe(name)}  ${safe(definition.model)} at ${safe(definition.url)}`)
  print(
    `  ${allowed ? 'may' : 'may not'} be sent pictures of this workspace (${safe(origin)}); ${keyWords(known)}`,
  )
  print(`  ${testWords(known)}`)
}

const show = (one: BundleSummary, { json }: EndpointFlags): void =>
  json ? printJson(one) : printEndpoint(one)

/** The id of what a person calls by its name or its id. */
function idOf(which: string): string {
  const id = isEndpoint(which) ? which : endpointId(which)
  if (id !== null) return id
  throw new RealignError('bad-input', 'This is no name of an endpoint', {
    hint: '`realign endpoints list` names them.',
  })
}

export async function endpointsList({ client }: Session, flags: EndpointFlags): Promise<number> {
  const { bundles, folders } = await client.call('models.list', {})
  const endpoints = bundles.filter(({ id }) => isEndpoint(id))
  for (const one of endpoints) show(one, flags)
  if (!flags.json)
    note(
      endpoints.length === 0
        ? 'There is no endpoint yet; `realign endpoints add` makes one.'
        : `They are defined in ${safe(folders.at(-1) ?? '')}`,
    )
  return 0
}

function bodyOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new RealignError('bad-input', '--body is no JSON', {
      hint: `Give an object, as '{"seed": null}'.`,
      cause: error,
    })
  }
}

async function definitionOf(name: string, flags: AddFlags): Promise<EndpointDefinition> {
  const { url, model, maxSide, parallel, seconds } = flags
  const parsed = EndpointDefinition.safeParse({
    ...{ name, url, model, maxSide, parallel, seconds, note: flags.note },
    ...(flags.promptFile !== undefined && { prompt: await readText(flags.promptFile) }),
    ...(flags.promptWithoutFile !== undefined && {
      promptWithout: await readText(flags.promptWithoutFile),
    }),
    ...(flags.body !== undefined && { body: bodyOf(flags.body) }),
  })
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new RealignError('bad-input', `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`, {
    hint: 'Change it and try again.',
  })
}

export async function endpointsAdd(
  { client }: Session,
  name: string,
  flags: AddFlags,
): Promise<number> {
  const definition = await definitionOf(name, flags)
  const replaces = flags.replace ? idOf(name) : undefined
  const saved = await client.call('endpoints.save', {
    definition,
    ...(replaces !== undefined && { replaces }),
  })
  show(saved, flags)
  return 0
}

export async function endpointsRemove({ client }: Session, which: string): Promise<number> {
  await client.call('endpoints.remove', { id: idOf(which) })
  note('Removed. Captions that it wrote stay.')
  return 0
}

export async function endpointsAllow(
  { client }: Session,
  { which, allowed, flags }: { which: string; allowed: boolean; flags: EndpointFlags },
): Promise<number> {
  show(await client.call('endpoints.allow', { id: idOf(which), allowed }), flags)
  return 0
}

/** Exit code 1 where the picture, or an alt-text that the prompt tells, does not arrive. */
export async function endpointsTest(
  { client, signal }: Session,
  which: string,
  flags: EndpointFlags,
): Promise<number> {
  const tested = await client.call('models.check', { bundleId: idOf(which) }, { signal })
  show(tested, flags)
  const test = tested.endpoint?.test
  return test?.readsImage && test.readsAlt !== false ? 0 : 1
}
