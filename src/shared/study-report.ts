/** The report of a study as plain data: what every page, table and export is made from. Indices name systems. */
import type { ExclusionRules } from './study-types.ts'

/** 95 % interval; null where nothing can be estimated. */
export interface Estimate {
  readonly value: number
  readonly low: number
  readonly high: number
}

export interface ShareRow {
  readonly system: number
  /** Every vote 1; a tie of t at the top gives 1/t each. */
  readonly votes: Estimate
  /** Images whose votes went by more than half to this system. */
  readonly majority: Estimate
  readonly majorityImages: number
  readonly wilson: { readonly low: number; readonly high: number }
  /** Vote share with raters drawn as well as images; null with fewer than six raters. */
  readonly votesTwoWay: Estimate | null
}

export interface ShareDifference {
  readonly a: number
  readonly b: number
  readonly difference: Estimate
  /** Share of resamples at or below zero. */
  readonly shareAtMostZero: number
  readonly wald: { readonly low: number; readonly high: number; readonly p: number }
  readonly signP: number
}

export interface StrengthRow {
  readonly system: number
  /** Centred on the mean of all systems. */
  readonly logWorth: Estimate
  readonly worth: number
  /** Systems that share a letter are not shown to differ (Holm, 5 %). */
  readonly letters: string
}

export interface PairRow {
  readonly a: number
  readonly b: number
  readonly wins: number
  readonly ties: number
  readonly losses: number
  /** (wins - losses) / all. */
  readonly net: Estimate
  /** Exact sign test on the images that more answers decided one way than the other. */
  readonly signP: number
  /** Bootstrap p of the difference in strength, corrected for few images, and after Holm. */
  readonly p: number
  readonly holm: number
}

export interface AgreementReport {
  readonly images: number
  /** Images with two raters or more: all first choices equal, a majority, none. */
  readonly allEqual: number
  readonly majority: number
  readonly none: number
  readonly fleiss: Estimate | null
  readonly alphaFirst: Estimate | null
  readonly alphaPlaces: Estimate | null
  readonly alphaLevel: 'ordinal' | 'interval'
  readonly kendallW: Estimate | null
  readonly repeats: { readonly n: number; readonly kappa: number | null }
  /** How much votes on one image say the same; null where no image has two. */
  readonly clustering: ClusteringReport | null
}

/** Votes on one image are not so many votes: n m / (1 + (m - 1) rho) of them count (section 2.7). */
export interface ClusteringReport {
  /** Intra-image correlation of first places. */
  readonly rho: Estimate
  readonly ratersPerImage: number
  /** 1 + (m - 1) rho, never below 1. */
  readonly designEffect: number
  readonly effectiveVotes: number
}

export interface EffectsReport {
  /** First places per slot, among answers with one first card. */
  readonly slotFirsts: readonly number[]
  readonly slotChi2: number
  readonly slotP: number
  /** Conditional logit: strength of each slot against the last, and its likelihood-ratio p. */
  readonly slotStrengths: readonly number[] | null
  readonly slotRatioP: number | null
  /** Pairs: log advantage of the left card. */
  readonly leftAdvantage: { readonly value: number; readonly se: number } | null
  /** Log-odds per unit of (words a - words b) / (words a + words b); strengths with it taken out. */
  readonly length: {
    readonly gamma: number
    readonly se: number
    readonly logWorths: readonly number[]
  } | null
  readonly time: {
    readonly firstThird: { readonly medianSeconds: number; readonly tieShare: number }
    readonly lastThird: { readonly medianSeconds: number; readonly tieShare: number }
  } | null
}

/** Plackett-Luce strengths from first places only, against those from the rest of the same rankings. */
export interface LowerPlacesReport {
  readonly votes: number
  /** Log-worths centred on 0, by system. */
  readonly first: readonly number[]
  readonly lower: readonly number[]
  /** Slope of the second on the first: below 1 the lower places are noisier. */
  readonly ratio: Estimate
  /** Resamples behind the interval. */
  readonly draws: number
}

/** Rank correlation between random halves of the raters, and the same stepped up by Spearman-Brown. */
export interface SplitHalfReport {
  readonly splits: number
  readonly captions: {
    readonly n: number
    readonly r: number | null
    readonly reliability: number | null
  }
  readonly systems: {
    readonly n: number
    readonly r: number | null
    readonly reliability: number | null
  }
}

/** Models that weigh raters; only on request. */
export interface RaterModelsReport {
  readonly raters: readonly {
    readonly rater: number
    /** Dawid-Skene: how often this rater says what is true, over all true categories. */
    readonly accuracy: number
    /** Judge-precision Bradley-Terry: 1 = as the panel on the geometric mean. */
    readonly precision: number
  }[]
  readonly systems: readonly {
    readonly system: number
    /** Dawid-Skene share of images whose true first choice this is. */
    readonly share: number
    readonly images: number
    /** Judge-precision Bradley-Terry, centred on 0. */
    readonly logWorth: number
  }[]
  readonly tie: { readonly share: number; readonly images: number }
  readonly steps: number
  readonly converged: boolean
}

export interface ScoreReport {
  readonly name: string
  readonly accuracy: Estimate
  readonly decidedPairs: number
  readonly tauB: number
  readonly spearman: number
  readonly captions: number
  /** Kendall's tau-c, for scales with few levels. */
  readonly tauC: number
  /** System level: tau-b over the mean score and the mean place of k systems; to be shown with k. */
  readonly systems: { readonly tauB: number | null; readonly k: number }
}

