/** What needs the captioner itself cannot be had of a caption that was made elsewhere. */
import { isElsewhere, writerOf } from '../../shared/elsewhere.ts'
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
