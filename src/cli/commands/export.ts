/** `realign export table3|table1|statistics|mix|data --out FILE`: the format is the file's ending. */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { pictureFolder } from '../../core/publish/picture-folder.ts'
import { traceIn } from '../../core/publish/publish-file.ts'
import type { ExportContent } from '../../core/publish/exporter-port.ts'
import { exportFormat, type ExportFormat } from '../../files/export-format.ts'
import { writeContent } from '../../files/exporter.ts'
import type { RowFormat } from '../../files/row-file.ts'
import type { MixStrategy } from '../../shared/contract/publish.ts'
import type { Input, Output } from '../../shared/contract.ts'
import { RealignError } from '../../shared/errors.ts'
import { plural } from '../../shared/plural.ts'
import { ALT_KINDS, AltKind } from '../../shared/types.ts'
import { runBehindBar, shareOf } from '../progress.ts'
import { note, print, printJson, safe } from '../output.ts'
import type { Session } from '../session.ts'
import { findImage } from './look.ts'

export const EXPORTS = ['table3', 'table1', 'statistics', 'mix', 'data'] as const
export type ExportName = (typeof EXPORTS)[number]

export interface ExportFlags {
  readonly out: string
  readonly run?: string | undefined
  readonly image: readonly string[]
  readonly kind: readonly string[]
  readonly captioner: readonly string[]
  readonly random?: number | undefined
  readonly randomSeed?: number | undefined
  readonly baseline?: string | undefined
  readonly base?: string | undefined
  readonly references?: readonly string[] | undefined
  readonly scoreAltTexts?: boolean | undefined
  readonly allSamples?: boolean | undefined
  readonly fragment?: boolean | undefined
  readonly wide?: boolean | undefined
  readonly growth?: boolean | undefined
  readonly sample?: number | undefined
  readonly vocabulary?: string | undefined
  readonly strategy?: MixStrategy | undefined
  readonly top?: number | undefined
  readonly share?: number | undefined
  readonly mixSeed?: number | undefined
  readonly bom?: boolean | undefined
  readonly json?: boolean | undefined
}

function kind(name: string): AltKind {
  const parsed = AltKind.safeParse(name)
  if (parsed.success) return parsed.data
  throw new RealignError(
    'bad-input',
    `There is no kind of alt-text named ${JSON.stringify(name)}`,
    {
      hint: `Kinds are ${ALT_KINDS.join(', ')}.`,
    },
  )
}

type Choice = Pick<
  Input<'publish.rows'>,
  'selection' | 'baseline' | 'references' | 'base' | 'statistics' | 'mix'
>

/** What differences of Table 1 are to, as --base says it; a kind after the last comma is one only if there is such a kind. */
function baseOf({ base, baseline }: ExportFlags): Choice['base'] {
  if (base === undefined) return baseline === undefined ? undefined : { kind: 'baseline' }
  if (base === 'alt-text') return { kind: 'alt-text' }
  const comma = base.lastIndexOf(',')
  const altKind = AltKind.safeParse(base.slice(comma + 1).trim())
  return comma > 0 && altKind.success
    ? { kind: 'row', captionerId: base.slice(0, comma), altKind: altKind.data }
    : { kind: 'row', captionerId: base }
}

