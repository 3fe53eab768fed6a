/** A probe pack as a file says it: what is wrong with it and on which line, or what it would do. */
import type { Output, Parsed } from '../../shared/contract.ts'
import { DEFAULT_PACK, type PackFault, type PackProblem } from '../../shared/contract/probes.ts'
import { RealignError } from '../../shared/errors.ts'
import type { Deps } from '../deps.ts'
import type { LocatedText } from '../ports.ts'
import { planProbes } from './plan-probes.ts'
import { readPack, type ReadPack } from './read-pack.ts'

type Checked = Output<'probes.check'>

/** The default pack leaves out what an image has no facts for; a pack of one's own says so itself. */
const defaultPack: LocatedText = {
  value: { ...DEFAULT_PACK, missing: 'skip' },
  lineOf: () => 0,
}

const MOST_SHOWN = 50
const ROWS_SHOWN = 3

function readJson(text: string, name: string): LocatedText {
  try {
    return { value: JSON.parse(text) as unknown, lineOf: () => 0 }
  } catch (cause) {
    throw new RealignError('bad-input', `${name} is no JSON`, { cause })
  }
}

/** Name of the file that holds the pack's taxonomy; null where the pack has its own, or the field guide's. */
function taxonomyFile(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || !('taxonomy' in value)) return null
  const { taxonomy } = value
  if (typeof taxonomy !== 'string' || taxonomy === 'field-guide') return null
  return taxonomy.split(/[\\/]/).at(-1) ?? taxonomy
}

const nothing = (faults: PackFault[]): Checked => ({
  ...{ pack: null, name: '', about: null, kinds: [], seed: 0 },
  ...{ faults: faults.slice(0, MOST_SHOWN), needs: null, skipped: [], captions: 0, rows: [] },
})

const faultsOf = (problems: readonly PackProblem[], { lineOf }: LocatedText): PackFault[] =>
  problems
    .slice(0, MOST_SHOWN)
    .map(({ path, message }) => ({ line: lineOf(path) || null, message }))

/** What cannot be parsed at all is a fault too, on the line that its reader names. */
function parseFault(error: unknown, name: string): PackFault {
  if (!(error instanceof RealignError)) throw error
  const line = /line (\d+)/.exec(error.message)?.[1]
  const message = error.message.replace(name, '').replace(/^\s*line \d+:\s*/, '')
  return { line: line === undefined ? null : Number(line), message }
}

/** The pack with the taxonomy of the other file inside; lines below `taxonomy` are that file's. */
function joined(pack: LocatedText, taxonomy: LocatedText): LocatedText {
  return {
    value: { ...(pack.value as object), taxonomy: taxonomy.value }, // it names a file, so it is an object
    lineOf: (path) => (path[0] === 'taxonomy' ? taxonomy.lineOf(path.slice(1)) : pack.lineOf(path)),
  }
}

export function checkPack(
  deps: Deps,
  { file, taxonomy, imageIds }: Parsed<'probes.check'>,
): Checked {
  const read = deps.hooks.readLocated ?? readJson
  let located = defaultPack
  let reading = file
  try {
    if (file) located = read(file.text, file.name)
    const needs = taxonomyFile(located.value)
    if (needs !== null && !taxonomy) {
      const message = `names a file of its own: choose ${needs} too, or write its content here`
      return { ...nothing(faultsOf([{ path: ['taxonomy'], message }], located)), needs }
    }
    if (needs !== null && taxonomy) {
      reading = taxonomy
      located = joined(located, read(taxonomy.text, taxonomy.name))
    }
  } catch (error) {
    const fault = parseFault(error, reading?.name ?? '')
    if (reading === file) return nothing([fault])
    return nothing([{ ...fault, message: `${reading?.name}: ${fault.message}` }])
  }
  // Once both were read, what is said of the taxonomy is said of its own file.
  const inTaxonomy = reading === taxonomy ? taxonomy?.name : undefined
  const faults = (problems: readonly PackProblem[]): PackFault[] =>
    faultsOf(
      problems.map(({ path, message }) => ({
        path,
        message: inTaxonomy && path[0] === 'taxonomy' ? `${inTaxonomy}: ${message}` : message,
      })),
      located,
    )
  const pack = readPack(located.value)
  if (!pack.ok) return nothing(faults(pack.problems))
  return planned(deps, { read: pack.read, content: located.value, imageIds, faults })
}

interface Planned {
  readonly read: ReadPack
  readonly content: unknown
  readonly imageIds: readonly string[]
  readonly faults: (problems: readonly PackProblem[]) => PackFault[]
}

function planned(deps: Deps, { read, content, imageIds, faults }: Planned): Checked {
  const { pack } = read
  const plan = planProbes(deps, read, imageIds)
  const captions = plan.rows.reduce((sum, { conditions }) => sum + conditions.length, 0)
  return {
    pack: plan.problems.length > 0 ? null : content,
    name: pack.name,
    about: pack.about ?? null,
    kinds: pack.kinds.map(({ kind }) => kind),
    seed: pack.seed,
    faults: faults(plan.problems),
    needs: null,
    skipped: faults(plan.skipped),
    captions: captions * pack.samples,
    rows: plan.rows.slice(0, ROWS_SHOWN).map(({ imageId, conditions }) => ({
      imageId,
      imageName: deps.store.images.card(imageId)?.name ?? imageId,
      conditions: [...conditions],
    })),
  }
}
