/** File names, credits, prices and the like that came along with an alt-text. */
import { noiseSpans } from '../../grounding/noise-words.ts'
import { shown, type Check } from './find.ts'

/** Noise wherever it stands. The rest (a date, a price, "wallpaper") may be what a picture shows. */
const CERTAIN =
  /^(?:https?:|www\.)|\.(?:jpe?g|png|gif|webp|bmp|tiff?|heic|svg)$|^(?:IMG|DSC[NF]?|PXL|DCIM)|\bby\b|^(?:©|\(c\)|copyright)|^stock\s/iu

export const leftOverNoise: Check = function* ({ said, altText }) {
  const alt = altText.toLowerCase()
  let end = 0
  for (const [from, to] of noiseSpans(said).toSorted((a, b) => a[0] - b[0] || b[1] - a[1])) {
    const words = said.slice(from, to)
    if (from < end || !(CERTAIN.test(words) || alt.includes(words.toLowerCase()))) continue
    end = to
    yield {
      at: { from, to },
      message: `${shown(words)} is left over from an alt-text and says nothing of the picture; the guideline leaves it out.`,
    }
  }
}
