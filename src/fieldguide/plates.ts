/** All families of the field guide. A new family changes which picture a seed gives. */
import type { Plate } from './plate.ts'
import { beetle } from './plates/beetle.ts'
import { butterfly } from './plates/butterfly.ts'
import { car } from './plates/car.ts'
import { cat } from './plates/cat.ts'
import { crab } from './plates/crab.ts'
import { dog } from './plates/dog.ts'
import { fish } from './plates/fish.ts'
import { flower } from './plates/flower.ts'
import { monkey } from './plates/monkey.ts'
import { mushroom } from './plates/mushroom.ts'
import { owl } from './plates/owl.ts'
import { shell } from './plates/shell.ts'
import { songbird } from './plates/songbird.ts'
import { teapot } from './plates/teapot.ts'

export const PLATES: readonly Plate[] = [
  owl,
  songbird,
  butterfly,
  beetle,
  crab,
  fish,
  dog,
  cat,
  monkey,
  mushroom,
  flower,
  shell,
  teapot,
  car,
]
