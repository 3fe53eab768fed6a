/** `realign list` and `realign show IMAGE`: what the workspace holds. */
import { isElsewhere, writerOf } from '../../shared/elsewhere.ts'
import { isEndpoint } from '../../shared/endpoint-names.ts'
import { RealignError } from '../../shared/errors.ts'
import type { Cell, ImageCard } from '../../shared/types.ts'
import { print, printJson, safe } from '../output.ts'
import type { Session } from '../session.ts'
import { cellLine } from './compare.ts'

async function* allImages(session: Session, search = ''): AsyncGenerator<ImageCard> {
  let after: string | null = null
  do {
    const page: { images: ImageCard[]; next: string | null } = await session.client.call(
      'images.list',
      { after, limit: 500, search },
    )
    yield* page.images
    after = page.next
  } while (after !== null)
}

export async function listCommand(
  session: Session,
  flags: { readonly json?: boolean; readonly search?: string },
): Promise<number> {
  for await (const image of allImages(session, flags.search)) {
    if (flags.json) printJson(image)
    else
      print(
        `${image.id.slice(0, 12)}  ${String(image.captions).padStart(4)} captions  ${safe(image.name)}`,
      )
  }
  return 0
}

/** Ours by the seed; whoever wrote elsewhere by name, and where that is said. */
function madeBy({ captionerId, seed, provenance: { elsewhere } }: Cell): string {
  if (isEndpoint(captionerId)) return `by ${captionerId}, seed ${seed}`
  if (!isElsewhere(captionerId)) return `seed ${seed}`
  const where = elsewhere ? ` (${elsewhere.file}, line ${elsewhere.line})` : ''
  return `by ${writerOf(captionerId)}, made elsewhere${where}`
}

/** `which`: a file name, or the first 6 or more characters of the content hash. Never one of two that could be meant. */
export async function findImage(session: Session, which: string): Promise<ImageCard> {
  const found: ImageCard[] = []
  for await (const image of allImages(session))
    if (image.name === which || (which.length >= 6 && image.id.startsWith(which))) found.push(image)
  const [first, second] = found
  if (!first)
    throw new RealignError('not-found', `No image "${which}" in this workspace`, {
      hint: '`realign list` shows names and ids.',
    })
  if (second)
    throw new RealignError('bad-input', `${found.length} images are called "${which}"`, {
      hint: `Name one by its id: ${found.map(({ id }) => id.slice(0, 12)).join(', ')}.`,
    })
  return first
}

export async function showCommand(
  session: Session,
  which: string,
  flags: { readonly json?: boolean },
): Promise<number> {
  const card = await findImage(session, which)
  const image = await session.client.call('images.get', { imageId: card.id })
  const { cells } = await session.client.call('cells.list', { imageId: card.id })
  if (flags.json) {
    for (const cell of cells) printJson(cellLine(image.name, cell))
    return 0
  }
  print(`${safe(image.name)}  ${image.width} x ${image.height} ${image.format}  ${image.id}`)
  for (const one of image.notes) print(`  note: ${safe(one)}`)
  for (const cell of cells) {
    print(`  [${cell.altKind}] "${safe(cell.altText)}"  ${safe(madeBy(cell))}`)
    print(`    ${safe(cell.caption)}`)
    if (cell.score) print(`    CLIP ${cell.score.clip.toFixed(2)} (${cell.score.scorerId})`)
  }
  return 0
}
