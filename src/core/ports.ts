/** What the core needs from outside. Interfaces only; engine/, store/ and the hosts implement them. */
import type { Exporter } from './publish/exporter-port.ts'
import type { RealignError } from '../shared/errors.ts'
import type { KnownTruth } from './probes/truth-lines.ts'
import type { ReadTable } from './tables/table-port.ts'
import type { RaterPagesPort } from './studies/rater-pages.ts'
import type { EndpointAnswer, EndpointDefinition } from '../shared/endpoint.ts'
import type { BundleSummary, DeviceChoice, GenerationSettings } from '../shared/types.ts'

/** One alt-text to caption the image under. `text` is the joined alt-text ('' = empty). */
export interface CaptionRequest {
  /** Caller's key, echoed in every event. */
  readonly key: string
  readonly altText: string
  readonly seed: number
  /**
   * Tokens that the caption begins with. They get the probabilities the model gives them, and count as drawn: the
   * first token after them meets the same random number as without them.
   */
  readonly prefix?: readonly number[]
}

export interface CaptionJob {
  readonly captionerId: string
  /** sha256 hex of `bytes`; embeddings and prefixes are cached under it. */
  readonly imageId: string
  /** Original file bytes; only read when the image is not cached. */
  readonly bytes: () => Promise<Uint8Array>
  readonly requests: readonly CaptionRequest[]
  readonly settings: GenerationSettings
}

export interface FinishedCaption {
  readonly key: string
  readonly text: string
  readonly tokenIds: readonly number[]
  /** Natural-log probability of each token under the model (before temperature), eos included when reached. */
  readonly logProbs: readonly number[]
  readonly finish: 'eos' | 'length'
  /** Alt tokens the model read, and whether the alt-text was cut at the slot's limit. */
  readonly altTokens: number
  readonly altCut: boolean
  readonly timings: {
    readonly encodeMs: number
    readonly prefillMs: number
    /** By the clock: what was decoded in the same steps has no time of its own. */
    readonly decodeMs: number
  }
}

export type CaptionEvent =
  | { readonly kind: 'loading'; readonly phase: string; readonly fraction: number }
  | { readonly kind: 'encoding' }
  | { readonly kind: 'token'; readonly key: string; readonly text: string; readonly tokens: number }
  /** Carries its provenance, so that a caption is saved the moment it is finished. */
  | {
      readonly kind: 'caption'
      readonly caption: FinishedCaption
      readonly model: ModelProvenance
    }

export interface CaptionResult {
  /** What provenance must remember of the machine and the model for this job. */
  readonly model: ModelProvenance
}

export interface ModelProvenance {
  readonly captionerId: string
  /** sha256 of the manifest, which itself names the hash of every file. */
  readonly bundleSha256: string
  readonly variant: string
  readonly device: string
  readonly deviceReason: string
  readonly preprocessing: string
  readonly runtime: string
  /** Only of an endpoint; tokens and log-probabilities of its captions are empty. */
  readonly endpoint?: EndpointAnswer
}

export interface ScoreJob {
  readonly scorerId: string
  readonly imageId: string
  readonly bytes: () => Promise<Uint8Array>
  readonly captions: readonly { readonly key: string; readonly text: string }[]
}

export interface CaptionScore {
  readonly key: string
  /** Cosine x 100 of the bare caption (paper's CLIP Score). */
  readonly clip: number
  /** CLIP-S: 2.5 * max(cos, 0) with the scorer's prefix (Hessel et al. 2021). */
  readonly clipS: number
  readonly perSentence: readonly { readonly text: string; readonly clip: number }[]
  readonly tokens: number
  readonly truncated: boolean
  /** Characters [0, coveredChars) of the caption were read. */
  readonly coveredChars: number
  readonly policy: string
  readonly scorerId: string
  /** bundleSha256 of the scorer's bundle. */
  readonly scorerSha256: string
}

/** 'mean' replaces the picture by the mean image (all pixels at the normalisation mean); an occluded one has that colour over one patch. */
export type ForcedImage =
  'own' | 'mean' | { readonly kind: 'occluded'; readonly grid: number; readonly cell: number }

/** Teacher-forced scoring of fixed tokens under several alt-texts (the token lens). */
export interface ForceJob {
  readonly captionerId: string
  readonly imageId: string
  readonly bytes: () => Promise<Uint8Array>
  readonly tokenIds: readonly number[]
  readonly contexts: readonly {
    readonly key: string
    readonly altText: string
    readonly image: ForcedImage
  }[]
  readonly alternatives: number
  /** As the caption was made; the bundle's own where left out. */
  readonly resize?: string
  readonly variant?: string
}

export interface ForcedToken {
  readonly logProb: number
  /** 1 = most likely; null when outside the graph's top 50. */
  readonly rank: number | null
  readonly alternatives: readonly {
    readonly id: number
    readonly text: string
    readonly logProb: number
  }[]
}

export interface ForceResult {
  readonly tokens: readonly { readonly id: number; readonly text: string }[]
  readonly contexts: readonly { readonly key: string; readonly tokens: readonly ForcedToken[] }[]
}

export interface EngineStatus {
  readonly state: 'idle' | 'loading' | 'busy' | 'stopped'
  readonly queue: number
  readonly device: DeviceChoice | null
  readonly tokensPerSecond: number | null
}

