/** The two shapes of operation: a call answers once; a task yields events and ends in one output or one error. */
import type { z } from 'zod'

export type Audience = 'owner' | 'rater'

export const call = <I extends z.ZodType, O extends z.ZodType>(spec: {
  audience: Audience
  input: I
  output: O
}) => ({ kind: 'call', ...spec }) as const

export const task = <I extends z.ZodType, E extends z.ZodType, O extends z.ZodType>(spec: {
  audience: Audience
  input: I
  event: E
  output: O
}) => ({ kind: 'task', ...spec }) as const
