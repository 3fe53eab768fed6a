/** The newest texts of a round as captions of the project, made elsewhere: by people. */
import type { Output, Parsed, TaskEvent } from '../../shared/contract.ts'
import { elsewhereId, MAX_WRITER_CHARS } from '../../shared/elsewhere.ts'
import { RealignError } from '../../shared/errors.ts'
import { createBreather } from '../../shared/breather.ts'
import type { Deps } from '../deps.ts'
import { relay } from '../../shared/relay.ts'
import { importCaptions } from '../tables/import-captions.ts'
import type { PlannedCaption } from '../tables/plan-table.ts'
import { createSteps } from '../tables/steps.ts'
import { begunOf } from './annotations.ts'
import { versionLine } from './export/version-lines.ts'
import { everyRewrite, imageRounds } from './measured.ts'

/** The file that provenance names: what `versions-jsonl` would hold of this round alone. */
interface RoundFile {
  readonly text: string
  /** Line of each rewrite, by its id. */
  readonly lines: ReadonlyMap<string, number>
}

/** Names end in what tells rounds apart, so that cut short they still differ. */
export function writerOfRound(name: string, round: number): string {
  const end = `, round ${round} (people)`
  return (
    name
      .slice(0, MAX_WRITER_CHARS - end.length)
      .toWellFormed()
      .trim() + end
  )
}

async function roundFile(
  { store }: Deps,
  { annotationId, round }: Parsed<'annotations.toCaptions'>,
  breathe: () => Promise<void>,
): Promise<RoundFile> {
  const lines = new Map<string, number>()
  let text = ''
  for await (const rewrite of everyRewrite({ store }, annotationId, breathe)) {
    if (rewrite.round !== round) continue
    text += versionLine(rewrite)
    lines.set(rewrite.id, lines.size + 1)
  }
  return { text, lines }
}

async function captionsOf(
  deps: Deps,
  { annotationId, round }: Parsed<'annotations.toCaptions'>,
  captionerId: string,
  { lines, breathe }: Pick<RoundFile, 'lines'> & { readonly breathe: () => Promise<void> },
): Promise<readonly PlannedCaption[]> {
  const captions: PlannedCaption[] = []
  for (const { imageId, altText, rounds } of imageRounds(deps, annotationId)) {
    await breathe()
    const rewrite = rounds.find((one) => one.round === round)?.rewrite
    if (!rewrite) continue
    captions.push({
      ...{ imageId, captionerId, altText, altKind: altText === '' ? 'empty' : 'own' },
      ...{ text: rewrite.text, line: lines.get(rewrite.id) ?? 0, cellId: null, notes: [] },
    })
  }
  return captions
}

/** What is there already in the same words is left; missing scores follow. A cancel keeps what was written. */
export async function* toCaptions(
  deps: Deps,
  input: Parsed<'annotations.toCaptions'>,
  signal: AbortSignal,
): AsyncGenerator<TaskEvent<'annotations.toCaptions'>, Output<'annotations.toCaptions'>> {
  const { plan } = begunOf(deps, input.annotationId)
  const writer = writerOfRound(plan.name, input.round)
  const captionerId = elsewhereId(writer)
  if (captionerId === null) throw new RealignError('bad-input', 'This annotation has no name')
  const breathe = createBreather(signal, deps.clock.elapsedMs)
  const { text, lines } = await roundFile(deps, input, breathe)
  const captions = await captionsOf(deps, input, captionerId, { lines, breathe })
  if (captions.length === 0)
    throw new RealignError('bad-input', `Nobody has written round ${input.round} yet`, {
      hint: 'Choose a round that has texts.',
    })
  const file = {
    name: `${plan.name}, round ${input.round}`,
    sha256: deps.sha256(new TextEncoder().encode(text)),
  }
  const totals = { words: 0, captions: captions.length, scores: captions.length }
  const total = 2 * captions.length
  const job = {
    ...{ file, rows: captions.length, plan: { captions, there: 0 }, breathe },
    step: createSteps(totals),
  }
  const { added, there, runId } = yield* relay(
    importCaptions(deps, job, signal),
    ({ what, done }) => ({
      ...{ kind: 'progress' as const, total },
      done: what === 'scores' ? captions.length + done : done,
    }),
  )
  return { added, there, captionerId, runId }
}