/** Pictures and words in, captions and scores out. Lives in its own process in every host. */
export interface CaptionEngine {
  bundles(): Promise<readonly BundleSummary[]>
  /** Load and verify one bundle (hashes, shapes, golden step); resolves with its summary. */
  check(bundleId: string, signal?: AbortSignal): Promise<BundleSummary>
  /** Jobs asked at the same time of one captioner may be decoded together; what comes of each does not depend on it. */
  caption(job: CaptionJob, signal: AbortSignal): AsyncGenerator<CaptionEvent, CaptionResult>
  /** How many captions of several jobs are best asked at the same time; without it one job at a time. */
  rowsTogether?(captionerId: string): Promise<number>
  score(job: ScoreJob, signal: AbortSignal): Promise<readonly CaptionScore[]>
  force(job: ForceJob, signal: AbortSignal): Promise<ForceResult>
  /** PNG of exactly the square of pixels the captioner reads. */
  asSeen(captionerId: string, bytes: Uint8Array, resize: string): Promise<Uint8Array>
  countAltTokens(
    captionerId: string,
    altText: string,
  ): Promise<{ tokens: number; cut: boolean; limit: number }>
  /** What each token reads as, one string an id; joined they are the caption (end token included). */
  tokenTexts(captionerId: string, tokenIds: readonly number[]): Promise<readonly string[]>
  /**
   * Takes a folder of this machine into the person's own models: a bundle as it is, a Hugging Face folder of a CLIP in
   * ONNX as a scorer. Resolves with its id; what fails or is cancelled leaves nothing behind.
   */
  adopt?(folder: string, signal: AbortSignal): AsyncGenerator<AdoptEvent, string>
  status(): EngineStatus
  close(): Promise<void>
}

export interface AdoptEvent {
  readonly phase: string
  readonly fraction: number
}

/** Decodes untrusted pictures. Implemented by engine/image behind the same process border. */
export interface PictureReader {
  /** Facts and a re-encoded display copy (WebP, no metadata), or a RealignError 'image-unreadable'. */
  inspect(bytes: Uint8Array, name: string, signal?: AbortSignal): Promise<Picture>
  /** WebP for the screen, upright, without metadata, its longer side at most `maxSide` pixels. */
  display(bytes: Uint8Array, maxSide: number, signal?: AbortSignal): Promise<Uint8Array>
  /** The same as PNG, for documents that cannot show WebP. */
  png(bytes: Uint8Array, maxSide: number, signal?: AbortSignal): Promise<Uint8Array>
}

export interface Picture {
  readonly width: number
  readonly height: number
  readonly format: string
  /** E.g. 'extension says png, content is jpeg', 'frame 1 of 12', 'CMYK converted'. */
  readonly notes: readonly string[]
  readonly thumbnail: Uint8Array
}

/** One file that an import looks at: a picture to read, or a reason why it cannot be one. */
export type FoundFile =
  | {
      readonly kind: 'file'
      readonly name: string
      readonly path: string
      /** Of a drawing whose folder tells its truth. */
      readonly known?: KnownTruth
    }
  | { readonly kind: 'refused'; readonly name: string; readonly error: RealignError }
  /** Below a folder, and plainly no picture. */
  | { readonly kind: 'passed-over'; readonly name: string }

export interface FileContent {
  readonly bytes: Uint8Array
  /** The sidecar `name.txt`, if there is one: its text, or why it cannot be read. */
  readonly sidecar: { readonly text: string } | { readonly leftOut: string } | null
}

/** Files of this machine, reached only through handles that the host gave out. Never writes. */
export interface ImageFiles {
  /** Names what lies behind a handle (a folder: everything below it), sorted; reads no picture but its first bytes. */
  list(handle: string, signal: AbortSignal): AsyncGenerator<FoundFile, void>
  /** The folder behind a handle. Fails with 'forbidden' for one that the host did not give out. */
  folder(handle: string): string
  /** Bytes of one regular file of at most 200 MB, or a RealignError that says what is wrong with it. */
  read(path: string, signal?: AbortSignal): Promise<FileContent>
}

/** Definitions and keys of captioners behind an address; they belong to the person, not to a workspace. */
export interface EndpointsPort {
  /** Fails with 'bad-input' where the address may not be asked, or the name is taken or is none. */
  save(definition: EndpointDefinition, replaces: string | undefined): Promise<string>
  /** Fails with 'not-found'. */
  remove(id: string): Promise<void>
  /** Fails with 'not-found'. */
  setKey(id: string, key: string | null): Promise<void>
}

export interface LocatedText {
  readonly value: unknown
  /** Line (from 1) of what lies at these keys, or of the nearest thing around it. */
  lineOf(path: readonly (string | number)[]): number
}

/** What the host around the core can do; every hook may be missing. */
export interface HostHooks {
  /** Opens the host's own dialog and answers with handles; null where there is none. */
  pickImages?(what: 'files' | 'folder' | 'model'): Promise<readonly string[]>
  /** Serves raters from here; without it only the command line does. */
  readonly raterPages?: RaterPagesPort
  /** Content of names.json: names of things by family, which the matcher of marks knows. */
  knownNames?(): Promise<unknown>
  /** Reads YAML or JSON and remembers its lines; without it only JSON is understood. */
  readLocated?(text: string, fileName: string): LocatedText
  /** Reads a table of alt-texts; without it none can be brought in from here. */
  readonly readTable?: ReadTable
  /** Makes files of tables and data; without it nothing can be exported from here. */
  readonly exporter?: Exporter
  /** Captioners behind an address; without it there are none. */
  readonly endpoints?: EndpointsPort
  /** Asks the person outside of any page; without it the page's own question is enough. */
  confirmSending?(endpoint: {
    readonly name: string
    readonly origin: string
    /** On this machine, by another program. */
    readonly local: boolean
    /** Of the picture that is sent, in pixels. */
    readonly maxSide: number
  }): Promise<boolean>
  /** Folders that the engine reads bundles from, the person's own last. */
  readonly modelFolders?: readonly string[]
}

export interface Clock {
  now(): Date
  /** Monotonic milliseconds: durations never come from `now`. */
  elapsedMs(): number
}
