/** A probe pack as a file says it: what is wrong with it and on which line, or what it would do. */
import type { Output, Parsed } from '../../shared/contract.ts'
import { DEFAULT_PACK, type PackFault, type PackProblem } from '../../shared/contract/probes.ts'
import { RealignError } from '../../shared/errors.ts'
import type { Deps } from '../deps.ts'
import type { LocatedText } from '../ports.ts'
import { planProbes } from './plan-probes.ts'
import { readPack } from './read-pack.ts'

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

/** A taxonomy in a file of its own lies beside the pack, where no page can read it. */
const namesTaxonomyFile = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  'taxonomy' in value &&
  typeof value.taxonomy === 'string' &&
  value.taxonomy !== 'field-guide'

const TAXONOMY: PackProblem = {
  path: ['taxonomy'],
  message: 'names a file of its own: write its content here, or run the pack with `realign probe`',
}

const nothing = (faults: PackFault[]): Checked => ({
  ...{ pack: null, name: '', about: null, kinds: [], seed: 0 },
  ...{ faults: faults.slice(0, MOST_SHOWN), skipped: [], captions: 0, rows: [] },
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

export function checkPack(deps: Deps, { file, imageIds }: Parsed<'probes.check'>): Checked {
  let located = defaultPack
  try {
    if (file) located = (deps.hooks.readLocated ?? readJson)(file.text, file.name)
  } catch (error) {
    return nothing([parseFault(error, file?.name ?? '')])
  }
  if (namesTaxonomyFile(located.value)) return nothing(faultsOf([TAXONOMY], located))
  const reading = readPack(located.value)
  if (!reading.ok) return nothing(faultsOf(reading.problems, located))
  const { pack } = reading.read
  const plan = planProbes(deps, reading.read, imageIds)
  const captions = plan.rows.reduce((sum, { conditions }) => sum + conditions.length, 0)
  return {
    pack: plan.problems.length > 0 ? null : located.value,
    name: pack.name,
    about: pack.about ?? null,
    kinds: pack.kinds.map(({ kind }) => kind),
    seed: pack.seed,
    faults: faultsOf(plan.problems, located),
    skipped: faultsOf(plan.skipped, located),
    captions: captions * pack.samples,
    rows: plan.rows
      .slice(0, ROWS_SHOWN)
      .map(({ imageId, conditions }) => ({ imageId, conditions: [...conditions] })),
  }
}
