/** How an alt-text stands before the caption: cut, padded or compact, exactly as the manifest says. Pure. */
import type { Captioner } from '../../shared/manifest.ts'

export interface AltSlot {
  /** Leading pads: the same for every prompt of an image, so they come with the shared prefix. */
  readonly sharedPads: number
  /** What this prompt feeds after the shared part: its ids, then any pads behind them. */
  readonly suffix: readonly number[]
  /** Alt tokens the model reads. */
  readonly tokens: number
  readonly cut: boolean
}

type Rule = Pick<Captioner, 'altSlot' | 'ids'>

/**
 * FACTS.md: the paper's slot is 128 long, LEFT-padded with pad id 1, and pads are attended while
 * positions count through them; an empty alt-text is all pads.
 */
export function makeAltSlot(ids: readonly number[], { altSlot, ids: special }: Rule): AltSlot {
  const kept = ids.slice(0, altSlot.length)
  const facts = { tokens: kept.length, cut: kept.length < ids.length }
  if (altSlot.pads === 'masked') return { ...facts, sharedPads: 0, suffix: kept }
  const pads = altSlot.length - kept.length
  return altSlot.side === 'left'
    ? { ...facts, sharedPads: pads, suffix: kept }
    : { ...facts, sharedPads: 0, suffix: [...kept, ...Array<number>(pads).fill(special.pad)] }
}

/** Pads fed once per image, behind the visual tokens: a full slot where pads lead, else none. */
export const sharedPadCount = ({ altSlot }: Pick<Captioner, 'altSlot'>): number =>
  altSlot.pads === 'attended' && altSlot.side === 'left' ? altSlot.length : 0
