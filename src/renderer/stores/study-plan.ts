/** The plan that is being made: the form, what could be compared, and what it would come to. */
import { create } from 'zustand'
import type { Output } from '../../shared/contract.ts'
import type { StudySummary } from '../../shared/contract/studies.ts'
import { client } from '../api.ts'
import { KIND_NAMES } from '../kinds.ts'
import { firstSystems } from '../study/first-systems.ts'
import {
  askAs,
  NEW_PLAN,
  planFaults,
  toRequest,
  type PlanForm,
  type StudyTemplate,
} from '../study/plan-form.ts'
import { explain } from '../words.ts'
import { chosenCaptioner } from './settings.ts'
import { useStatus } from './status.ts'
import { openStudy, refreshStudies } from './studies.ts'
import { note, showError } from './toasts.ts'
import { nameOf } from '../captioners.ts'

export type Sources = Output<'studies.sources'>
export type Source = Sources['sources'][number]

interface PlanState {
  readonly form: PlanForm
  readonly templates: readonly StudyTemplate[]
  readonly sources: Sources | null
  readonly summary: StudySummary | null
  /** Why there is no plan to show, in words. */
  readonly refusal: string | null
  readonly asking: boolean
  readonly starting: boolean
}

export const usePlan = create<PlanState>(() => ({
  form: NEW_PLAN,
  templates: [],
  sources: null,
  summary: null,
  refusal: null,
  asking: false,
  starting: false,
}))

export const templateOf = ({ form, templates }: PlanState): StudyTemplate | undefined =>
  templates.find(({ id }) => id === form.templateId)

/** Nothing to choose from is another fault than too few chosen. */
const NO_CAPTIONS =
  'There are no captions in this workspace yet: caption images under several alt-texts in Compare or Dataset, or bring captions in a file.'

export function faultsOf(state: PlanState) {
  const faults = planFaults(state.form, templateOf(state))
  const none = state.form.source === 'cells' && state.sources?.sources.length === 0
  return none ? { ...faults, systems: NO_CAPTIONS } : faults
}

const PAUSE_MS = 300
let timer: ReturnType<typeof setTimeout> | undefined
let abort = new AbortController()

/** Asks for the balance without writing anything; only the newest question counts. */
async function dryRun(): Promise<void> {
  abort.abort()
  const mine = new AbortController()
  abort = mine
  const state = usePlan.getState()
  // A plan without a name can be looked at, but not started.
  const { name: _name, ...faults } = faultsOf(state)
  const [first] = Object.values(faults)
  if (first !== undefined) return usePlan.setState({ summary: null, refusal: first, asking: false })
  usePlan.setState({ asking: true })
  try {
    const request = toRequest(state.form, true)
    const summary = await client.call('studies.plan', request, { signal: mine.signal })
    if (abort === mine) usePlan.setState({ summary, refusal: null })
  } catch (error) {
    if (abort !== mine) return
    const { message, hint } = explain(error)
    usePlan.setState({ summary: null, refusal: `${message.replace(/\.$/, '')}. ${hint}` })
  } finally {
    if (abort === mine) usePlan.setState({ asking: false })
  }
}

function soon(): void {
  clearTimeout(timer)
  timer = setTimeout(() => void dryRun(), PAUSE_MS)
}

export function changePlan(change: Partial<PlanForm>): void {
  usePlan.setState(({ form }) => ({ form: { ...form, ...change } }))
  soon()
}

export const sourceName = ({ captionerId, altKind }: Omit<Source, 'images'>): string =>
  `${nameOf(useStatus.getState().bundles, captionerId)}, ${KIND_NAMES[altKind].toLowerCase()}`

/** A person can then take some away, or others in. */
function chooseFirst({ sources }: Sources, template: StudyTemplate | undefined) {
  const { fewest = 2, most = 8 } = template ?? {}
  const about = { captionerId: chosenCaptioner(), fewest, most: Math.min(5, most) }
  return firstSystems(sources, about).map(
    ({ captionerId, altKind }): PlanForm['systems'][number] => ({
      captionerId,
      altKind,
      name: sourceName({ captionerId, altKind }),
    }),
  )
}

export async function preparePlan(): Promise<void> {
  try {
    const [{ templates }, sources] = await Promise.all([
      client.call('studies.templates', {}),
      client.call('studies.sources', {}),
    ])
    usePlan.setState({ templates, sources })
    const { form } = usePlan.getState()
    const template = templates.find(({ id }) => id === form.templateId)
    changePlan({
      ...(form.criteria.length === 0 && template && askAs(template)),
      ...(form.systems.length === 0 && { systems: chooseFirst(sources, template) }),
    })
  } catch (error) {
    showError(error)
  }
}

export async function startStudy(): Promise<void> {
  const state = usePlan.getState()
  if (state.starting || Object.keys(faultsOf(state)).length > 0) return
  usePlan.setState({ starting: true })
  try {
    const { studyId } = await client.call('studies.plan', toRequest(state.form, false))
    note('The study is planned', 'Its plan is stored with its seed and never reshuffled.')
    // The next plan starts from the same choices, under another name.
    usePlan.setState(({ form }) => ({ form: { ...form, name: '' } }))
    await refreshStudies()
    if (studyId !== null) openStudy(studyId)
  } catch (error) {
    showError(error)
  } finally {
    usePlan.setState({ starting: false })
  }
}
