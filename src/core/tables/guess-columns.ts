/** Which column of a table is what, by its name; what cannot be told is left to the person. */
import type { TableColumns } from '../../shared/contract/tables.ts'
import { TABLE_ROLES, type TableRole } from '../../shared/tables.ts'
import { RealignError } from '../../shared/errors.ts'

/** Case and `-_ ` do not count. The first name that a table has wins. */
const NAMES: Readonly<Record<TableRole, readonly string[]>> = {
  image: [
    'imagesha256',
    'image',
    'imagepath',
    'imgpath',
    'path',
    'filepath',
    'imagefile',
    'file',
    'filename',
    'imagename',
    'img',
    'name',
    'sha256',
    // Named last, so that the person is told what can be done about addresses.
    'imageurl',
    'url',
  ],
  altText: ['alt', 'alttext', 'altcaption', 'text', 'raw', 'laion2b'],
  className: ['class', 'classname', 'label', 'category'],
  group: ['group', 'groupname', 'domain', 'tag', 'source'],
  caption: [
    'caption',
    'captiontext',
    'generatedcaption',
    'generatedtext',
    'generated',
    'generation',
    'output',
    'prediction',
    'predicted',
    'pred',
    'response',
    'completion',
    'answer',
    'hypothesis',
    'description',
  ],
  captioner: [
    'captioner',
    'captionerid',
    'captionedby',
    'writtenby',
    'system',
    'systemname',
    'model',
    'modelname',
    'modelid',
    // As `realign compare --json` says it.
    'provenance.captionerid',
    'annotator',
    'author',
  ],
}

/** How names of columns are compared. */
export const fold = (name: string): string => name.toLowerCase().replace(/[-_\s]/g, '')

function guess(columns: readonly string[], role: TableRole): string | null {
  for (const known of NAMES[role]) {
    const found = columns.filter((name) => fold(name) === known)
    if (found.length > 1) return null
    if (found[0] !== undefined) return found[0]
  }
  return null
}

/**
 * A "caption" is what many call the alt-text itself: it is taken for one that somebody wrote only where it is said
 * who, by a column or by the person (`byKnown`), whose word goes before the column's.
 */
export function guessColumns(columns: readonly string[], byKnown = false): TableColumns {
  const captioner = byKnown ? null : guess(columns, 'captioner')
  const caption = byKnown || captioner !== null ? guess(columns, 'caption') : null
  return {
    image: guess(columns, 'image'),
    altText: guess(columns, 'altText'),
    className: guess(columns, 'className'),
    group: guess(columns, 'group'),
    caption,
    captioner: caption === null ? null : captioner,
  }
}

/** A column as a person typed it: its very name, else the only one that reads the same. */
function named(columns: readonly string[], wanted: string): string {
  if (columns.includes(wanted)) return wanted
  const alike = columns.filter((name) => fold(name) === fold(wanted))
  if (alike.length === 1 && alike[0] !== undefined) return alike[0]
  const shown = columns.slice(0, 20).map((name) => `"${name}"`)
  const more = columns.length > 20 ? ` and ${columns.length - 20} more` : ''
  throw new RealignError('bad-input', `The table has no column "${wanted}"`, {
    hint: `Its columns are ${shown.join(', ')}${more}.`,
  })
}

/** The guess, overruled where a choice was made; a column that was chosen is nothing else besides. `ours`: the table is data of ours, whose captions are captions. */
export function chooseColumns(
  columns: readonly string[],
  chosen: { readonly [Role in TableRole]?: string | null | undefined },
  { captionsBy = '', ours = false }: { readonly captionsBy?: string; readonly ours?: boolean } = {},
): TableColumns {
  const given = new Map<TableRole, string | null>()
  for (const role of TABLE_ROLES) {
    const wanted = chosen[role]
    if (wanted !== undefined) given.set(role, wanted === null ? null : named(columns, wanted))
  }
  // Whoever chose what says who wrote, none included, has captions in mind; data of ours holds nothing else.
  const byKnown = ours || captionsBy.trim() !== '' || given.has('captioner')
  const guessed = guessColumns(columns, byKnown)
  const writers = captionsBy.trim() === '' ? guess(columns, 'captioner') : null
  const taken = new Set(given.values())
  const of = (role: TableRole): string | null => {
    const one = given.get(role)
    if (one !== undefined) return one
    return taken.has(guessed[role]) ? null : guessed[role]
  }
  const caption = of('caption')
  const captioner = given.get('captioner')
  const written = caption === null || taken.has(writers) ? null : writers
  const mapping = {
    image: of('image'),
    altText: of('altText'),
    className: of('className'),
    group: of('group'),
    caption,
    captioner: captioner === undefined ? written : captioner,
  }
  const used = Object.values(mapping).filter((name) => name !== null)
  if (new Set(used).size < used.length)
    throw new RealignError('bad-input', 'One column is chosen for two things', {
      hint: 'Choose another column for one of them, or none.',
    })
  return mapping
}
