/** `realign trace FILE`: which cells an exported file shows, and whether they still read the same here. */
import { stat } from 'node:fs/promises'
import { exportFormat } from '../../files/export-format.ts'
import { readTrace } from '../../files/read-trace.ts'
import type { TracedCell } from '../../shared/contract/publish.ts'
import { RealignError } from '../../shared/errors.ts'
import { note, print, printJson, safe } from '../output.ts'
import type { Session } from '../session.ts'

const WORDS: Readonly<Record<TracedCell['status'], string>> = {
  equal: 'equal',
  differs: 'DIFFERS from this workspace',
  'not-here': 'NOT in this workspace',
}

function printTraced(one: TracedCell): void {
  const place =
    one.cellId === null
      ? ''
      : `  ${safe(one.image ?? '')}  [${one.altKind}] "${safe(one.altText ?? '')}"  run ${one.runId?.slice(0, 8)}  seed ${one.seed}`
  const branch =
    one.branch === null
      ? ''
      : `  branch of ${one.branch.of.slice(0, 8)} at token ${one.branch.token}: "${safe(one.branch.forced)}"`
  print(`${one.id.slice(0, 8)}  ${WORDS[one.status]}${place}${branch}`)
}

/** Exit code 0 when every cell was found and reads the same, 1 otherwise. */
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
  const totals = { equal: 0, differs: 0, 'not-here': 0 }
  for await (const cells of readTrace(file, name)) {
    const traced = await session.client.call(
      'publish.trace',
      { cells: [...cells] },
      { signal: session.signal },
    )
    for (const one of traced.cells) {
      totals[one.status]++
      if (flags.json) printJson(one)
      else printTraced(one)
    }
  }
  const all = totals.equal + totals.differs + totals['not-here']
  if (all === 0)
    throw new RealignError('not-found', `${file} names no cells`, {
      hint: 'Means (table1 as data) cannot be traced, nor what another program saved without our line: copy the footnote "Cells, row by row: …" into a .md file and trace that.',
    })
  note(
    `${all} cells: ${totals.equal} equal, ${totals.differs} differ, ${totals['not-here']} not here`,
  )
  return totals.equal === all ? 0 : 1
}
