/** Looking after a workspace file from the command line: checking every row, and salvaging a damaged one. */
import { existsSync } from 'node:fs'
import type { DamagedRow } from '../core/store-port.ts'
import { RealignError } from '../shared/errors.ts'
import type { SalvageReport } from '../store/salvage.ts'

export type { SalvageReport }

/** Every row against its checksum. Fails with the store's errors where the file cannot even be opened. */
export async function checkWorkspace(file: string): Promise<{
  readonly rows: number
  readonly damaged: readonly DamagedRow[]
}> {
  if (!existsSync(file))
    throw new RealignError('not-found', `There is no workspace ${file}`, {
      hint: 'Name the file that is to be checked.',
    })
  const { openStore } = await import('../store/open-store.ts')
  const store = await openStore(file)
  try {
    const check = store.verify()
    let rows = 0
    let step = check.next()
    for (; !step.done; step = check.next()) rows += step.value.rows
    return { rows, damaged: step.value }
  } finally {
    store.close()
  }
}

/** See store/salvage.ts; the original is never written to. */
export async function salvageWorkspace(source: string, target: string): Promise<SalvageReport> {
  const { salvage } = await import('../store/salvage.ts')
  return salvage(source, target)
}
