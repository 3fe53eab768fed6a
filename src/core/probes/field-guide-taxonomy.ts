/** The taxonomy that ships: every species of the field guide, its family, and what the families are kinds of. */
import { PLATES } from '../../fieldguide/plates.ts'
import { nameKey } from '../grounding/tokens.ts'
import type { Names } from './names-file.ts'
import { buildTaxonomy, type Taxonomy, type TaxonomyEntry } from './taxonomy.ts'

/** Family -> what it is a kind of, nearest first. */
const ABOVE: readonly (readonly string[])[] = [
  ['owl', 'bird', 'animal'],
  ['songbird', 'bird'],
  ['butterfly', 'insect', 'arthropod', 'animal'],
  ['beetle', 'insect'],
  ['crab', 'crustacean', 'arthropod'],
  ['fish', 'animal'],
  ['dog', 'mammal', 'animal'],
  ['cat', 'mammal'],
  ['monkey', 'primate', 'mammal'],
  ['mushroom', 'fungus'],
  ['flower', 'plant'],
  ['shell', 'mollusk', 'animal'],
  ['teapot', 'pot', 'container', 'object'],
  ['car', 'vehicle', 'object'],
]

const GERMAN: Readonly<Record<string, string>> = {
  owl: 'eine Eule auf einem Ast',
  songbird: 'ein kleiner Singvogel',
  butterfly: 'ein Schmetterling mit offenen Flügeln',
  beetle: 'ein Käfer von oben',
  crab: 'eine Krabbe mit zwei Scheren',
  fish: 'ein Fisch von der Seite',
  dog: 'ein stehender Hund',
  cat: 'eine sitzende Katze',
  monkey: 'ein sitzender Affe',
  mushroom: 'ein Pilz auf dem Boden',
  flower: 'eine blühende Blume',
  shell: 'eine Meeresmuschel',
  teapot: 'eine Teekanne auf einem Tisch',
  car: 'ein altes Automobil',
}

const entry = (name: string, parents: readonly string[], more: Partial<TaxonomyEntry> = {}) => ({
  name,
  also: [],
  parents,
  inLanguages: {},
  ...more,
})

const upper: readonly TaxonomyEntry[] = ABOVE.flatMap((chain) =>
  chain.slice(0, -1).map((name, i) => {
    const german = GERMAN[name]
    const inLanguages = german === undefined ? {} : { de: german }
    return entry(name, [chain[i + 1] ?? ''], { inLanguages })
  }),
)

const species: readonly TaxonomyEntry[] = PLATES.flatMap(({ family, species: all }) =>
  all.map(({ name, latin }) => entry(name, [family], { also: latin === '' ? [] : [latin] })),
)

let shipped: Taxonomy | undefined

/** Built once; small enough to hold every class a drawn picture can have. */
export const fieldGuideTaxonomy = (): Taxonomy =>
  (shipped ??= buildTaxonomy([...upper, ...species]))

/** With the WordNet names of a names file besides: what the matcher knows as names of things. */
export function withNames(names: Names): Taxonomy {
  const families = new Set(upper.map(({ name }) => name))
  // WordNet has some names of whole groups again as members ("clothing" is a garment).
  const groups = new Set(
    [...names.families.flatMap(({ family, group }) => [family, group]), ...ABOVE.flat()].map(
      nameKey,
    ),
  )
  const more = names.families.flatMap(({ family, group, names: all }) => [
    ...(families.has(family) || family === group ? [] : [entry(family, [group])]),
    ...all
      .filter(([common]) => nameKey(common) !== '' && !groups.has(nameKey(common)))
      .map(([common, latin]) => entry(common, [family], { also: latin === null ? [] : [latin] })),
  ])
  return buildTaxonomy([...upper, ...species, ...more])
}
