/** What the parts of an owl share while it is drawn. */
import type { Pen } from '../pen.ts'
import type { Morph } from '../plate.ts'
import type { Rnd } from '../random.ts'

export interface OwlSketch {
  readonly pen: Pen
  readonly c: Morph
  readonly form: string
  readonly rnd: Rnd
  /** A small deviation, up to the given amount to either side. */
  readonly j: (amount: number) => number
  /** Half width and half height of the head, half width of the body. */
  readonly size: { readonly hw: number; readonly hh: number; readonly bw: number }
  readonly bw: number
  readonly belly: string
}
