/** One file of an annotation: every version, the training data, its rounds, or its figures. */
import type { Output, Parsed } from '../../../shared/contract.ts'
import { RealignError } from '../../../shared/errors.ts'
import { createBreather } from '../../../shared/breather.ts'
import type { Deps } from '../../deps.ts'
import { latexOf } from '../../publish/latex.ts'
import { markdownOf } from '../../publish/markdown.ts'
import type { TableDoc } from '../../publish/table-doc.ts'
import { begunOf, type Begun } from '../annotations.ts'
import { annotationFigures } from '../figures.ts'
import { everyRewrite, imageRounds } from '../measured.ts'
import { figuresCsv, figuresDoc } from './figures-table.ts'
import {
  altogetherItem,
  roundsDoc,
  roundsHeader,
  roundsLine,
  type NamedRounds,
} from './rounds-table.ts'
import { versionLine } from './version-lines.ts'

type Request = Parsed<'annotations.export'>

const ENDINGS: Readonly<Record<Request['what'], string>> = {
  'versions-jsonl': 'versions.jsonl',
  'altogether-json': 'altogether.json',
  'rounds-csv': 'rounds.csv',
  'rounds-md': 'rounds.md',
  'rounds-tex': 'rounds.tex',
  'table-md': 'table.md',
  'table-tex': 'table.tex',
  'table-csv': 'table.csv',
}

/** Nobody reads a document of more, and no program sets it. */
export const MOST_IMAGES_OF_DOCUMENT = 500

interface Work extends Begun {
  readonly deps: Deps
  readonly annotationId: string
  readonly breathe: () => Promise<void>
  readonly signal: AbortSignal
}

async function versions({ deps, annotationId, breathe }: Work): Promise<string> {
  const lines: string[] = []
  for await (const one of everyRewrite(deps, annotationId, breathe)) lines.push(versionLine(one))
  return lines.join('')
}

/** What is made of each image, in the annotation's order. */
async function ofImages<T>(
  { deps, annotationId, breathe }: Work,
  make: (image: NamedRounds) => T,
): Promise<readonly T[]> {
  const made: T[] = []
  for (const image of imageRounds(deps, annotationId)) {
    await breathe()
    const card = deps.store.images.card(image.imageId)
    made.push(make({ ...image, name: card?.name ?? '', group: card?.group ?? null }))
  }
  return made
}

async function roundsDocument(work: Work): Promise<TableDoc> {
  const { images } = work.deps.store.annotations.summary(work.annotationId) ?? { images: 0 }
  if (images > MOST_IMAGES_OF_DOCUMENT)
    throw new RealignError(
      'bad-input',
      `A document holds ${MOST_IMAGES_OF_DOCUMENT} images at most; these are ${images}`,
      { hint: 'Export the rounds as CSV, or the training data: they hold all of them.' },
    )
  return roundsDoc(work, await ofImages(work, (image) => image))
}

async function figuresDocument(work: Work): Promise<TableDoc> {
  const figures = await annotationFigures(work.deps, work, work.signal)
  const first = work.plan.start.from === 'alt-text' ? 'alt-text' : 'caption'
  return figuresDoc(work.plan.name, first, figures)
}

const noPictures = new Map<string, string>()
const markdown = (doc: TableDoc): string => markdownOf(doc, { pictures: noPictures })
const latex = (doc: TableDoc): string => latexOf(doc, { fragment: false, pictures: noPictures })

const MAKERS: Readonly<Record<Request['what'], (work: Work) => Promise<string>>> = {
  'versions-jsonl': versions,
  'altogether-json': async (work) => {
    const items = await ofImages(work, (one) => altogetherItem(one, work.plan, work.openRound))
    return `{"data": [\n${items.join(',\n')}\n]}\n`
  },
  'rounds-csv': async (work) => {
    const lines = await ofImages(work, (image) => roundsLine(image, work.openRound))
    return roundsHeader(work.openRound) + lines.join('')
  },
  'rounds-md': async (work) => markdown(await roundsDocument(work)),
  'rounds-tex': async (work) => latex(await roundsDocument(work)),
  'table-md': async (work) => markdown(await figuresDocument(work)),
  'table-tex': async (work) => latex(await figuresDocument(work)),
  'table-csv': async (work) => figuresCsv(await annotationFigures(work.deps, work, work.signal)),
}

/** Letters and digits of a name: good on every file system. */
const fileName = (name: string): string =>
  name
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
    .toWellFormed() || 'annotation'

export async function exportAnnotation(
  deps: Deps,
  { annotationId, what }: Request,
  signal: AbortSignal,
): Promise<Output<'annotations.export'>> {
  const begun = begunOf(deps, annotationId)
  const breathe = createBreather(signal, deps.clock.elapsedMs)
  const text = await MAKERS[what]({ ...begun, deps, annotationId, breathe, signal })
  return { name: `${fileName(begun.plan.name)}-${ENDINGS[what]}`, text }
}
