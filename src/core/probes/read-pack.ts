/** Checks a probe pack before anything is drawn from it; every problem names the place in the file. */
import type { z } from 'zod'
import {
  PROBE_KINDS,
  ProbePack,
  type PackProblem,
  type TaxonomyText,
} from '../../shared/contract/probes.ts'
import { fieldGuideTaxonomy } from './field-guide-taxonomy.ts'
import { buildTaxonomy, checkTaxonomy, type Taxonomy, type TaxonomyEntry } from './taxonomy.ts'

export interface ReadPack {
  readonly pack: ProbePack
  readonly taxonomy: Taxonomy
}

export type PackReading =
  | { readonly ok: true; readonly read: ReadPack }
  | { readonly ok: false; readonly problems: readonly PackProblem[] }

const entriesOf = ({
  parents,
  also,
  languages,
}: z.output<typeof TaxonomyText>): TaxonomyEntry[] => {
  const names = [
    ...new Set([...Object.keys(parents), ...Object.keys(also), ...Object.keys(languages)]),
  ]
  const own = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined =>
    Object.hasOwn(record, name) ? record[name] : undefined
  return names.map((name) => ({
    name,
    also: own(also, name) ?? [],
    parents: [own(parents, name) ?? []].flat(),
    inLanguages: own(languages, name) ?? {},
  }))
}

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key)
        ? (inner as Record<PropertyKey, unknown>)[key]
        : undefined,
    value,
  )

/** One sentence for an issue; an unknown kind is told which kinds there are. */
function toProblem(issue: z.core.$ZodIssue, content: unknown): PackProblem {
  const path = issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key))
  if (path[0] === 'kinds' && issue.code === 'invalid_union') {
    const found = valueAt(content, path.slice(0, 2))
    const kind = typeof found === 'string' ? found : valueAt(found, ['kind'])
    const shown = JSON.stringify(kind) ?? 'nothing'
    return {
      path,
      message: `unknown kind ${shown.slice(0, 100)}; kinds are ${PROBE_KINDS.join(', ')}`,
    }
  }
  const place = path.length === 0 ? '' : `${path.join('.')}: `
  const absent = issue.code.startsWith('invalid_') && valueAt(content, path) === undefined
  return { path, message: absent ? `${place}is missing` : `${place}${issue.message}` }
}

/** `content`: a parsed YAML or JSON file. Never throws: what is wrong is what the caller came for. */
export function readPack(content: unknown): PackReading {
  const parsed = ProbePack.safeParse(content)
  if (!parsed.success)
    return { ok: false, problems: parsed.error.issues.map((issue) => toProblem(issue, content)) }
  const pack = parsed.data
  const fail = (path: PackProblem['path'], message: string): PackReading => ({
    ok: false,
    problems: [{ path, message }],
  })
  const named = new Set(pack.kinds.map(({ kind }) => kind))
  for (const [i, { kind }] of pack.thresholds.entries())
    if (!named.has(kind)) return fail(['thresholds', i, 'kind'], `the pack has no kind ${kind}`)
  if (pack.taxonomy === 'field-guide')
    return { ok: true, read: { pack, taxonomy: fieldGuideTaxonomy() } }
  const entries = entriesOf(pack.taxonomy)
  const problem = checkTaxonomy(entries)
  if (problem) return fail(['taxonomy', 'parents', problem.name], problem.message)
  return { ok: true, read: { pack, taxonomy: buildTaxonomy(entries) } }
}