function assertFits(what: ExportName, flags: ExportFlags): void {
  const { base, baseline, references = [], wide, scoreAltTexts } = flags
  const { growth, sample, vocabulary, random, randomSeed } = flags
  if (base !== undefined && what !== 'table1' && what !== 'statistics')
    throw new RealignError('bad-input', '--base is of Table 1 and statistics alone', {
      hint: 'Use `export table1` or `export statistics`; differences of other exports are to --baseline.',
    })
  if (scoreAltTexts && what !== 'table1' && what !== 'mix')
    throw new RealignError('bad-input', '--score-alt-texts is of Table 1 and mixes alone', {
      hint: 'Use `export table1` or `export mix`.',
    })
  if (randomSeed !== undefined && random === undefined)
    throw new RealignError('bad-input', '--random-seed draws nothing by itself', {
      hint: 'Say how many images: --random 20 --random-seed 7.',
    })
  if (what !== 'statistics' && (growth || sample !== undefined || vocabulary !== undefined))
    throw new RealignError('bad-input', '--growth, --sample and --vocabulary are of statistics', {
      hint: 'Use `export statistics`.',
    })
  const mixing = [flags.strategy, flags.top, flags.share, flags.mixSeed]
  if (what !== 'mix' && mixing.some((one) => one !== undefined))
    throw new RealignError('bad-input', '--strategy, --top, --share and --mix-seed are of a mix', {
      hint: 'Use `export mix`.',
    })
  if (base !== undefined && baseline !== undefined)
    throw new RealignError('bad-input', '--base and --baseline say two things', {
      hint: 'Name one: --base a row, --baseline a kind of alt-text.',
    })
  if (
    references.length > 0 &&
    (what === 'table3' || what === 'statistics' || what === 'mix' || wide)
  )
    throw new RealignError(
      'bad-input',
      '--references are of Table 1 and of data, a row a caption',
      {
        hint: 'Use `export table1`, or `export data` without --wide.',
      },
    )
}

/** One word a line, or several; what cannot be read is told with the file's name. */
async function vocabularyIn(file: string) {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new RealignError('not-found', `The vocabulary ${file} cannot be read`, {
      ...{ cause, hint: 'Name a text file with one word a line.' },
    })
  })
  const words = text.split(/\s+/).filter((word) => word !== '' && word.length <= 100)
  return { name: path.basename(file).slice(0, 200), words }
}

async function choiceOf(session: Session, what: ExportName, flags: ExportFlags): Promise<Choice> {
  const imageIds: string[] = []
  for (const name of flags.image) imageIds.push((await findImage(session, name)).id)
  // Data holds everything there is; a table shows one caption a place.
  const all = flags.allSamples ?? what === 'data'
  return {
    baseline: flags.baseline === undefined ? 'empty' : kind(flags.baseline),
    references: [...(flags.references ?? [])],
    base: baseOf(flags),
    statistics: {
      ...(flags.sample !== undefined && { sampleImages: flags.sample }),
      ...(flags.vocabulary !== undefined && { vocabulary: await vocabularyIn(flags.vocabulary) }),
    },
    mix: {
      ...(flags.strategy !== undefined && { strategy: flags.strategy }),
      ...(flags.top !== undefined && { top: flags.top }),
      ...(flags.share !== undefined && { share: flags.share }),
      ...(flags.mixSeed !== undefined && { seed: flags.mixSeed }),
    },
    selection: {
      samples: all ? 'all' : 'first',
      ...(imageIds.length > 0 && { imageIds }),
      ...(flags.run !== undefined && { run: flags.run }),
      ...(flags.random !== undefined && {
        random: { images: flags.random, seed: flags.randomSeed },
      }),
      ...(flags.kind.length > 0 && { altKinds: flags.kind.map(kind) }),
      ...(flags.captioner.length > 0 && { captionerIds: [...flags.captioner] }),
    },
  }
}

const write = async (session: Session, file: string, content: ExportContent): Promise<void> =>
  void (await writeContent({ file }, content, { tell: () => {}, signal: session.signal }))

const shapeOf = (what: ExportName, flags: ExportFlags): Input<'publish.rows'>['shape'] => {
  if (what === 'table1') return 'means'
  if (what === 'statistics') return flags.growth ? 'growth' : 'statistics'
  if (what === 'mix') return flags.strategy === undefined ? 'mix' : 'texts'
  return what === 'table3' || flags.wide ? 'wide' : 'long'
}

