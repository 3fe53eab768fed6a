/** What a document calls kinds of alt-text, captioners and scorers: the latter as their bundles do, told apart by ids where two share a name. */
import { captionerLabel } from '../../shared/elsewhere.ts'
import type { AltKind } from '../../shared/types.ts'
import type { Deps } from '../deps.ts'

export type BundleNames = ReadonlyMap<string, string>

export async function bundleNames({ engine }: Deps): Promise<BundleNames> {
  const bundles = await engine.bundles()
  const called = (name: string): number => bundles.filter((one) => one.name === name).length
  return new Map(bundles.map(({ id, name }) => [id, called(name) === 1 ? name : `${name} (${id})`]))
}

/** One whose bundle is gone keeps its id; who wrote elsewhere is called so. */
export const nameIn = (names: BundleNames, id: string): string =>
  names.get(id) ?? captionerLabel(id)

/** The name that a table says, with the id that the data and the command line say. */
export function nameWithId(names: BundleNames, id: string): string {
  const name = nameIn(names, id)
  return name.includes(id) ? name : `${name} (${id})`
}

export const kindLabel = (kind: AltKind): string => kind.replaceAll('-', ' ')
