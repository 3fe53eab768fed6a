/** What is known of drawn pictures, from the truth.jsonl that lies beside them: class, group, and the truth in words. */
import { z } from 'zod'
import type { PictureTruth } from '../../fieldguide/picture.ts'

/** The name of that file, as `realign fieldguide` writes it. */
export const TRUTH_FILE = 'truth.jsonl'

const Words = z
  .string()
  .max(4000)
  .transform((text) => text.toWellFormed())
const Names = z.object({ name: Words, latin: Words })

const TruthLine = z.object({
  file: z.string().min(1).max(1000),
  species: Names,
  family: Words,
  decidable: z.boolean(),
  alike: z.array(Names).max(100),
  caption: Words,
})

export interface KnownTruth {
  readonly className: string
  readonly group: string
  readonly truth: string
}

type Told = Pick<PictureTruth, 'family' | 'decidable' | 'caption'> & {
  readonly species: z.output<typeof Names>
  readonly alike: readonly z.output<typeof Names>[]
}

/** "great gray owl, Strix nebulosa", as the class names of the paper's Table 3. */
export const knownTruth = ({ species, family, decidable, alike, caption }: Told): KnownTruth => ({
  className: [species.name, species.latin].filter(Boolean).join(', '),
  group: `${family} (field guide)`,
  truth: `${caption} ${
    decidable
      ? 'The species can be told by eye.'
      : `By eye it could as well be ${alike.map(({ name }) => name).join(' or ')}.`
  }`,
})

function parse(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

/** By file name; lines of another form are passed over. */
export function truthsIn(text: string): ReadonlyMap<string, KnownTruth> {
  const lines = text.split('\n').map((line) => TruthLine.safeParse(parse(line)))
  return new Map(
    lines.flatMap(({ success, data }) => (success ? [[data.file, knownTruth(data)] as const] : [])),
  )
}
