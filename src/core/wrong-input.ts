/** What is wrong with a request, where, and what to do: limits in words, anything else as the schema says it. */
import type { z } from 'zod'
import { RealignError } from '../shared/errors.ts'

type Issue = z.core.$ZodIssue

const count = new Intl.NumberFormat('en')
const MANY = new Set(['array', 'set', 'map'])

interface Words {
  readonly reason: string
  readonly hint?: string
}

function aboveLimit(origin: string, most: string): Words {
  if (MANY.has(origin))
    return { reason: `more than ${most} at once`, hint: `Name at most ${most} at a time.` }
  if (origin === 'string')
    return { reason: `longer than ${most} characters`, hint: 'Shorten it and try again.' }
  return { reason: `above ${most}`, hint: `Choose ${most} or less.` }
}

function belowLimit(origin: string, least: string): Words {
  if (MANY.has(origin)) return { reason: `fewer than ${least}`, hint: `Name at least ${least}.` }
  if (origin === 'string')
    return { reason: `shorter than ${least}`, hint: 'Say more and try again.' }
  return { reason: `below ${least}`, hint: `Choose ${least} or more.` }
}

function wordsOf(issue: Issue): Words {
  if (issue.code === 'too_big') return aboveLimit(issue.origin, count.format(issue.maximum))
  if (issue.code === 'too_small') return belowLimit(issue.origin, count.format(issue.minimum))
  return { reason: issue.message }
}

/** Of the first thing that is wrong, in one line. */
export function wrongInput(name: string, { issues: [issue] }: z.core.$ZodError): RealignError {
  if (issue === undefined) return new RealignError('bad-input', `${name}: invalid input`)
  const { reason, hint } = wordsOf(issue)
  const at = issue.path.map(String).join('.')
  return new RealignError('bad-input', [name, at, reason].filter(Boolean).join(': '), {
    ...(hint !== undefined && { hint }),
  })
}
