/** What needs the captioner itself cannot be had of a caption made elsewhere; what needs tokens, not of an endpoint's. */
import { isElsewhere, writerOf } from '../../shared/elsewhere.ts'
import { isEndpoint } from '../../shared/endpoint-names.ts'
import { RealignError } from '../../shared/errors.ts'
import type { Cell } from '../../shared/types.ts'

/** `what` is wanted of the caption. Fails with 'unavailable'. */
export function assertMadeHere({ captionerId }: Pick<Cell, 'captionerId'>, what: string): void {
  if (!isElsewhere(captionerId)) return
  throw new RealignError(
    'unavailable',
    `${writerOf(captionerId)} wrote this caption elsewhere: there is nothing here to ${what} with`,
    { hint: 'Caption the image here under the same alt-text, then choose that caption.' },
  )
}

/** `what` needs the caption's tokens. Fails with 'unavailable'. */
export function assertTokens(cell: Pick<Cell, 'captionerId'>, what: string): void {
  assertMadeHere(cell, what)
  if (!isEndpoint(cell.captionerId)) return
  throw new RealignError(
    'unavailable',
    `An endpoint wrote this caption and tells no tokens: there is nothing here to ${what} with`,
    { hint: 'Caption the image with a captioner of this machine, then choose that caption.' },
  )
}