async function exportRows(
  session: Session,
  input: Input<'publish.rows'>,
  file: { readonly out: string; readonly format: RowFormat; readonly bom: boolean },
): Promise<string> {
  const { signal } = session
  const work = session.client.run('publish.rows', input, { signal })
  const first = await work.next()
  if (first.done || first.value.kind !== 'columns')
    throw new RealignError('bug', 'Rows came without their columns')
  let rows = 0
  async function* batches() {
    for (;;) {
      const step = await work.next()
      if (step.done) {
        rows = step.value.rows
        return
      }
      if (step.value.kind === 'rows') yield step.value.rows
    }
  }
  const { columns } = first.value
  const { out, format, bom } = file
  await write(session, out, { kind: 'rows', format, columns, batches: batches(), bom })
  return `${rows} rows`
}

const counts = ({ cells, images }: Output<'publish.document'>): string =>
  `${cells} captions of ${images} images`

async function exportDocument(
  session: Session,
  input: Input<'publish.document'>,
  file: { readonly out: string; readonly format: 'tex' | 'html' | 'md' | 'pdf' | 'png' },
): Promise<string> {
  const { signal } = session
  const { out, format } = file
  const folder = pictureFolder(path.basename(out))
  const printed = format === 'pdf' || format === 'png'
  const document = await session.client.call(
    'publish.document',
    { ...input, format: printed ? 'html' : format, pictureFolder: folder },
    { signal },
  )
  const { text, files } = document
  if (printed) {
    await write(session, out, { kind: 'page', html: text, format, trace: traceIn(text) })
    return counts(document)
  }
  await write(session, out, { kind: 'document', text, folder, files })
  const beside = document.files.length > 0 ? `, pictures in ${folder}` : ''
  return `${counts(document)}${beside}`
}

async function exportFigure(session: Session, choice: Choice, out: string): Promise<string> {
  const { selection, baseline, base, statistics } = choice
  const asked = { selection, baseline, base, statistics }
  const { signal } = session
  const { text, curves, captions } = await session.client.call('publish.figure', asked, { signal })
  await write(session, out, { kind: 'document', text, folder: '', files: [] })
  return `${plural(curves, 'curve')} of ${plural(captions, 'caption')}`
}

/** Those that are scored already are not scored again; what could not be scored is told, and left out of the mean. */
async function scoreAltTexts(session: Session, { selection }: Choice, quiet: boolean) {
  const { signal } = session
  const work = session.client.run('publish.scoreAltTexts', { selection }, { signal })
  const { failed, problem } = await runBehindBar(
    work,
    (event) => [shareOf(event), `${event.done} of ${event.total} alt-texts scored`],
    quiet,
  )
  if (failed > 0) note(`${failed} alt-texts without a score: ${safe(problem ?? 'unknown')}`)
}

export async function exportCommand(
  session: Session,
  what: ExportName,
  flags: ExportFlags,
): Promise<number> {
  assertFits(what, flags)
  const out = path.resolve(flags.out)
  const format: ExportFormat = exportFormat(
    out,
    flags.growth ? 'growth' : what === 'data' || flags.strategy ? 'data' : 'table',
  )
  const choice = await choiceOf(session, what, flags)
  if (flags.scoreAltTexts) await scoreAltTexts(session, choice, flags.json ?? false)
  const said =
    format.kind === 'figure'
      ? await exportFigure(session, choice, out)
      : format.kind === 'rows'
        ? await exportRows(
            session,
            { ...choice, shape: shapeOf(what, flags) },
            { out, format: format.name, bom: flags.bom ?? false },
          )
        : await exportDocument(
            session,
            {
              ...choice,
              table: what === 'data' ? 'table3' : what,
              format: 'html',
              fragment: flags.fragment ?? false,
            },
            { out, format: format.name },
          )
  if (flags.json) printJson({ file: out, exported: said })
  else print(`${safe(flags.out)}: ${said}`)
  if (format.name === 'csv')
    note(
      "Text that a spreadsheet could run starts with ' here; name the file .raw.csv to leave it off.",
    )
  return 0
}
