/** Definitions of endpoints: one JSON file each in the person's own folder of models. */
import { createHash } from 'node:crypto'
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { makeFolder } from '../files/make-folder.ts'
import { writeAtomically } from '../files/write-atomically.ts'
import { canonicalJson } from '../shared/canonical-json.ts'
import { endpointId, endpointSlug } from '../shared/endpoint-names.ts'
import { EndpointDefinition } from '../shared/endpoint.ts'
import { RealignError } from '../shared/errors.ts'
import { plainText } from '../shared/plain-text.ts'
import { checkAddress } from './address.ts'

const ENDING = '.endpoint.json'
const MOST_BYTES = 64 * 1024

/** Fields that are not a person's to set: the picture, the prompt and how the answer comes are what makes a caption. */
const OURS = new Set(['messages', 'model', 'stream', 'stream_options', 'n', 'tools', 'functions'])

export interface DefinedEndpoint {
  readonly id: string
  readonly file: string
  readonly definition: EndpointDefinition
  /** Of everything that shapes a caption: another one is another captioner. */
  readonly sha256: string
}

export interface RefusedEndpoint {
  readonly id: string
  readonly file: string
  readonly problem: string
}

const hashOf = ({ url, model, prompt, promptWithout, maxSide, body }: EndpointDefinition): string =>
  createHash('sha256')
    .update(canonicalJson({ url, model, prompt, promptWithout, maxSide, body }))
    .digest('hex')

/** The first thing that is wrong, in words. */
function problemOf(definition: EndpointDefinition): string | null {
  if (endpointId(definition.name) === null) return 'its name has no letter and no digit'
  const taken = Object.keys(definition.body).find((field) => OURS.has(field))
  if (taken !== undefined) return `its body may not set ${taken}`
  try {
    checkAddress(definition.url)
    return null
  } catch (error) {
    if (error instanceof RealignError) return error.message
    throw error
  }
}

const isWithout = (json: unknown, field: string): boolean =>
  typeof json === 'object' && json !== null && !Object.hasOwn(json, field)

function parse(text: string): EndpointDefinition | string {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return 'it is no JSON'
  }
  const parsed = EndpointDefinition.safeParse(json)
  if (parsed.success) return problemOf(parsed.data) ?? parsed.data
  const [issue] = parsed.error.issues
  const at = issue?.path.join('.') ?? ''
  // The commonest fault of a file that was written by hand.
  if (issue?.code === 'invalid_type' && issue.path.length === 1 && isWithout(json, at))
    return `${at} is missing`
  return `${at || 'it'}: ${issue?.message ?? 'cannot be read'}`
}

async function readOne(file: string): Promise<DefinedEndpoint | RefusedEndpoint> {
  const base = path.basename(file).slice(0, -ENDING.length)
  const refused = (problem: string): RefusedEndpoint => ({
    id: endpointId(base) ?? 'endpoint:unnamed',
    file,
    problem: `${path.basename(file)}: ${problem}`,
  })
  try {
    const facts = await stat(file)
    if (!facts.isFile()) return refused('it is no file')
    if (facts.size > MOST_BYTES) return refused(`it is larger than ${MOST_BYTES / 1024} KiB`)
    const text = plainText(await readFile(file))
    if (text === null) return refused('it is not text in UTF-8')
    const definition = parse(text.replace(/^\uFEFF/, ''))
    if (typeof definition === 'string') return refused(definition)
    const id = endpointId(definition.name) ?? '' // its problem would be known
    return { id, file, definition, sha256: hashOf(definition) }
  } catch (error) {
    return refused(error instanceof Error ? error.message : String(error))
  }
}

/** By name of their files; of two with one name the second is refused. */
export async function listEndpoints(
  folder: string,
): Promise<readonly (DefinedEndpoint | RefusedEndpoint)[]> {
  const names = await readdir(folder).catch(() => [])
  const seen = new Map<string, string>()
  const found: (DefinedEndpoint | RefusedEndpoint)[] = []
  for (const name of names.filter((one) => one.endsWith(ENDING)).sort()) {
    const one = await readOne(path.join(folder, name))
    const other = seen.get(one.id)
    if (other === undefined) {
      seen.set(one.id, name)
      found.push(one)
    } else {
      const id = `${one.id}-${found.length + 1}`
      found.push({ id, file: one.file, problem: `${name}: ${other} has the same name` })
    }
  }
  return found
}

const isDefined = (one: DefinedEndpoint | RefusedEndpoint): one is DefinedEndpoint =>
  'definition' in one

/** Fails with 'not-found', or 'model-mismatch' where its file cannot be used. */
export async function findEndpoint(folder: string, id: string): Promise<DefinedEndpoint> {
  const found = (await listEndpoints(folder)).find((one) => one.id === id)
  if (!found)
    throw new RealignError('not-found', 'There is no such endpoint', {
      hint: 'Models lists those there are; `realign endpoints add` makes one.',
    })
  if (isDefined(found)) return found
  throw new RealignError('model-mismatch', found.problem, { hint: 'Mend the file, or remove it.' })
}

/** The id it has now. Fails with 'bad-input', or as writing a file does. */
export async function saveEndpoint(
  folder: string,
  definition: EndpointDefinition,
  replaces?: string,
): Promise<string> {
  const problem = problemOf(definition)
  if (problem !== null)
    throw new RealignError('bad-input', `This endpoint cannot be used: ${problem}`, {
      hint: 'Change it and try again.',
    })
  const id = endpointId(definition.name) ?? '' // its problem would be known
  const all = await listEndpoints(folder)
  if (id !== replaces && all.some((one) => one.id === id))
    throw new RealignError('bad-input', 'There is an endpoint of this name already', {
      hint: 'Choose another name, or change that one.',
    })
  const old = replaces === undefined ? undefined : all.find((one) => one.id === replaces)
  await makeFolder(folder)
  const file = path.join(folder, `${endpointSlug(id)}${ENDING}`)
  const text = `${JSON.stringify(definition, null, 2)}\n`
  await writeAtomically(file, (part) => writeFile(part, text))
  if (old && path.resolve(old.file) !== path.resolve(file)) await rm(old.file, { force: true })
  return id
}

/** Fails with 'not-found'. One that was refused can be removed as well. */
export async function removeEndpoint(folder: string, id: string): Promise<void> {
  const found = (await listEndpoints(folder)).find((one) => one.id === id)
  if (!found) throw new RealignError('not-found', 'There is no such endpoint')
  await rm(found.file, { force: true })
}
