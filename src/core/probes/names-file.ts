/** Reads the names of a bundle's names.json as families of names. */
import { z } from 'zod'

const Name = z.tuple([z.string().min(1), z.string().nullable()])
const NamesFile = z.object({
  families: z.record(
    z.string(),
    z.object({ group: z.string(), seen: z.array(Name), unseen: z.array(Name) }),
  ),
})

export interface Names {
  readonly families: readonly {
    readonly family: string
    readonly group: string
    /** Common name and Latin name, if it has one. */
    readonly names: readonly (readonly [string, string | null])[]
  }[]
}

/** @throws ZodError when the content has another form */
export function readNameFamilies(content: unknown): Names {
  const { families } = NamesFile.parse(content)
  return {
    families: Object.entries(families).map(([family, { group, seen, unseen }]) => ({
      family,
      group,
      names: [...seen, ...unseen],
    })),
  }
}
