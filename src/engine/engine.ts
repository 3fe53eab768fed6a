/** What this folder offers the hosts: the engine's two ports, and two things only its own process needs. */
import type { AdoptEvent, CaptionEngine, PictureReader } from '../core/ports.ts'

export interface Engine extends CaptionEngine, PictureReader {
  rowsTogether(captionerId: string): Promise<number>
  adopt(folder: string, signal: AbortSignal): AsyncGenerator<AdoptEvent, string>
  /** PNG of one of our own field guide drawings; never a stranger's SVG. */
  renderSvg(svg: string, size: number): Promise<Uint8Array>
  /** True when the image's embedding is cached, so a job needs no bytes. */
  knows(bundleId: string, imageId: string, resize: string): Promise<boolean>
}

export interface EngineOptions {
  /** Folders that are bundles or hold bundles. */
  readonly modelFolders: readonly string[]
  /** REALIGN_DEVICE; undefined or '' chooses automatically. */
  readonly device?: string | undefined
  /** Set after the engine died while loading: only the processor is tried, for this reason. */
  readonly cpuOnlyBecause?: string | undefined
  readonly threads?: number | undefined
  /** Threads sleep instead of spinning while they wait: for shared machines. */
  readonly quiet?: boolean | undefined
  /** Prompts decoded together, whatever their model. */
  readonly batch?: number | undefined
  readonly prefixCacheBytes?: number | undefined
}
