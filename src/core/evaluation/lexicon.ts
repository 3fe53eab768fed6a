/** Reads models/builtin/names.json: the WordNet names of every family, and which training never saw. */
import { z } from 'zod'
import type { Lexicon } from './truth.ts'

const name = z.tuple([z.string().min(1), z.string().nullable()])

const NamesFile = z.object({
  families: z.record(
    z.string(),
    z.object({
      /** Families of one group are near to each other: their names are not plainly wrong. */
      group: z.string(),
      /** WordNet ids of the photo classes in it. */
      classes: z.array(z.string()),
      seen: z.array(name),
      unseen: z.array(name),
    }),
  ),
  /** Group -> common words for what its pictures do not show, in one line; older files have none. */
  everyday: z.record(z.string(), z.string()).default({}),
})

export interface Names {
  readonly lexicon: Lexicon
  /** Photo class -> family. */
  readonly familyOfClass: ReadonlyMap<string, string>
}

/**
 * @param content parsed names.json
 * @param classNames names of each photo class by WordNet id; the first joins its family's seen names
 * @throws ZodError when the file has another form
 */
export function readNames(
  content: unknown,
  classNames: ReadonlyMap<string, readonly string[]> = new Map(),
): Names {
  const { families, everyday } = NamesFile.parse(content)
  const entries = Object.entries(families)
  const groupOf = new Map(entries.map(([family, { group }]) => [family, group]))
  const lexicon = Object.fromEntries(
    entries.map(([family, { group, classes, seen, unseen }]) => [
      family,
      {
        seen: [
          ...classes.flatMap((id) => classNames.get(id)?.slice(0, 1) ?? []),
          ...seen.map(([common]) => common),
        ],
        unseen: unseen.map(([common]) => common),
        near: entries.map(([other]) => other).filter((other) => groupOf.get(other) === group),
        everyday: everyday[group]?.split(' ') ?? [],
      },
    ]),
  )
  const familyOfClass = new Map(
    entries.flatMap(([family, { classes }]) => classes.map((id) => [id, family] as const)),
  )
  return { lexicon, familyOfClass }
}
