/** Measures the matcher against cases with known marks: precision, recall and F1 of whole spans. */
import type { PictureTruth } from '../../fieldguide/picture.ts'
import type { MarkClass } from '../../shared/contract/grounding.ts'
import type { Taxonomy } from '../probes/taxonomy.ts'
import { matcherCases, type CaseOptions, type Gold, type MatcherCase } from './matcher-cases.ts'
import { proposeMarks, type Proposal } from './propose-marks.ts'

export interface Figures {
  readonly precision: number
  readonly recall: number
  readonly f1: number
  readonly proposed: number
  readonly expected: number
  readonly right: number
}

export const MEASURED = ['carried', 'rejected', 'erroneous'] as const
export type Measured = (typeof MEASURED)[number]

export interface Miss {
  readonly kind: string
  readonly altText: string
  readonly caption: string
  readonly missing: readonly Gold[]
  readonly extra: readonly Proposal[]
}

export interface MatcherReport {
  readonly cases: number
  readonly figures: Readonly<Record<Measured, Figures>>
  /** Erroneous species names where only the class name is known. */
  readonly erroneousByClass: Figures
  readonly byKind: Readonly<Record<string, { readonly cases: number; readonly wrong: number }>>
  readonly misses: readonly Miss[]
}

const keyOf = ({ place, start, end, markClass }: Gold | Proposal): string =>
  `${place} ${start} ${end} ${markClass}`

class Counter {
  private counts = { right: 0, proposed: 0, expected: 0 }

  add(gold: ReadonlySet<string>, proposed: ReadonlySet<string>): void {
    this.counts.right += [...proposed].filter((key) => gold.has(key)).length
    this.counts.proposed += proposed.size
    this.counts.expected += gold.size
  }

  figures(): Figures {
    const { right, proposed, expected } = this.counts
    const precision = proposed === 0 ? 1 : right / proposed
    const recall = expected === 0 ? 1 : right / expected
    const f1 = proposed + expected === 0 ? 1 : (2 * right) / (proposed + expected)
    return { precision, recall, f1, ...this.counts }
  }
}

const isMeasured = (markClass: MarkClass): markClass is Measured =>
  (MEASURED as readonly string[]).includes(markClass)

/** A span counts as right only where place, both ends and class are those of the truth. */
export function measureCases(cases: readonly MatcherCase[], taxonomy: Taxonomy): MatcherReport {
  const all = { carried: new Counter(), rejected: new Counter(), erroneous: new Counter() }
  const byClass = new Counter()
  const byKind: Record<string, { cases: number; wrong: number }> = {}
  const misses: Miss[] = []
  for (const { kind, altText, caption, truth, className, gold } of cases) {
    const references = { taxonomy, emptyCaption: null, truth, className }
    const proposals = proposeMarks({ caption, altText, references }).filter((one) =>
      isMeasured(one.markClass),
    )
    for (const markClass of MEASURED) {
      const keys = (marks: readonly (Gold | Proposal)[]) =>
        new Set(marks.filter((one) => one.markClass === markClass).map(keyOf))
      all[markClass].add(keys(gold), keys(proposals))
      if (markClass === 'erroneous' && truth === null) byClass.add(keys(gold), keys(proposals))
    }
    const [wanted, found] = [new Set(gold.map(keyOf)), new Set(proposals.map(keyOf))]
    const missing = gold.filter((one) => !found.has(keyOf(one)))
    const extra = proposals.filter((one) => !wanted.has(keyOf(one)))
    const tally = (byKind[kind] ??= { cases: 0, wrong: 0 })
    tally.cases++
    if (missing.length + extra.length === 0) continue
    tally.wrong++
    misses.push({ kind, altText, caption, missing, extra })
  }
  return {
    cases: cases.length,
    figures: {
      carried: all.carried.figures(),
      rejected: all.rejected.figures(),
      erroneous: all.erroneous.figures(),
    },
    erroneousByClass: byClass.figures(),
    byKind,
    misses,
  }
}

export const measureMatcher = (
  truths: readonly PictureTruth[],
  taxonomy: Taxonomy,
  options: CaseOptions,
): MatcherReport =>
  measureCases(
    truths.flatMap((truth) => matcherCases(truth, options)),
    taxonomy,
  )
