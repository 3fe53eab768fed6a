/** `realign models evaluate`: how often a captioner carries, refuses, ignores noise and sees right. */
import { appendFile, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { evaluate, type EvaluationPicture } from '../../core/evaluation/evaluate.ts'
import { readNames, type Names } from '../../core/evaluation/lexicon.ts'
import { pick } from '../../core/evaluation/noise.ts'
import { mulberry32 } from '../../core/studies/statistics/mulberry32.ts'
import { RATE_NAMES, type Lexicon, type Rates } from '../../core/evaluation/truth.ts'
import { keepOriginals } from '../../files/keep-originals.ts'
import { readPhotoSet } from '../../files/photo-set.ts'
import { RealignError } from '../../shared/errors.ts'
import {
  bundleSubject,
  drawnPictures,
  openEvaluationEngine,
  photoPictures,
} from '../../workbench/evaluation.ts'
import { print, printJson } from '../output.ts'
import { modelFolders, shippedBundle } from '../places.ts'
import { createProgress } from '../progress.ts'

export interface EvaluateFlags {
  /** Folder with val.tar.gz, index.tsv.gz and classes.tsv. */
  readonly photos?: string
  /** Seed of the drawings. */
  readonly fieldguide: string
  /** Pictures of each kind. */
  readonly count: number
  readonly captioner: string
  readonly variant: string
  readonly seed: number
  /** File for every verdict as JSON lines. */
  readonly details?: string
  readonly json?: boolean
}

/** Prints the rates; with --json one object {"drawn": …, "photos": …}. */
export async function evaluateCommand(flags: EvaluateFlags): Promise<number> {
  const abort = new AbortController()
  const { signal } = abort
  process.once('SIGINT', () => abort.abort())
  const engine = openEvaluationEngine(modelFolders())
  const subject = bundleSubject(engine, flags.captioner, flags.variant)
  if (flags.details) {
    await keepOriginals(flags.details)
    await writeFile(flags.details, '')
  }
  const measure = async (
    kind: string,
    pictures: readonly EvaluationPicture[],
    lexicon: Lexicon,
  ): Promise<Rates> => {
    const progress = createProgress()
    const steps = evaluate(pictures, subject, { lexicon, seed: flags.seed, signal })
    try {
      for (;;) {
        const step = await steps.next()
        if (step.done) return step.value
        const { done, total, id, outcomes } = step.value
        progress.show(done / total, `${kind} ${id}`)
        const lines = outcomes.map((outcome) => `${JSON.stringify({ kind, id, ...outcome })}\n`)
        if (flags.details) await appendFile(flags.details, lines.join(''))
      }
    } finally {
      progress.stop()
    }
  }
  try {
    // What is missing shows before anything long begins.
    await engine.check(flags.captioner, signal)
    const { lexicon } = await readNamesFile(new Map())
    const photos =
      flags.photos === undefined ? null : await choosePhotos(flags.photos, flags, signal)
    const drawings = await drawnPictures(engine, flags.fieldguide, flags.count)
    const rates: Record<string, Rates> = { drawn: await measure('drawn', drawings, lexicon) }
    if (photos) rates['photos'] = await measure('photos', photos.pictures, photos.names.lexicon)
    if (flags.json) printJson(rates)
    else for (const [kind, of] of Object.entries(rates)) printRates(kind, of)
    return 0
  } finally {
    await engine.close()
  }
}

/** A seeded choice of held-out photographs. */
async function choosePhotos(
  folder: string,
  { count, seed }: EvaluateFlags,
  signal: AbortSignal,
): Promise<{ pictures: readonly EvaluationPicture[]; names: Names }> {
  const { photos, classNames } = await readPhotoSet(folder)
  const names = await readNamesFile(classNames)
  const random = mulberry32(seed)
  const left = [...photos]
  const chosen = Array.from({ length: Math.min(count, left.length) }, () => {
    const photo = pick(left, random)
    if (photo) left.splice(left.indexOf(photo), 1)
    return photo
  }).filter((photo) => photo !== undefined)
  const known = chosen.map((photo) => {
    const family = names.familyOfClass.get(photo.wnid)
    if (family === undefined)
      throw new RealignError('bad-input', `names.json has no family for class ${photo.wnid}`)
    return { ...photo, names: classNames.get(photo.wnid) ?? [], family }
  })
  return { pictures: await photoPictures(known, signal), names }
}

/** names.json lies in the built-in bundle, whichever captioner is evaluated. */
async function readNamesFile(classNames: ReadonlyMap<string, readonly string[]>): Promise<Names> {
  const file = path.join(shippedBundle(), 'names.json')
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new RealignError('not-found', `${file} cannot be read`, {
      cause,
      hint: 'Fetch the project again: models/builtin/names.json belongs to it.',
    })
  })
  return readNames(JSON.parse(text), classNames)
}

function printRates(kind: string, rates: Rates): void {
  print(kind)
  for (const name of RATE_NAMES) {
    const { value, n, low, high } = rates[name]
    const percent = (share: number) => `${(share * 100).toFixed(1)} %`.padStart(8)
    const shown =
      value === null
        ? '     –'
        : `${percent(value)}  (${percent(low).trim()} to ${percent(high).trim()})`
    print(`  ${name.padEnd(16)}${shown}  n ${n}`)
  }
}
