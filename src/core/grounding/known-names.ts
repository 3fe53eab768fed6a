/** The names the matcher knows, read once from what the host has. */
import type { Deps } from '../deps.ts'
import { withNames } from '../probes/field-guide-taxonomy.ts'
import { readNameFamilies } from '../probes/names-file.ts'
import type { Taxonomy } from '../probes/taxonomy.ts'

const kept = new WeakMap<Deps['hooks'], Promise<Taxonomy>>()

async function read(hooks: Deps['hooks']): Promise<Taxonomy> {
  const content = (await hooks.knownNames?.()) ?? { families: {} }
  return withNames(readNameFamilies(content))
}

/** Field guide and names file together; the field guide alone where the host has no names file. */
export function knownNames({ hooks }: Pick<Deps, 'hooks'>): Promise<Taxonomy> {
  const known = kept.get(hooks)
  if (known) return known
  const reading = read(hooks)
  kept.set(hooks, reading)
  return reading
}
