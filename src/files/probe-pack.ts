/** Reads a probe pack and the taxonomy file it names; what is wrong is said with file and line. */
import path from 'node:path'
import type { LocatedText } from '../core/ports.ts'
import { readPack } from '../core/probes/read-pack.ts'
import { RealignError } from '../shared/errors.ts'
import type { PackProblem } from '../shared/contract/probes.ts'
import { readLocated } from './located-yaml.ts'
import { readText } from './read-text.ts'

export interface PackFile {
  /** The pack with its taxonomy inside, ready for `probes.run`. */
  readonly content: unknown
  /** "pack.yaml line 7: unknown kind …" */
  explain(problem: PackProblem): string
}

async function read(file: string): Promise<LocatedText> {
  return readLocated(await readText(file), path.basename(file))
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Fails with 'bad-input' for the first thing that is wrong with the pack or its taxonomy. */
export async function readPackFile(file: string): Promise<PackFile> {
  const pack = await read(file)
  let content = pack.value
  let taxonomy: { readonly name: string; readonly text: LocatedText } | null = null
  if (
    isRecord(content) &&
    typeof content['taxonomy'] === 'string' &&
    content['taxonomy'] !== 'field-guide'
  ) {
    const named = content['taxonomy']
    const text = await read(path.resolve(path.dirname(file), named))
    taxonomy = { name: path.basename(named), text }
    content = { ...content, taxonomy: text.value }
  }
  const explain = ({ path: at, message }: PackProblem): string => {
    if (taxonomy && at[0] === 'taxonomy')
      return `${taxonomy.name} line ${taxonomy.text.lineOf(at.slice(1))}: ${message}`
    return `${path.basename(file)} line ${pack.lineOf(at)}: ${message}`
  }
  const reading = readPack(content)
  if (!reading.ok) throw packError(reading.problems, explain)
  return { content, explain }
}

export const packError = (
  problems: readonly PackProblem[],
  explain: PackFile['explain'],
): RealignError => {
  const shown = problems.slice(0, 5).map(explain)
  const more = problems.length > 5 ? ` (and ${problems.length - 5} more)` : ''
  return new RealignError('bad-input', `${shown.join('; ')}${more}`, {
    hint: 'Nothing was run. README.md, under Probe packs, lists what a pack holds.',
  })
}
