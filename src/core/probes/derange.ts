/** Gives every image the text of another one: no image its own, and no equal text where that can be. */
import { randomInt, seededRandom } from '../../shared/random.ts'
import { shuffled } from '../studies/statistics/mulberry32.ts'

/**
 * Index -> index of the image whose text it gets; a permutation without a fixed point. Equal texts are laid
 * side by side in a seeded order and everything is turned by at least the largest group, so that nobody
 * gets an equal text unless one text is shared by more than half of all. Fewer than two texts give null.
 */
export function derange(texts: readonly string[], seed: number): readonly number[] | null {
  const n = texts.length
  if (n < 2) return null
  const random = seededRandom(seed)
  const groups = [...Map.groupBy(texts.keys(), (i) => texts[i]!).values()]
  const order = shuffled(groups, random).flatMap((group) => shuffled(group, random))
  const largest = Math.max(...groups.map(({ length }) => length))
  const [low, high] = largest * 2 <= n ? [largest, n - largest] : [1, n - 1]
  const turn = low + randomInt(random, high - low + 1)
  const to = new Array<number>(n)
  order.forEach((image, place) => {
    to[image] = order[(place + turn) % n]!
  })
  return to
}
