/** A set of runs of three words, whose room is made at the beginning: it never stops to move house, as a Set of millions does. */

export interface TrigramSet {
  readonly size: number
  add(a: number, b: number, c: number): void
}

const hash = (a: number, b: number, c: number): number => {
  let h = Math.imul(a + 1, 0x9e3779b1) ^ Math.imul(b + 1, 0x85ebca6b) ^ Math.imul(c + 1, 0xc2b2ae35)
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d)
  return (h ^ (h >>> 13)) >>> 0
}

/** At most `most` are added. */
export function createTrigramSet(most: number): TrigramSet {
  const places = 2 ** Math.ceil(Math.log2(Math.max(2, 2 * most)))
  /** Three numbers a place, the first one too high: 0 is an empty place. */
  const kept = new Uint32Array(3 * places)
  let size = 0
  return {
    get size() {
      return size
    },
    add(a, b, c) {
      for (let place = hash(a, b, c) & (places - 1); ; place = (place + 1) & (places - 1)) {
        const at = 3 * place
        if (kept[at] === 0) {
          kept[at] = a + 1
          kept[at + 1] = b
          kept[at + 2] = c
          size++
          return
        }
        if (kept[at] === a + 1 && kept[at + 1] === b && kept[at + 2] === c) return
      }
    },
  }
}