export interface CriterionReport {
  readonly id: string
  readonly question: string
  readonly format: string
  readonly images: number
  readonly votes: number
  readonly cannotJudge: number
  /** Fewer than 20 images: intervals are to be hatched. */
  readonly fewImages: boolean
  readonly shares: readonly ShareRow[]
  readonly tie: Estimate & { readonly images: number }
  readonly differences: readonly ShareDifference[]
  readonly strengths: readonly StrengthRow[]
  /** log nu of Davidson's model; null without a tie. */
  readonly logTie: number | null
  /** A system never lost or never won: strengths lean on half a pseudo-win. */
  readonly pseudo: boolean
  readonly plackettLuce: readonly { readonly system: number; readonly worth: number }[] | null
  readonly wins: readonly (readonly number[])[]
  readonly ties: readonly (readonly number[])[]
  readonly cyclicTriples: number
  readonly pairs: readonly PairRow[]
  readonly levels: readonly { readonly value: number; readonly count: number }[] | null
  readonly bestWorst: readonly number[] | null
  /** MaxDiff logit of best-worst answers, centred on 0; null when some system was never best or never worst. */
  readonly maxDiff: readonly { readonly system: number; readonly logWorth: Estimate }[] | null
  /** Resamples behind those intervals: one without some system's best or worst has no maximum and is left out. */
  readonly maxDiffDraws: number | null
  readonly marks: readonly { readonly system: number; readonly mean: Estimate }[] | null
  readonly flags:
    | readonly {
        readonly system: number
        readonly label: string
        readonly yes: number
        readonly n: number
        readonly low: number
        readonly high: number
      }[]
    | null
  /** Nominal alpha of yes and no, a statement: of captions about which two raters or more could tell. */
  readonly yesAgreement:
    | readonly {
        readonly label: string
        readonly captions: number
        readonly alpha: Estimate | null
      }[]
    | null
  readonly agreement: AgreementReport
  readonly effects: EffectsReport
  readonly scores: ScoreReport | null
  /** Every other score that the captions have: their length, CLIP-S, per sentence, imported ones. */
  readonly otherScores: readonly ScoreReport[]
  readonly lowerPlaces: LowerPlacesReport | null
  readonly splitHalf: SplitHalfReport | null
  readonly raterModels: RaterModelsReport | null
}

export interface RaterReport {
  readonly rater: number
  readonly judgements: number
  readonly gold: {
    readonly passed: number
    readonly n: number
    readonly low: number
    readonly high: number
  }
  readonly repeats: {
    readonly n: number
    readonly tau: number | null
    readonly kappa: number | null
  }
  readonly consensusTau: { readonly n: number; readonly tau: number | null }
  readonly tieShare: number
  readonly cannotJudgeShare: number
  readonly secondsPer100Words: number | null
  readonly tooFastShare: number
  /** Items answered faster than their captions can be read, of those that can tell. */
  readonly hasty: { readonly items: number; readonly n: number }
  readonly longestRun: number
  /** Bits; the most is log2 of the number of cards. */
  readonly slotEntropy: number
  readonly undoRate: number
  readonly flags: readonly string[]
}

/** What raters said after their last item; null when nobody was asked. */
export interface RecognitionReport {
  readonly yes: number
  readonly unsure: number
  readonly no: number
  /** Wilson interval of the share of yes. */
  readonly low: number
  readonly high: number
  /** Forced choices of who wrote what; null when nobody guessed. Chance: mean of one in as many as there were cards. */
  readonly guesses: (Estimate & { readonly n: number; readonly chance: number }) | null
  /** In their own words; an anonymous export has none. */
  readonly words: readonly { readonly rater: number; readonly text: string }[]
}

export interface Disagreement {
  readonly imageId: string
  readonly criterion: string
  /** Why it is in the list, in words. */
  readonly what: string
  readonly weight: number
}

export interface StudyReport {
  readonly format: 'realign-report-1'
  /** Of protocol, plan and the events that count. */
  readonly inputSha256: string
  readonly appVersion: string
  readonly seed: number
  readonly resamples: number
  readonly name: string
  readonly template: string
  readonly reveal: string
  readonly createdAt: string
  readonly contentSha256: string
  /** '' where it is known that, not when: in anonymous exports. */
  readonly unblindedAt: string | null
  /** How much was answered then, e.g. "40 of 300 judgements": looking early inflates error. */
  readonly unblindedAfter: string | null
  /** Raters who joined after the plan was made; it was extended for them, not drawn again. */
  readonly lateRaters: readonly number[]
  readonly exclusion: ExclusionRules
  readonly systems: readonly string[]
  readonly counts: {
    readonly images: number
    readonly raters: number
    readonly planned: number
    readonly judgements: number
    readonly repeats: number
    readonly hidden: number
    readonly conflicts: number
    /** Questions of one rater that stand with two answers, from two devices; the later one counts. */
    readonly answeredTwice: number
    readonly changedAfterReveal: number
    readonly withdrawnRaters: number
  }
  readonly excludedRaters: readonly number[]
  readonly criteria: readonly CriterionReport[]
  /** The same without flagged raters; null when nobody is flagged. */
  readonly withoutFlagged: readonly CriterionReport[] | null
  readonly raters: readonly RaterReport[]
  readonly recognition: RecognitionReport | null
  readonly disagreements: readonly Disagreement[]
  readonly scoreDisagreements: readonly Disagreement[]
  readonly methods: string
}
