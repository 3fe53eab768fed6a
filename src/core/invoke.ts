/** The single gate every host goes through: known name, right audience, valid input, nothing extra out. */
import { contract, type Name } from '../shared/contract.ts'
import type { Audience } from '../shared/contract/define.ts'
import { RealignError, throwIfAborted } from '../shared/errors.ts'
import type { Invoke } from '../shared/rpc.ts'
import type { Procedures } from './procedures.ts'
import { wrongInput } from './wrong-input.ts'

type AnyHandler = (input: unknown, signal: AbortSignal) => unknown

/**
 * A handler behind its checks, as one generator: a plain call is a task that yields nothing.
 * What leaves towards a rater is parsed with the output schema, so a blind trial cannot leak a field.
 */
export function createInvoke(procedures: Procedures, audience: Audience): Invoke {
  return async function* (name, rawInput, signal) {
    if (!Object.hasOwn(contract, name))
      throw new RealignError('not-found', `There is no operation ${JSON.stringify(name)}`)
    const spec = contract[name as Name]
    if (audience === 'rater' && (spec.audience as Audience) !== 'rater')
      throw new RealignError('forbidden', `${name} is not open to raters`)
    const parsed = spec.input.safeParse(rawInput)
    if (!parsed.success) throw wrongInput(name, parsed.error)
    throwIfAborted(signal)
    const handler = procedures[name as Name] as AnyHandler // the gate just checked the input against this name
    const result = handler(parsed.data, signal)
    const output =
      spec.kind === 'task'
        ? yield* result as AsyncGenerator<unknown, unknown>
        : await (result as Promise<unknown>)
    return audience === 'rater' ? spec.output.parse(output) : output
  }
}
