/** Handlers of the grounding operations: marks, lens, occlusion, profile, probe packs. */
import type { CallName, Output, Parsed, TaskEvent, TaskName } from '../../shared/contract.ts'
import type { Deps } from '../deps.ts'
import { checkPack } from '../probes/check-pack.ts'
import { planPack, runProbes } from '../probes/probes.ts'
import { selfRounds } from '../probes/self-rounds.ts'
import { computeLens } from './lens.ts'
import { decideMark, listMarks, proposeForCells } from './marks.ts'
import { occludeImage, occludeWords } from './occlusion.ts'
import { groundingProfile, profileCells } from './profile.ts'

type GroundingTask = Extract<TaskName, `marks.${string}` | `lens.${string}` | `probes.${string}`>
type GroundingCall = Extract<
  CallName,
  `marks.${string}` | `grounding.${string}` | `probes.${string}`
>
type Handlers = {
  readonly [K in GroundingTask]: (
    input: Parsed<K>,
    signal: AbortSignal,
  ) => AsyncGenerator<TaskEvent<K>, Output<K>>
} & { readonly [K in GroundingCall]: (input: Parsed<K>) => Output<K> | Promise<Output<K>> }

export const groundingProcedures = (deps: Deps): Handlers => ({
  'marks.propose': (input, signal) => proposeForCells(deps, input, signal),
  'marks.list': (input) => listMarks(deps, input),
  'marks.decide': (input) => decideMark(deps, input),
  'lens.compute': (input, signal) => computeLens(deps, input, signal),
  'lens.occludeWords': (input, signal) => occludeWords(deps, input, signal),
  'lens.occludeImage': (input, signal) => occludeImage(deps, input, signal),
  'grounding.profile': (input) => groundingProfile(deps, input),
  'grounding.cells': (input) => profileCells(deps, input),
  'probes.plan': (input) => planPack(deps, input),
  'probes.check': (input) => checkPack(deps, input),
  'probes.run': (input, signal) => runProbes(deps, input, signal),
  'probes.selfRounds': (input, signal) => selfRounds(deps, input, signal),
})
