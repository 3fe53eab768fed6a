/** Williams designs: every caption in every slot, and next to every other, equally often (Williams 1949). */

/**
 * Rows of slots: row r lists which caption stands in slot 0, 1, …. k rows when k is even, 2k when odd.
 * Built from the zigzag 0, 1, k-1, 2, k-2, … and its shifts; for odd k also the reversed rows.
 */
export function williamsRows(k: number): number[][] {
  const zigzag = Array.from({ length: k }, (_, i) => (i % 2 === 1 ? (i + 1) / 2 : (k - i / 2) % k))
  const rows = Array.from({ length: k }, (_, shift) => zigzag.map((v) => (v + shift) % k))
  return k % 2 === 0 ? rows : [...rows, ...rows.map((row) => [...row].reverse())]
}
