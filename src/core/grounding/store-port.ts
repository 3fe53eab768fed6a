/** What grounding keeps in the workspace: proposals and decisions side by side, and readings of the lens. */
import type { MarkClass, MarkSpan } from '../../shared/contract/grounding.ts'
import type { Proposal } from './propose-marks.ts'

/** Everything one version of the matcher proposed for one cell, knowing one set of references. */
export interface ProposalSet {
  readonly cellId: string
  readonly matcher: string
  /** sha256 of what the matcher was given besides caption and alt-text. */
  readonly contextSha256: string
  readonly proposals: readonly Proposal[]
  readonly createdAt: string
}

/** A person's word on one span. The newest on a span counts; none is ever changed. */
export interface Decision {
  readonly cellId: string
  readonly span: MarkSpan
  readonly decision: MarkClass | 'clear'
  readonly decidedBy: string
  readonly decidedAt: string
}

export interface KeptMarks {
  /** The newest proposals whose checksum holds. */
  readonly proposed: ProposalSet | null
  /** Oldest first. */
  readonly decisions: readonly Decision[]
  /** A row no longer matched its checksum and was left out. */
  readonly damaged: boolean
}

export interface MarkStore {
  of(cellId: string): KeptMarks
  /** A second set of the same matcher and context for the same cell is left out. */
  addProposals(set: ProposalSet): void
  addDecision(decision: Decision): void
}

/** Log-probabilities of a cell's tokens in one context. */
export interface LensReading {
  readonly logProbs: readonly number[]
  readonly ranks: readonly (number | null)[]
  readonly alternatives: readonly (readonly {
    readonly id: number
    readonly text: string
    readonly logProb: number
  }[])[]
}

export interface LensStore {
  /** Undefined also where the kept row no longer matches its checksum. */
  reading(cellId: string, context: string): LensReading | undefined
  /** The first reading of a context stays. */
  add(cellId: string, context: string, reading: LensReading & { readonly createdAt: string }): void
}
