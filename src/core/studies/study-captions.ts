/** Which caption each system has for each image: newest cells of the workspace, or imported rows. */
import type { ImportedCaption, StudyRequest } from '../../shared/contract/studies.ts'
import { RealignError } from '../../shared/errors.ts'
import { plural } from '../../shared/plural.ts'
import type { System } from '../../shared/study-types.ts'
import type { Cell, ImageCard, Score } from '../../shared/types.ts'
import { cleanText } from '../clean-text.ts'
import type { Deps } from '../deps.ts'
import type { StudyItem } from './plan-types.ts'

export interface CaptionedImage {
  readonly imageId: string
  readonly group: string
  readonly altText: string
  /** One a system; null where a system has none. */
  readonly captions: readonly (string | null)[]
  /** CLIP score of the same captions, where there is one. */
  readonly scores: readonly (number | null)[]
  /** Every other score by name, one record a system. */
  readonly otherScores: readonly Readonly<Record<string, number>>[]
  readonly seenBy?: StudyItem['seenBy']
}

/** What a scorer says besides the CLIP score of the whole caption. */
function otherScoresOf(score: Score | null | undefined): Record<string, number> {
  if (!score) return {}
  const sentences = score.perSentence.map(({ clip }) => clip)
  return {
    'CLIP-S': score.clipS,
    ...(sentences.length > 0 && {
      'CLIP score, mean of sentences': sentences.reduce((a, b) => a + b, 0) / sentences.length,
      'CLIP score, weakest sentence': Math.min(...sentences),
    }),
  }
}

export function* everyImage({ store }: Pick<Deps, 'store'>) {
  for (let after: string | null = null; ;) {
    const page = store.images.page({ after, limit: 500, search: '', group: null, sort: 'added' })
    yield* page.rows
    if (page.next === null) return
    after = page.next
  }
}

const fits = (system: System, cell: Cell): boolean =>
  (system.captionerId === undefined || system.captionerId === cell.captionerId) &&
  (system.altKind === undefined || system.altKind === cell.altKind) &&
  (system.altText === undefined || system.altText === cell.altText)

/** The alt-text that people judge by: the image's own, else its class, else the one all systems were given. */
function shownAltText(deps: Deps, imageId: string, cells: readonly (Cell | undefined)[]): string {
  const given = new Set(cells.map((cell) => cell?.altText ?? ''))
  if (given.size === 1) return [...given][0] ?? ''
  const texts = deps.store.images.detail(imageId)?.altTexts ?? []
  const of = (kind: string) => texts.findLast((one) => one.kind === kind)?.text
  return of('own') ?? of('class-name') ?? ''
}

/** The captioner's own view, where one captioner read the same pixels for all of them. */
function seenBy(cells: readonly (Cell | undefined)[]): StudyItem['seenBy'] {
  const [first] = cells
  if (!first) return undefined
  const { captionerId, provenance } = first
  const { resize } = provenance.settings
  const same = cells.every(
    (cell) => cell?.captionerId === captionerId && cell.provenance.settings.resize === resize,
  )
  return same && resize !== 'bundle' ? { captionerId, resize } : undefined
}

function fromCells(deps: Deps, systems: readonly System[], imageId: string): CaptionedImage {
  const cells = deps.store.captions.ofImage(imageId)
  const chosen = systems.map((system) => cells.findLast((cell) => fits(system, cell)))
  const card = deps.store.images.card(imageId)
  const view = seenBy(chosen)
  return {
    ...(view && { seenBy: view }),
    imageId,
    group: card?.className ?? card?.group ?? imageId,
    altText: shownAltText(deps, imageId, chosen),
    captions: chosen.map((cell) => cell?.caption ?? null),
    scores: chosen.map((cell) => cell?.score?.clip ?? null),
    otherScores: chosen.map((cell) => otherScoresOf(cell?.score)),
  }
}

