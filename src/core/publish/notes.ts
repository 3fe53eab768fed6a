/** The footnote of a published table: everything that a reader needs to make it again. */
import type { AltKind, Cell } from '../../shared/types.ts'
import { isElsewhere, writerOf } from '../../shared/elsewhere.ts'
import { plural } from '../../shared/plural.ts'
import { nameWithId, type BundleNames } from './bundle-names.ts'
import type { SelectedImage } from './selection.ts'

export interface NoteFacts {
  readonly images: readonly SelectedImage[]
  readonly baseline: AltKind
  readonly appVersion: string
  readonly names: BundleNames
  /** What a row of the table is: one cell, or a mean over the cells that the footnote names, whose differences are told elsewhere; of their texts alone, without scores. */
  readonly rows?: 'cells' | 'means' | 'texts'
}

const MOST_LISTED = 400
export const shortId = (id: string): string => id.slice(0, 8)
const shortHash = (hash: string): string => (hash === '' ? 'unknown' : hash.slice(0, 12))
const unique = (values: readonly string[]): readonly string[] => [...new Set(values)]

function list(values: readonly string[]): string {
  const more = values.length - MOST_LISTED
  return `${values.slice(0, MOST_LISTED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

const seedText = ({ seed, provenance: { endpoint } }: Cell): string =>
  endpoint && endpoint.parameters['seed'] === undefined ? 'none sent' : String(seed)

/** Of an endpoint all that was sent, for nobody else knows what it takes for the rest. */
function settingsText({ provenance: { settings, endpoint } }: Cell): string {
  if (endpoint) {
    const { seed: _seed, ...sent } = endpoint.parameters
    return Object.entries(sent)
      .map(([name, value]) => `${name} ${JSON.stringify(value)}`)
      .join(', ')
  }
  const { greedy, temperature, topK, topP } = settings
  return greedy ? 'greedy' : `temperature ${temperature}, top-k ${topK}, top-p ${topP}`
}

/** Who wrote it, and in which file that is said: there is nothing to make it again with. */
const elsewhereText = ({ captionerId, provenance: { elsewhere } }: Cell): string =>
  elsewhere
    ? `${writerOf(captionerId)}, read from ${elsewhere.file} (sha256 ${shortHash(elsewhere.fileSha256)})`
    : writerOf(captionerId)

/** Who was asked where and when: what was behind the address then is all that anybody knows of its weights. */
function endpointText({ captionerId, provenance }: Cell, names: BundleNames): string | null {
  const { endpoint } = provenance
  if (!endpoint) return null
  const answered = endpoint.answeredBy ? `, answered as ${endpoint.answeredBy}` : ''
  return `${nameWithId(names, captionerId)}: ${endpoint.model} at ${endpoint.url}${answered}, asked ${endpoint.askedAt.slice(0, 10)} (prompt and settings sha256 ${shortHash(provenance.bundleSha256)}, ${provenance.preprocessing})`
}

const captionerText = ({ captionerId, provenance }: Cell, names: BundleNames): string =>
  `${nameWithId(names, captionerId)} ${provenance.variant} (sha256 ${shortHash(provenance.bundleSha256)}, ${provenance.preprocessing})`

function scoreNotes(
  cells: readonly Cell[],
  { baseline, names, rows }: Pick<NoteFacts, 'baseline' | 'names' | 'rows'>,
): readonly string[] {
  const scored = cells.flatMap(({ score }) => (score ? [score] : []))
  if (scored.length === 0) return ['No caption of this table was scored.']
  const scorers = unique(
    scored.map(
      ({ scorerId, scorerSha256 }) =>
        `${nameWithId(names, scorerId)} (sha256 ${shortHash(scorerSha256)})`,
    ),
  )
  const cut = scored.filter(({ truncated }) => truncated).length
  return [
    `Scorer: ${list(scorers)}. CLIP is 100 x the cosine of the image, as the scorer's bundle prepares it whatever the captioner was shown, and the bare caption, known for ${scored.length} of ${cells.length} captions${cut > 0 ? `; ${cut} were longer than the scorer reads` : ''}.${rows === 'means' ? '' : ` In brackets: difference to the ${baseline} alt-text of the same image.`}`,
    ...(scored.some(({ sharesEncoder }) => sharesEncoder)
      ? [
          "The scorer sees through the captioner's own image encoder: part of the agreement is built in.",
        ]
      : []),
  ]
}

/** That nobody chose the images, and how to draw them again. */
function drawnNotes(images: readonly SelectedImage[]): readonly string[] {
  const [one] = images
  if (!one?.drawn) return []
  const { seed, images: count, of, without } = one.drawn
  const passed = without === 0 ? '' : `, ${without} without such a caption passed over`
  return [`Images drawn at random, not chosen: ${count} of ${of}, seed ${seed}${passed}.`]
}

/** Captions that were made to begin as they do, each with the one it leaves. */
function branchNotes(cells: readonly Cell[]): readonly string[] {
  const branches = cells.flatMap(({ id, provenance: { branch } }) =>
    branch
      ? [
          `${shortId(id)} continues ${shortId(branch.of)} from token ${branch.token} with ${JSON.stringify(branch.forced.text)} in place of ${JSON.stringify(branch.instead.text)}`,
        ]
      : [],
  )
  if (branches.length === 0) return []
  return [`Branches, captions with a forced beginning: ${list(branches)}.`]
}

/** How ours were drawn, by which captioner; and, apart from them, what was made elsewhere. */
function captionerNotes(cells: readonly Cell[], names: BundleNames): readonly string[] {
  const [elsewhere, ours] = [true, false].map((wanted) =>
    cells.filter(({ captionerId }) => isElsewhere(captionerId) === wanted),
  ) as [Cell[], Cell[]]
  return [
    ...(ours.length > 0
      ? [
          `Seeds: ${list(unique(ours.map(seedText)))}. Sampling: ${list(unique(ours.map(settingsText)))}.`,
          `Captioner: ${list(unique(ours.map((cell) => endpointText(cell, names) ?? captionerText(cell, names))))}.`,
        ]
      : []),
    ...(elsewhere.length > 0
      ? [
          `Made elsewhere, not by Realign, ${plural(elsewhere.length, 'caption')}: ${list(unique(elsewhere.map(elsewhereText)))}.`,
        ]
      : []),
  ]
}

export function notesOf({
  images,
  baseline,
  appVersion,
  names,
  rows = 'cells',
}: NoteFacts): readonly string[] {
  const cells = images.flatMap((one) => one.cells.map(({ cell }) => cell))
  const leftOut = images.reduce((sum, one) => sum + one.leftOut, 0)
  const changed = cells.filter(({ provenance }) =>
    provenance.notes.some((note) => note.includes('checksum')),
  ).length
  return [
    `n = ${plural(cells.length, 'caption')} of ${plural(images.length, 'image')}${leftOut > 0 ? `; ${leftOut} earlier or further samples of the same cells are left out` : ''}.`,
    ...drawnNotes(images),
    `Runs: ${list(unique(cells.map(({ runId }) => runId)))}.`,
    `${rows === 'cells' ? 'Cells, row by row' : 'Cells behind the means, image by image'}: ${list(cells.map(({ id }) => shortId(id)))}.`,
    ...captionerNotes(cells, names),
    ...branchNotes(cells),
    ...(rows === 'texts' ? [] : scoreNotes(cells, { baseline, names, rows })),
    ...(changed > 0 ? [`${changed} of these rows changed on disk after they were written.`] : []),
    `Made with Realign ${appVersion}; "realign trace FILE" finds these cells again.`,
  ]
}
