/** Everything the core is given by the composition root. */
import type { JobQueue } from './job-queue.ts'
import type { CaptionEngine, Clock, HostHooks, ImageFiles, PictureReader } from './ports.ts'
import type { Store } from './store-port.ts'
import type { StudyWorker } from './studies/study-work.ts'

export interface Deps {
  readonly store: Store
  readonly engine: CaptionEngine
  readonly pictures: PictureReader
  readonly files: ImageFiles
  readonly hooks: HostHooks
  readonly clock: Clock
  readonly queue: JobQueue
  /** Reports and exports of studies, beside whatever else is asked. */
  readonly studyWorker: StudyWorker
  /** Hex digest of bytes. */
  readonly sha256: (bytes: Uint8Array) => string
  readonly appVersion: string
  /** 'desktop', 'browser', 'command line', … as the status line shows it. */
  readonly hostName: string
  /** True while the sample project is being made. */
  readonly preparing: () => boolean
}

export const timestamp = ({ clock }: Pick<Deps, 'clock'>): string => clock.now().toISOString()
