/** What the workbench says of itself: workspace, engine, models. Asked again while something moves. */
import { create } from 'zustand'
import type { Output } from '../../shared/contract.ts'
import { RealignError } from '../../shared/errors.ts'
import type { BundleSummary } from '../../shared/types.ts'
import { client } from '../api.ts'
import { deviceName } from '../format.ts'
import { note, showError } from './toasts.ts'

export type AppStatus = Output<'app.status'>

interface StatusState {
  readonly status: AppStatus | null
  readonly bundles: readonly BundleSummary[]
  /** Where bundles are read from, the person's own folder last. */
  readonly modelFolders: readonly string[]
  readonly checking: readonly string[]
  /** False from the first question that found nobody to the next that is answered. */
  readonly answers: boolean
}

export const useStatus = create<StatusState>(() => ({
  status: null,
  bundles: [],
  modelFolders: [],
  checking: [],
  answers: true,
}))

const BUSY_MS = 1000
const IDLE_MS = 5000
let timer: ReturnType<typeof setTimeout> | undefined

export async function refreshStatus(): Promise<void> {
  clearTimeout(timer)
  try {
    const status = await client.call('app.status', {})
    useStatus.setState({ status, answers: true })
  } catch (error) {
    if (error instanceof RealignError && error.code === 'host-gone')
      useStatus.setState({ answers: false })
    showError(error)
  }
  const { status } = useStatus.getState()
  const moves = status?.preparing === true || status?.engine.state !== 'idle'
  timer = setTimeout(() => void refreshStatus(), moves ? BUSY_MS : IDLE_MS)
}

export async function refreshModels(): Promise<void> {
  try {
    const { bundles, folders } = await client.call('models.list', {})
    useStatus.setState({ bundles, modelFolders: folders })
  } catch (error) {
    showError(error)
  }
}

/** Hashes, shapes and the golden step of one bundle. */
export async function checkModel(bundleId: string): Promise<void> {
  useStatus.setState(({ checking }) => ({ checking: [...checking, bundleId] }))
  try {
    const checked = await client.call('models.check', { bundleId })
    useStatus.setState(({ bundles }) => ({
      bundles: bundles.map((bundle) => (bundle.id === bundleId ? checked : bundle)),
    }))
    // Of an endpoint the card says what arrived.
    if (checked.state === 'ready' && !checked.endpoint)
      note(
        `${checked.name}: every check passed`,
        checked.device
          ? `Runs on ${deviceName(checked.device.device)}: ${checked.device.reason}.`
          : '',
      )
  } catch (error) {
    showError(error)
    await refreshModels()
  } finally {
    useStatus.setState(({ checking }) => ({ checking: checking.filter((id) => id !== bundleId) }))
  }
}
