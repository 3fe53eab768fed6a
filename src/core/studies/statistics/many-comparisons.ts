/** Holm's correction and letter groups of systems that are not separated (section 6.13). */

/** Holm-adjusted p-values in the order given. */
export function holm(p: readonly number[]): number[] {
  const order = p.map((_, i) => i).sort((a, b) => (p[a] ?? 0) - (p[b] ?? 0))
  const adjusted = new Array<number>(p.length)
  let most = 0
  order.forEach((index, i) => {
    most = Math.max(most, Math.min(1, (p.length - i) * (p[index] as number)))
    adjusted[index] = most
  })
  return adjusted
}

/**
 * Compact letters: systems share a letter when they are not separated. `separated(a, b)` is symmetric;
 * systems are taken in the order of `order` (best first). Maximal cliques of "not separated" get one letter each.
 */
export function letterGroups(
  order: readonly number[],
  separated: (a: number, b: number) => boolean,
): Map<number, string> {
  const cliques: number[][] = []
  const extend = (clique: number[], rest: readonly number[], seen: readonly number[]) => {
    if (rest.length === 0 && seen.length === 0) cliques.push(clique)
    const left = [...rest]
    const done = [...seen]
    for (const system of rest) {
      const near = (other: number) => !separated(system, other)
      left.shift()
      extend([...clique, system], left.filter(near), done.filter(near))
      done.push(system)
    }
  }
  extend([], order, [])
  const place = new Map(order.map((system, i) => [system, i]))
  const first = (clique: readonly number[]) => Math.min(...clique.map((s) => place.get(s) ?? 0))
  cliques.sort((a, b) => first(a) - first(b) || b.length - a.length)
  const letters = new Map<number, string>(order.map((system) => [system, '']))
  cliques.forEach((clique, i) => {
    const letter = String.fromCharCode(97 + (i % 26))
    for (const system of clique) letters.set(system, (letters.get(system) ?? '') + letter)
  })
  return letters
}
