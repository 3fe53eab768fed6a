/** All families of the field guide. A new family changes which picture a seed gives. */
import type { Plate } from './plate.ts'
import { butterfly } from './plates/butterfly.ts'
import { flower } from './plates/flower.ts'
import { mushroom } from './plates/mushroom.ts'
import { owl } from './plates/owl.ts'
import { shell } from './plates/shell.ts'

export const PLATES: readonly Plate[] = [owl, butterfly, mushroom, shell, flower]