/** Finds an image by hash or by file name; a name that several images have names none of them. */
function imageFinder(cards: readonly ImageCard[]): (named: string) => ImageCard | undefined {
  const byId = new Map(cards.map((card) => [card.id, card]))
  const byName = Map.groupBy(cards, (card) => card.name)
  return (named) => {
    const [card, ...twins] = byName.get(named) ?? []
    if (byId.has(named) || twins.length === 0) return byId.get(named) ?? card
    throw new RealignError('bad-input', `${twins.length + 1} images are called ${named}`, {
      hint: 'Name the one that is meant by its content hash; `realign list` shows it.',
    })
  }
}

/** What is not there, or is said twice in different words, is an error, told together. */
function fromRows(deps: Deps, systems: readonly System[], rows: readonly ImportedCaption[]) {
  const cards = [...everyImage(deps)]
  const find = imageFinder(cards)
  const byId = new Map(cards.map((card) => [card.id, card]))
  interface Found {
    altText: string
    readonly captions: (string | null)[]
    readonly scores: Record<string, number>[]
  }
  const found = new Map<string, Found>()
  const missing = new Set<string>()
  const twice: string[] = []
  for (const row of rows) {
    const card = find(row.image)
    const system = systems.findIndex(({ name }) => name === row.system)
    if (!card) missing.add(row.image)
    if (!card || system < 0) continue
    const entry = found.get(card.id) ?? {
      altText: '',
      captions: systems.map(() => null),
      scores: systems.map(() => ({})),
    }
    found.set(card.id, entry)
    const caption = cleanText(row.caption).text
    if ((entry.captions[system] ?? caption) !== caption)
      twice.push(`that of ${row.image} by ${row.system}`)
    entry.captions[system] = caption
    if (row.scores) entry.scores[system] = { ...row.scores }
    if (row.altText) entry.altText = cleanText(row.altText).text
  }
  if (missing.size > 0)
    throw new RealignError(
      'not-found',
      `${plural(missing.size, 'image')} of the captions ${missing.size === 1 ? 'is' : 'are'} not in this workspace, e.g. ${[...missing][0]}`,
      { hint: 'Import the images first; captions name them by file name or content hash.' },
    )
  if (twice.length > 0)
    throw new RealignError(
      'bad-input',
      `${twice.length} captions are given twice in different words, e.g. ${twice[0]}`,
      { hint: 'Leave one caption for each image and system in the file.' },
    )
  return [...found].map(([imageId, { altText, captions, scores: given }]): CaptionedImage => {
    const card = byId.get(imageId)
    const group = card?.className ?? card?.group ?? imageId
    const scores = captions.map(() => null)
    return { imageId, group, altText, captions, scores, otherScores: given }
  })
}

/** Systems as asked for, and every image that was asked for with what they said of it. */
export function studyCaptions(
  deps: Deps,
  request: StudyRequest,
): { readonly systems: readonly System[]; readonly images: readonly CaptionedImage[] } {
  const { imported } = request
  const names = [...new Set((imported ?? []).map((row) => row.system))]
  const systems = request.systems.length > 0 ? request.systems : names.map((name) => ({ name }))
  if (systems.length < 1 || systems.length > 8)
    throw new RealignError(
      'bad-input',
      `A study compares 1 to 8 systems; this has ${systems.length}`,
      {
        hint: 'Name the systems: a captioner under an alt-text condition, or a name from the captions file.',
      },
    )
  if (new Set(systems.map(({ name }) => name)).size < systems.length)
    throw new RealignError('bad-input', 'Two systems have the same name', {
      hint: 'Give every system a name of its own.',
    })
  const ids = request.imageIds ?? [...everyImage(deps)].map((card) => card.id)
  if (!imported) return { systems, images: ids.map((id) => fromCells(deps, systems, id)) }
  const wanted = new Set(ids)
  const images = fromRows(deps, systems, imported).filter(({ imageId }) => wanted.has(imageId))
  return { systems, images }
}
