/** The triangulation of the run that is looked at: what is held against what, and the captions that disagree. */
import { create } from 'zustand'
import type { Input, Output, TaskEvent } from '../../shared/contract.ts'
import type {
  TriangulatedCaption,
  TriangulationMeasure,
} from '../../shared/contract/triangulation.ts'
import { client } from '../api.ts'
import { KIND_NAMES } from '../kinds.ts'
import { useDataset } from './dataset.ts'
import type { Places } from './dataset-rows.ts'
import { useStatus } from './status.ts'
import { showError } from './toasts.ts'

type Asked = Input<'triangulation.run'>
export type Triangulated = Output<'triangulation.run'>
export type Direction = NonNullable<Asked['direction']>
type Progress = TaskEvent<'triangulation.run'> & { readonly kind: 'progress' }

interface TriangulationState {
  readonly shown: boolean
  /** undefined: the best that there is. */
  readonly by: Asked['by']
  readonly direction: Direction
  readonly references: readonly string[]
  readonly people: Asked['people']
  readonly result: Triangulated | null
  /** Revision of the workspace that was read. */
  readonly revision: number | undefined
  readonly captions: readonly TriangulatedCaption[]
  readonly list: Places | null
  readonly progress: Omit<Progress, 'kind'> | null
  /** Raised by every answer to another question. */
  readonly view: number
  readonly current: number
}

export const useTriangulation = create<TriangulationState>(() => ({
  shown: false,
  by: undefined,
  direction: 'both',
  references: [],
  people: undefined,
  result: null,
  revision: undefined,
  captions: [],
  list: null,
  progress: null,
  view: 0,
  current: 0,
}))

let work: AbortController | null = null
export const cancelTriangulation = (): void => work?.abort()

const KINDS = Object.keys(KIND_NAMES)

const placesOf = (captions: readonly TriangulatedCaption[]): Places => ({
  cellIds: captions.map(({ cellId }) => cellId),
  kinds: captions.map(({ altKind }) => KINDS.indexOf(altKind)),
  others: [],
})

function question(): Asked {
  const { by, direction, references, people } = useTriangulation.getState()
  const { runId } = useDataset.getState().query
  return {
    references: [...references],
    direction,
    ...(by && { by }),
    ...(people && { people }),
    ...(runId !== undefined && { runId }),
  }
}

const isThere = ({ measures }: Triangulated, by: Asked['by']): boolean =>
  by === undefined || by.every((name) => measures.some(({ measure }) => measure === name))

/** Asks anew; what was asked before is given up. */
export async function triangulate(): Promise<void> {
  work?.abort()
  const mine = new AbortController()
  work = mine
  const asked = question()
  const revision = useStatus.getState().status?.workspace.revision
  const captions: TriangulatedCaption[] = []
  useTriangulation.setState({ progress: { phase: 'captions', fraction: 0 } })
  try {
    const { signal } = mine
    const steps = client.run('triangulation.run', asked, { signal })
    let step = await steps.next()
    for (; !step.done; step = await steps.next()) {
      if (mine.signal.aborted) return
      const event = step.value
      if (event.kind === 'captions') captions.push(...event.captions)
      else useTriangulation.setState({ progress: event })
    }
    if (mine.signal.aborted) return
    const result = step.value
    // Another run may have no caption with a measure of the pair.
    if (!isThere(result, asked.by)) return compareBy(undefined)
    useTriangulation.setState(({ view }) => ({
      ...{ result, revision, captions, list: placesOf(captions) },
      ...{ view: view + 1, current: 0 },
    }))
  } catch (error) {
    if (work === mine) showError(error)
  } finally {
    if (work === mine) {
      work = null
      useTriangulation.setState({ progress: null })
    }
  }
}

function change(state: Partial<TriangulationState>): void {
  useTriangulation.setState(state)
  void triangulate()
}

export const compareBy = (by: Asked['by']): void => change({ by })
export const showDirection = (direction: Direction): void => change({ direction })
export const measureBy = (references: readonly string[]): void => change({ references })
export const hearPeople = (people: Asked['people']): void => change({ people })

/** One measure of the pair; the other one where it is chosen for both. */
export function choosePart(which: 0 | 1, measure: TriangulationMeasure): void {
  const by = useTriangulation.getState().result?.by
  if (!by) return
  const [a, b] = by
  const other = which === 0 ? b : a
  const kept = other === measure ? by[which] : other
  compareBy(which === 0 ? [measure, kept] : [kept, measure])
}

export const toggleTriangulation = (): void =>
  useTriangulation.setState(({ shown }) => ({ shown: !shown }))
