/** Command-line alt-texts → conditions. Pure. */
import type { Condition } from '../shared/contract/comparisons.ts'

export interface ConditionFlags {
  readonly alt: readonly string[]
  readonly class?: string | undefined
  readonly wrong?: string | undefined
}

/** `--alt ""` is the empty condition; with no flag at all, the empty alt-text alone. */
export function conditionsOf(flags: ConditionFlags): readonly Condition[] {
  const conditions: Condition[] = flags.alt.map((text) => ({
    altKind: text === '' ? 'empty' : 'free',
    text,
  }))
  if (flags.class !== undefined) conditions.push({ altKind: 'class-name', text: flags.class })
  if (flags.wrong !== undefined) conditions.push({ altKind: 'wrong', text: flags.wrong })
  if (conditions.length === 0) return [{ altKind: 'empty', text: '' }]
  // Named conditions are compared with what the captioner says unaided.
  const hasEmpty = conditions.some((one) => one.altKind === 'empty')
  const named = flags.class !== undefined || flags.wrong !== undefined
  return named && !hasEmpty ? [{ altKind: 'empty', text: '' }, ...conditions] : conditions
}
