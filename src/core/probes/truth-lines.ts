/** Classes of drawn pictures from the truth.jsonl that lies beside them. */
import { z } from 'zod'

const TruthLine = z.object({
  file: z.string(),
  species: z.object({ name: z.string(), latin: z.string() }),
})

function parse(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

/** File name -> class name ("great gray owl, Strix nebulosa"); lines of another form are passed over. */
export function classesFromTruth(text: string): ReadonlyMap<string, string> {
  const lines = text.split('\n').map((line) => TruthLine.safeParse(parse(line)))
  return new Map(
    lines.flatMap(({ success, data }) =>
      success
        ? [[data.file, [data.species.name, data.species.latin].filter(Boolean).join(', ')] as const]
        : [],
    ),
  )
}
