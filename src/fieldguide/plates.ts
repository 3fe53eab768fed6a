/** All families of the field guide, in the order of their seeds: append, never reorder. */
import type { Plate } from './plate.ts'
import { butterfly } from './plates/butterfly.ts'
import { owl } from './plates/owl.ts'

export const PLATES: readonly Plate[] = [owl, butterfly]
