/** Some images out of many, by a seed: the same seed draws the same ones. */
import { randomInt, seededRandom } from '../../shared/random.ts'

/** In the order that all of them have; all where there are not more. */
export function seededSample<T>(all: readonly T[], count: number, seed: number): readonly T[] {
  if (count >= all.length) return all
  const random = seededRandom(seed)
  const places = all.map((_, index) => index)
  for (let at = 0; at < count; at++) {
    const other = at + randomInt(random, places.length - at)
    ;[places[at], places[other]] = [places[other]!, places[at]!]
  }
  return places
    .slice(0, count)
    .toSorted((a, b) => a - b)
    .map((place) => all[place]!)
}
