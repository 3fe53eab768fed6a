/** The runs of the workspace as a person tells them apart: what was asked, how far it came. */
import { z } from 'zod'
import type { Output } from '../../shared/contract.ts'
import { RunSummary } from '../../shared/contract/dataset.ts'
import { RealignError } from '../../shared/errors.ts'
import { Sha256 } from '../../shared/types.ts'
import type { Deps } from '../deps.ts'
import type { RunRow } from './dataset-store.ts'

/** Requests were written by this and older versions; what one of them lacks reads as nothing. */
const Request = z.object({
  imageIds: z.array(Sha256).catch([]),
  captionerId: z.string().nullish().catch(null),
  probes: z.boolean().catch(false).default(false),
  selfRounds: z.boolean().catch(false).default(false),
  branch: z.looseObject({}).nullish().catch(null),
  table: z.looseObject({ file: z.string() }).nullish().catch(null),
  pack: z.looseObject({ name: z.string() }).nullish().catch(null),
})
type Request = z.output<typeof Request>

function requestOf({ request }: RunRow): Request {
  try {
    return Request.parse(JSON.parse(request))
  } catch {
    return Request.parse({ imageIds: [] })
  }
}

function kindOf({ probes, selfRounds, branch, table }: Request): RunSummary['kind'] {
  if (table) return 'table'
  if (branch) return 'branch'
  return probes ? 'probes' : selfRounds ? 'self-rounds' : 'comparison'
}

export const listRuns = ({ store }: Deps, limit: number): Output<'runs.list'> => ({
  runs: store.dataset.runs(limit).map((row) => {
    const request = requestOf(row)
    const status = RunSummary.shape.status.safeParse(row.status)
    return {
      id: row.id,
      kind: kindOf(request),
      pack: request.pack?.name ?? null,
      file: request.table?.file ?? null,
      captionerId: request.captionerId ?? null,
      status: status.success ? status.data : 'failed',
      startedAt: row.startedAt,
      images: request.imageIds.length,
      cells: row.cells,
      failed: row.failed,
    }
  }),
})

/** Fails with 'not-found'. */
export function runRequest({ store }: Deps, runId: string): Output<'runs.request'> {
  const row = store.dataset.run(runId)
  if (!row) throw new RealignError('not-found', 'There is no such run')
  const { imageIds, captionerId = null, pack = null } = requestOf(row)
  return { imageIds, captionerId, pack }
}
