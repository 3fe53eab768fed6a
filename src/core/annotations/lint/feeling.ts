/** Sentences about mood, theme and imagined stories. English only. */
import { shown, type Check } from './find.ts'
import { sentencesOf } from './sentences.ts'

const FELT = '(?:sense|feeling|feel|impression|mood|atmosphere|ambian?ce|ambience|vibe|aura|air)'

/** A sense of these is seen, not felt. */
const SEEN = '(?:depth|scale|size|space|perspective|distance|movement|motion|speed)\\b'

const PATTERNS: readonly RegExp[] = [
  new RegExp(
    String.raw`\b(?:giv(?:es?|ing)|creat(?:es?|ing)|convey(?:s|ing)?|exud(?:es?|ing)|radiat(?:es?|ing)|lend(?:s|ing)?|add(?:s|ing)|ha(?:s|ve|ving)|set(?:s|ting)|captur(?:es?|ing)|suggest(?:s|ing)?)\b(?:\s+off)?(?:\s+[\p{L}-]+){0,5}?\s+${FELT}\s+(?:of|that|to)\b(?!\s+${SEEN})`,
    'iu',
  ),
  /\bevok(?:es?|ed|ing|ative)\b/iu,
  new RegExp(String.raw`\ba\s+(?:\p{L}+\s+)?sense\s+of\s+(?!${SEEN})\p{L}+`, 'iu'),
  /\b(?:overall|general)\s+(?:mood|feeling|feel|impression|atmosphere|ambian?ce|ambience|vibe|tone|theme|message)\b/iu,
  /\b(?:mood|atmosphere|ambian?ce|ambience|vibe)\s+(?:is|feels|seems|of\s+the\s+(?:image|photo|picture|scene))\b/iu,
  /\b(?:cozy|cosy|warm|serene|peaceful|calm|festive|joyful|cheerful|romantic|nostalgic|tranquil|mysterious|lively|relaxed|gloomy|eerie|dreamy|whimsical|inviting|welcoming|solemn|playful|melancholic)\s+(?:and\s+\p{L}+\s+)?(?:mood|atmosphere|ambian?ce|ambience|vibe|feel|feeling|tone)\b/iu,
  /\bmust\s+(?:have|be|feel|love|enjoy|know)\b/iu,
  /\b(?:bright|promising)\s+future\b/iu,
  /\b(?:one|you|we|viewers?)\s+can\s+(?:almost\s+|only\s+)?(?:imagine|feel|hear|smell|sense)\b/iu,
  /\btell(?:s|ing)?\s+(?:a|the|its|their|his|her)\s+(?:own\s+)?stor(?:y|ies)\b/iu,
  /\bremind(?:s|ing)?\s+(?:us|one|you|the\s+viewer|viewers)\b/iu,
  /\binvit(?:es?|ing)\s+(?:us|you|the\s+viewer|viewers)\b/iu,
  /\bsymboli[sz](?:es?|ing)\b/iu,
  /\b(?:theme|message|meaning)\s+of\s+the\s+(?:image|photo|picture|painting|scene)\b/iu,
]

export const feeling: Check = function* ({ said }) {
  for (const sentence of sentencesOf(said)) {
    const found = PATTERNS.map((pattern) => pattern.exec(sentence.text)?.[0]).find(Boolean)
    if (found === undefined) continue
    yield {
      at: { from: sentence.from, to: sentence.to },
      message: `${shown(found)} is about a feeling or an imagined story; the guideline asks for what the picture shows.`,
    }
  }
}
