/** Did raters recognise a system? What they said after their last item (section 2.4). */
import type { RecognitionReport } from '../../../shared/study-report.ts'
import type { JudgementEvent } from '../../../shared/study-types.ts'
import { judgeGuess } from '../guesses.ts'
import { planIndex } from '../plan-index.ts'
import type { Plan } from '../plan-types.ts'
import { wilson } from '../statistics/shares.ts'

/** Share of right guesses with its Wilson interval. */
function accuracy(
  guesses: readonly { readonly right: boolean; readonly chance: number }[],
): RecognitionReport['guesses'] {
  const n = guesses.length
  if (n === 0) return null
  const right = guesses.filter((one) => one.right).length
  const chance = guesses.reduce((sum, one) => sum + one.chance, 0) / n
  return { value: right / n, ...wilson(right, n), n, chance }
}

/** `events` in the order of what raters did: the last answer of each rater counts. */
export function recognition(
  plan: Plan,
  events: readonly JudgementEvent[],
): RecognitionReport | null {
  const { assignments } = planIndex(plan)
  const said = new Map<number, JudgementEvent['payload']>()
  const guessed = new Map<string, ReturnType<typeof judgeGuess>>()
  for (const { payload, trialId } of events) {
    const rater = assignments.get(trialId)?.rater
    if (payload.recognised && rater !== undefined) said.set(rater, payload)
    if (payload.guess) guessed.set(trialId, judgeGuess(plan, trialId, payload.guess))
  }
  if (said.size === 0 && guessed.size === 0) return null
  const all = [...said].sort(([a], [b]) => a - b)
  const count = (what: string) => all.filter(([, one]) => one.recognised === what).length
  return {
    yes: count('yes'),
    unsure: count('unsure'),
    no: count('no'),
    ...wilson(count('yes'), all.length),
    guesses: accuracy([...guessed.values()]),
    words: all.flatMap(([rater, { text }]) => (text ? [{ rater, text }] : [])),
  }
}
