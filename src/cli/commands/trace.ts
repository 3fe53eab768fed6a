/** `realign trace FILE`: which cells an exported file shows, and whether they still read the same here. */
import { stat } from 'node:fs/promises'
import { exportFormat } from '../../files/export-format.ts'
import { readTrace, type NamedCell } from '../../files/read-trace.ts'
import type { TracedCell } from '../../shared/contract/publish.ts'
import { RealignError } from '../../shared/errors.ts'
import { note, print, printJson, safe } from '../output.ts'
import type { Session } from '../session.ts'

const WORDS: Readonly<Record<TracedCell['status'], string>> = {
  equal: 'equal',
  differs: 'DIFFERS from this workspace',
  'differs-in-document': 'DIFFERS in the document',
  'not-here': 'NOT in this workspace',
}

function printTraced(one: TracedCell, shown: NamedCell['shown']): void {
  const place =
    one.cellId === null
      ? ''
      : `  ${safe(one.image ?? '')}  [${one.altKind}] "${safe(one.altText ?? '')}"  run ${one.runId?.slice(0, 8)}  ${one.seed === null ? 'made elsewhere' : `seed ${one.seed}`}`
  const branch =
    one.branch === null
      ? ''
      : `  branch of ${one.branch.of.slice(0, 8)} at token ${one.branch.token}: "${safe(one.branch.forced)}"`
  print(`${one.id.slice(0, 8)}  ${WORDS[one.status]}${place}${branch}`)
  if (one.status !== 'differs-in-document' || !shown) return
  print(`          shown: "${safe(shown.altText)}"  ${safe(shown.caption)}`)
  print(`          here:  "${safe(one.altText ?? '')}"  ${safe(one.caption ?? '')}`)
}

/** What was held against the workspace, so that "equal" claims no more than that. */
function compared(cells: readonly NamedCell[]): string {
  if (cells.some(({ caption }) => caption !== undefined)) return 'the captions of the file'
  if (cells.some(({ shown }) => shown)) return 'the alt-texts and captions that the document shows'
  return cells.some(({ sha16 }) => sha16 !== undefined)
    ? 'the hidden line of the file alone, not the words that it shows'
    : 'the ids of the footnote alone, no words'
}

/** Exit code 0 when every cell was found and reads the same, 1 otherwise, or when rows and cells do not pair. */
export async function traceCommand(
  session: Session,
  file: string,
  flags: { readonly json?: boolean | undefined },
): Promise<number> {
  const entry = await stat(file).catch(() => null)
  if (!entry?.isFile())
    throw new RealignError('not-found', `There is no file ${file}`, {
      hint: 'Name a file that `realign export` wrote.',
    })
  const { name } = exportFormat(file, 'any')
  const totals = { equal: 0, differs: 0, 'differs-in-document': 0, 'not-here': 0 }
  let held = ''
  let unpaired = false
  for await (const cells of readTrace(file, name)) {
    const traced = await session.client.call(
      'publish.trace',
      { cells: [...cells] },
      { signal: session.signal },
    )
    held ||= compared(cells)
    unpaired ||= cells.some(({ shown }) => shown === null)
    for (const [index, one] of traced.cells.entries()) {
      totals[one.status]++
      if (flags.json) printJson(one)
      else printTraced(one, cells[index]?.shown)
    }
  }
  const all = Object.values(totals).reduce((sum, count) => sum + count, 0)
  if (all === 0)
    throw new RealignError('not-found', `${file} names no cells`, {
      hint: 'Means (table1 as data) cannot be traced, nor what another program saved without our line: copy the footnote "Cells, row by row: …" or "Cells behind the means, …: …" into a .md file and trace that.',
    })
  note(
    `${all} cells: ${totals.equal} equal, ${totals.differs} differ, ${totals['differs-in-document']} differ in the document, ${totals['not-here']} not here; compared: ${held}`,
  )
  if (unpaired)
    note(
      'The document has more or fewer rows than the cells it names, so the words of its rows were not compared. Export it again to have them compared.',
    )
  return totals.equal === all && !unpaired ? 0 : 1
}
