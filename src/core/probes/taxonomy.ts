/** Names and what they are kinds of: a parent list in the manner of WordNet, read from a file or from the field guide. */
import { RealignError } from '../../shared/errors.ts'
import { nameKey } from '../grounding/tokens.ts'

export interface TaxonomyEntry {
  readonly name: string
  /** Other names of the same thing, the Latin one among them. */
  readonly also: readonly string[]
  readonly parents: readonly string[]
  /** The name in other languages, by language tag. */
  readonly inLanguages: Readonly<Record<string, string>>
}

export interface TaxonomyNode extends TaxonomyEntry {
  readonly key: string
}

export interface Taxonomy {
  readonly nodes: ReadonlyMap<string, TaxonomyNode>
  /** Nodes that go by this name or one of their other names; several when a Latin name is shared. */
  named(name: string): readonly TaxonomyNode[]
  byKey(key: string): readonly TaxonomyNode[]
  /** Keys of everything this is a kind of, with the number of steps up; itself not among them. */
  above(key: string): ReadonlyMap<string, number>
  below(key: string): readonly TaxonomyNode[]
  /** Longest name in words, so that a search knows when to stop. */
  readonly longest: number
}

/** A problem of a parent list and the name it is about. */
export interface TaxonomyProblem {
  readonly name: string
  readonly message: string
}

function merge(entries: readonly TaxonomyEntry[]): Map<string, TaxonomyNode> {
  const nodes = new Map<string, TaxonomyNode>()
  const both = (a: readonly string[], b: readonly string[]) => [...new Set([...a, ...b])]
  for (const entry of entries) {
    const key = nameKey(entry.name)
    if (key === '') continue
    const known = nodes.get(key)
    const parents = entry.parents.filter((parent) => nameKey(parent) !== key)
    nodes.set(key, {
      key,
      name: known?.name ?? entry.name,
      also: both(known?.also ?? [], entry.also),
      parents: both(known?.parents ?? [], parents),
      inLanguages: { ...entry.inLanguages, ...known?.inLanguages },
    })
  }
  // A parent that has no line of its own is a root.
  for (const { parents } of [...nodes.values()])
    for (const name of parents) {
      const key = nameKey(name)
      if (key !== '' && !nodes.has(key))
        nodes.set(key, { key, name, also: [], parents: [], inLanguages: {} })
    }
  return nodes
}

/** The first circle there is, as names from a thing back to itself; null when there is none. */
function circle(nodes: ReadonlyMap<string, TaxonomyNode>): readonly string[] | null {
  const state = new Map<string, 'open' | 'closed'>()
  for (const start of nodes.keys()) {
    if (state.has(start)) continue
    const path: { key: string; rest: string[] }[] = []
    const open = (key: string) => {
      state.set(key, 'open')
      path.push({ key, rest: (nodes.get(key)?.parents ?? []).map(nameKey) })
    }
    open(start)
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const next = top.rest.pop()
      if (next === undefined) {
        state.set(top.key, 'closed')
        path.pop()
      } else if (state.get(next) === 'open') {
        const from = path.findIndex(({ key }) => key === next)
        return [...path.slice(from).map(({ key }) => key), next].map(
          (key) => nodes.get(key)?.name ?? key,
        )
      } else if (!state.has(next)) open(next)
    }
  }
  return null
}

/** What is wrong with a parent list before anything is drawn from it: names without letters, circles. */
export function checkTaxonomy(entries: readonly TaxonomyEntry[]): TaxonomyProblem | null {
  for (const { name, parents } of entries) {
    if (nameKey(name) === '') return { name, message: 'a name needs at least one letter or digit' }
    const itself = parents.find((parent) => nameKey(parent) === nameKey(name))
    if (itself !== undefined) return { name, message: `${name} is its own parent` }
  }
  const names = circle(merge(entries))
  if (names === null) return null
  return { name: names[0] ?? '', message: `the parents go in a circle: ${names.join(' → ')}` }
}

/** Fails with 'bad-input' where checkTaxonomy finds a problem. */
export function buildTaxonomy(entries: readonly TaxonomyEntry[]): Taxonomy {
  const problem = checkTaxonomy(entries)
  if (problem) throw new RealignError('bad-input', `Taxonomy: ${problem.message}`)
  const nodes = merge(entries)
  const index = new Map<string, TaxonomyNode[]>()
  const children = new Map<string, TaxonomyNode[]>()
  const push = (map: Map<string, TaxonomyNode[]>, key: string, node: TaxonomyNode) => {
    const list = map.get(key)
    if (!list) map.set(key, [node])
    else if (!list.includes(node)) list.push(node)
  }
  let longest = 1
  for (const node of nodes.values()) {
    for (const name of [node.name, ...node.also]) {
      const key = nameKey(name)
      if (key !== '') push(index, key, node)
      longest = Math.max(longest, name.split(/[\s-]+/u).length)
    }
    for (const parent of node.parents) push(children, nameKey(parent), node)
  }
  const kept = new Map<string, ReadonlyMap<string, number>>()
  const above = (key: string): ReadonlyMap<string, number> => {
    const known = kept.get(key)
    if (known) return known
    const steps = new Map<string, number>()
    let level = [key]
    for (let distance = 1; level.length > 0; distance++) {
      const next = level.flatMap((one) => (nodes.get(one)?.parents ?? []).map(nameKey))
      level = next.filter((one) => !steps.has(one))
      for (const one of level) steps.set(one, distance)
    }
    kept.set(key, steps)
    return steps
  }
  const byKey = (key: string) => index.get(key) ?? []
  return {
    nodes,
    longest,
    byKey,
    named: (name) => byKey(nameKey(name)),
    above,
    below: (key) => children.get(key) ?? [],
  }
}

/** Fewest steps up from `a` and then down to `b`; Infinity where they have nothing in common. */
export function distance(taxonomy: Taxonomy, a: string, b: string): number {
  if (a === b) return 0
  const [up, other] = [new Map(taxonomy.above(a)).set(a, 0), new Map(taxonomy.above(b)).set(b, 0)]
  let least = Infinity
  for (const [key, steps] of up) {
    const more = other.get(key)
    if (more !== undefined) least = Math.min(least, steps + more)
  }
  return least
}
