/** What studies ask of the workspace file. What is in here is never changed and never deleted. */
import type { JudgementEvent, NewEvent, Protocol } from '../../shared/study-types.ts'
import type { Assignment, Plan } from './plan-types.ts'

export interface StoredStudy {
  readonly protocol: Protocol
  readonly plan: Plan
}

/** Things that happen to a study from outside: links given out, unblinding, withdrawal. */
export interface StudyLogEntry {
  readonly studyId: string
  readonly kind: 'link' | 'revoke' | 'unblind' | 'withdraw' | 'import' | 'conflict' | 'join'
  /** Index into the protocol's raters; null when the entry is about the whole study. */
  readonly rater: number | null
  /** Links: sha256 of the token; the token itself is never kept. */
  readonly tokenSha256: string | null
  readonly note: string
  readonly at: string
}

/** What reports and exports look at. */
export type LogLine = Pick<StudyLogEntry, 'kind' | 'rater' | 'at'> & { readonly note?: string }

export interface LateRater {
  readonly rater: number
  readonly name: string
  readonly assignments: readonly Assignment[]
  readonly at: string
}

export interface StudyStore {
  /** One transaction: the protocol, its items, its assignments. */
  create(study: StoredStudy): void
  list(): readonly { readonly id: string; readonly name: string; readonly createdAt: string }[]
  get(studyId: string): StoredStudy | undefined
  /** One transaction: a rater who joined later, with showings of their own. `rater` is the next number. */
  extend(studyId: string, late: LateRater): void
  log(entry: StudyLogEntry): void
  logOf(studyId: string): readonly StudyLogEntry[]
  /** Who holds this token, while it is the rater's newest link and not revoked. */
  holderOf(tokenSha256: string): { readonly studyId: string; readonly rater: number } | undefined
  /**
   * One transaction; on disk when it returns. An event that is there already, in the same words, is left out.
   * Fails with 'not-found' when a trial is not of this study.
   */
  append(studyId: string, events: readonly NewEvent[]): { readonly added: number }
  /** In the order in which they arrived. */
  eventsOf(studyId: string): readonly JudgementEvent[]
  /** The same in pages: from 0, then from `next`, until that is null. */
  eventsAfter(
    studyId: string,
    after: number,
    limit: number,
  ): { readonly events: readonly JudgementEvent[]; readonly next: number | null }
  /** What one rater's events have become since `after` (0: all), and what to ask from the next time. */
  eventsOfRater(
    studyId: string,
    rater: number,
    after: number,
  ): { readonly events: readonly JudgementEvent[]; readonly last: number }
}
