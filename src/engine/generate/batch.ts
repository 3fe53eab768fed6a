/** How many captions are decoded together: a step reads all weights, whatever the number of rows. Pure. */
import type { Captioner } from '../../shared/manifest.ts'

/**
 * On two cores a step of 12 rows takes 1.6 times as long as one of 3 and holds four times as many (fp32, OPT-125m's
 * shape: 40 ms against 25.5). Beyond 12 little is gained (16: 49 ms), and whoever waits for the engine waits longer.
 */
const MOST_ROWS = 12
/** Of six captions, the alt-texts of one image, no captioner asks too much. */
const LEAST_ROWS = 6
/** What keys and values of all rows may take: those of 12 captions of OPT-125m are 205 MB. */
const MOST_BYTES = 512 * 2 ** 20

/** Rows of this captioner to decode together, fewer where a caption takes much memory. */
export function rowsTogether(rule: Captioner): number {
  const { layers, heads, headDim, maxPositions } = rule.decoder
  const positions = Math.min(
    maxPositions,
    rule.visualTokens + rule.altSlot.length + rule.maxNewTokens,
  )
  const bytes = 2 * layers * heads * headDim * positions * Float32Array.BYTES_PER_ELEMENT
  return Math.max(LEAST_ROWS, Math.min(MOST_ROWS, Math.floor(MOST_BYTES / bytes)))
}
